//! What stops a release before any data are read.

use std::path::{Path, PathBuf};

use optout::Date;
use optout::release::audit::Series;
use optout::release::{Refusal, Terms};

use super::sources::Sources;
use super::{Job, report, type1};
use crate::error::{Error, say_warning};
use crate::leftovers;
use crate::screen;
use crate::stop;

impl Job<'_> {
    /// The series, which no other run may hold.
    pub(super) fn series(&self) -> Result<Option<Series>, Error> {
        let Some(folder) = &self.args.series else { return Ok(None) };
        if let Some(out) = &self.args.out
            && absolute(folder)?.starts_with(absolute(out)?)
        {
            return Err(Error::new("the series would lie inside the release")
                .hint("keep the series of audit records in a folder of its own"));
        }
        let series = Series::open(folder, stop::asked).map_err(Error::new)?;
        leftovers::say_of(folder);
        if !series.strangers().is_empty() {
            let names: Vec<_> = series.strangers().iter().map(|name| screen::text(name)).collect();
            say_warning(&format!(
                "{} holds what is no record of the series: {}; look at it with `optout audit verify`",
                screen::path(folder),
                names.join(", ")
            ));
        }
        Ok(Some(series))
    }

    /// Stops before any data are read when something stands in the way.
    pub(super) fn permit(&mut self, sources: &mut Sources, today: Date) -> Result<(), Error> {
        if let Err(why) = &self.settings {
            return Err(Error::new(why));
        }
        let ruling = self.ruling;
        let on = ruling.disclosure().on;
        let evidence = self.evidence.clone();
        let replay = self.args.replay;
        let terms = Terms { ruling: &ruling, evidence: &evidence, today, replay };
        terms.check().map_err(|refusals| refused(&refusals))?;
        self.release.check().map_err(Error::new)?;
        self.check_places()?;
        if let Some(table) = &self.release.type1 {
            let days = [Some(on), (!replay).then_some(today)];
            type1::are_registered(table, days.into_iter().flatten())?;
        }
        *sources = Sources::read(&self.release, &self.folder, on, (!replay).then_some(today))?;
        let checks = sources.checks();
        let known = sources.known();
        let warnings = terms.warnings(&known, &checks);
        self.warnings = warnings.iter().map(ToString::to_string).collect();
        self.warnings.extend_from_slice(&sources.warnings);
        report::warn(&self.warnings);
        terms.check_known(&known, &checks).map_err(|refusals| refused(&refusals))?;
        let flows = self.args.compare.iter().zip(&self.compared);
        self.unknowable = flows
            .flat_map(|(flow, ruling)| {
                known.lacks(ruling).map(move |lacking| format!("{flow}: {lacking}"))
            })
            .collect();
        Ok(())
    }

    /// What is read must not lie where the release appears.
    fn check_places(&self) -> Result<(), Error> {
        let Some(out) = &self.args.out else { return Ok(()) };
        if self.args.force && !self.writes_data() {
            return Err(Error::new("a run that writes no data does not replace a release")
                .hint("leave out `--force`, or name another folder"));
        }
        let out = absolute(out)?;
        let read = self.release.files().map(|file| self.folder.join(file));
        for file in read.chain([self.args.request.clone()]) {
            if absolute(&file)?.starts_with(&out) {
                return Err(Error::new(format!(
                    "{} lies inside {}, where the release is to appear",
                    file.display(),
                    out.display()
                )));
            }
        }
        Ok(())
    }
}

fn absolute(path: &Path) -> Result<PathBuf, Error> {
    // What does not exist yet has no canonical path; its folder has.
    let whole = std::path::absolute(path).map_err(Error::new)?;
    let canonical = |path: &Path| path.canonicalize().ok();
    let parent = || Some(canonical(whole.parent()?)?.join(whole.file_name()?));
    Ok(canonical(&whole).or_else(parent).unwrap_or(whole))
}

/// All refusals, the first as the error.
fn refused(refusals: &[Refusal]) -> Error {
    let mut refusals = refusals.iter();
    let first = refusals.next().map(ToString::to_string).unwrap_or_default();
    refusals.fold(Error::new(first), |error, more| error.hint(format!("also: {more}")))
}
