//! The audit record of a run.

use optout::explain::Explanation;
use optout::extract::{Counts, TableSummary};
use optout::record::Digest;
use optout::release::audit::{
    Compared, Mode, Record, Rows, Series, Software, TableRecord, VERSION,
};

use super::sources::Sources;
use super::{Job, clock};
use crate::error::Error;

impl Job<'_> {
    /// What was disclosed, on what ground, from what, and what it came to.
    /// With an error, nothing was released.
    pub(super) fn record(
        &self,
        sources: &Sources,
        series: Option<&Series>,
        tables: &[(TableRecord, TableSummary)],
        error: Option<&Error>,
    ) -> Result<Record, Error> {
        let mut total = Counts::default();
        let mut compared = vec![Counts::default(); self.compared.len()];
        for (_, done) in tables {
            total.merge(&done.counts);
            for (counts, more) in compared.iter_mut().zip(&done.compared) {
                counts.merge(more);
            }
        }
        let flows = self.args.compare.iter().zip(&compared);
        let compared =
            flows.map(|(flow, counts)| Compared { flow: flow.clone(), total: Rows::from(counts) });
        let mode = match (self.args.replay, self.args.dry_run) {
            (true, _) => Mode::Replay,
            (false, true) => Mode::DryRun,
            (false, false) => Mode::Release,
        };
        Ok(Record {
            format: "optout-audit".to_owned(),
            version: VERSION,
            own: Digest::default(),
            chain: series.map(Series::next),
            software: Software::this(),
            mode,
            started: self.started.clone(),
            finished: clock::now(),
            exit: if error.is_some() { 2 } else { 0 },
            error: error.map(Error::shown),
            request: Some(self.request.clone()),
            flow: self.flow.map(|flow| flow.id.to_owned()),
            disclosure: serde_json::to_value(self.ruling.disclosure()).map_err(Error::new)?,
            ruling: serde_json::to_value(Explanation::of(&self.ruling)).map_err(Error::new)?,
            // With an NHS number in the request, nothing of it is recorded.
            evidence: if self.settings.is_ok() { self.evidence.clone() } else { Vec::new() },
            settings: self.settings.clone().ok(),
            warnings: self.warnings.clone(),
            sources: sources.recorded.clone(),
            tables: tables.iter().map(|(table, _)| table.clone()).collect(),
            total: Rows::from(&total),
            compared: compared.collect(),
        })
    }
}
