//! casbin: the verdict as one expression over attributes, and the reason as rows of policy of which
//! the first that matches decides.

use casbin::rhai::Dynamic;
use casbin::rhai::serde::to_dynamic;
use casbin::{CoreApi, DefaultModel, Enforcer, MemoryAdapter, MgmtApi};
use serde_json::Value;

use crate::Fault;
use crate::agreement::{Peer, Said};
use crate::sample::{Question, Repeated};
use crate::timing::{Contender, FAILED, LINE, PREPARED, REASON, VERDICT};

const PURPOSES: &str = include_str!("../policies/purposes.json");
const EXPRESSION: &str = include_str!("../policies/verdict.conf");
const ROWS: &str = include_str!("../policies/reason.conf");
const POLICY: &str = include_str!("../policies/reason.csv");

/// An enforcer of a model, with every purpose in the role of its class.
fn enforcer(model: &str, rows: &str) -> Result<Enforcer, Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    runtime.block_on(async {
        let model = DefaultModel::from_str(model).await?;
        let mut enforcer = Enforcer::new(model, MemoryAdapter::default()).await?;
        let classes: serde_json::Map<String, Value> = serde_json::from_str(PURPOSES)?;
        let role = |(purpose, class): (String, Value)| {
            vec![purpose, class.as_str().unwrap_or_default().to_owned()]
        };
        enforcer.add_grouping_policies(classes.into_iter().map(role).collect()).await?;
        for row in rows.lines() {
            let fields: Vec<String> = row.split(", ").skip(1).map(str::to_owned).collect();
            enforcer.add_policy(fields).await?;
        }
        Ok(enforcer)
    })
}

/// The disclosure and the patient, in the form in which expressions take them.
fn arguments(document: &Value) -> Result<Vec<Dynamic>, Fault> {
    Ok(vec![to_dynamic(&document["disclosure"])?, to_dynamic(&document["patient"])?])
}

/// The row that decided is the reason; none decides nothing.
fn reason(enforcer: &Enforcer, arguments: Vec<Dynamic>) -> Result<Said, Fault> {
    let (allowed, rows) = enforcer.enforce_ex(arguments)?;
    let code = rows.first().and_then(|row| row.first()).ok_or("no row matched")?;
    let said = Said::reason(code)?;
    if said.allowed != allowed {
        return Err(Fault::from("the verdict and the row that decided contradict each other"));
    }
    Ok(said)
}

/// One expression and no rows: the verdict only.
pub struct Expression(Enforcer);

impl Expression {
    pub fn new() -> Result<Self, Fault> {
        Ok(Self(enforcer(EXPRESSION, "")?))
    }
}

impl Peer for Expression {
    fn name(&self) -> &'static str {
        "casbin, one expression"
    }

    fn answer(&mut self, question: &Question) -> Result<Said, Fault> {
        let allowed = self.0.enforce(arguments(&question.document())?)?;
        Ok(Said { allowed, reason: None })
    }
}

/// A row for each reason.
pub struct Rows(Enforcer);

impl Rows {
    pub fn new() -> Result<Self, Fault> {
        Ok(Self(enforcer(ROWS, POLICY)?))
    }
}

impl Peer for Rows {
    fn name(&self) -> &'static str {
        "casbin, eleven rows"
    }

    fn answer(&mut self, question: &Question) -> Result<Said, Fault> {
        reason(&self.0, arguments(&question.document())?)
    }
}

pub fn contenders(questions: &Repeated) -> Result<Vec<Contender>, Fault> {
    let mut prepared = Vec::new();
    let mut lines = Vec::new();
    for question in questions.first(PREPARED) {
        let document = question.document();
        prepared.push(arguments(&document)?);
        lines.push(document.to_string());
    }
    let expression = enforcer(EXPRESSION, "")?;
    let name = ["casbin, one expression", VERDICT, "prepared"];
    let verdict = Contender::new(name, prepared.clone(), move |arguments| {
        expression.enforce(arguments.clone()).map_or(FAILED, u64::from)
    });
    let expression = enforcer(EXPRESSION, "")?;
    let name = ["casbin, one expression", VERDICT, LINE];
    let line = Contender::new(name, lines, move |line| {
        let document: Value = serde_json::from_str(line).unwrap_or_default();
        let verdict = arguments(&document).and_then(|both| Ok(expression.enforce(both)?));
        verdict.map_or(FAILED, u64::from)
    });
    let rows = enforcer(ROWS, POLICY)?;
    let name = ["casbin, eleven rows", REASON, "prepared"];
    let reason = Contender::new(name, prepared, move |arguments| {
        let said = reason(&rows, arguments.clone()).ok().and_then(|said| said.reason);
        said.map_or(FAILED, |reason| u64::from(reason.number()))
    });
    Ok(vec![verdict, line, reason])
}
