//! Cedar, Amazon's policy language: the verdict from one set of policies, the reason of a denial
//! from a second.

use std::collections::{HashMap, HashSet};
use std::str::FromStr;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityUid, Policy, PolicySet, Request,
};
use optout::{National, Patient, Programme, Reason, Type1};
use serde_json::Value;

use crate::Fault;
use crate::agreement::{Peer, Said};
use crate::sample::{Question, Repeated};
use crate::timing::{Contender, FAILED, LINE, PREPARED, REASON, VERDICT};

const PURPOSES: &str = include_str!("../policies/purposes.json");
const RELEASE: &str = include_str!("../policies/release.cedar");
const WHY: &str = include_str!("../policies/why.cedar");

/// Both sets of policies, and the purposes in the groups of their classes.
#[derive(Clone)]
pub struct Cedar {
    authorizer: Authorizer,
    release: PolicySet,
    why: PolicySet,
    purposes: Entities,
    actions: HashMap<String, EntityUid>,
    anyone: EntityUid,
    record: EntityUid,
}

/// The policies, each under the name that its annotation gives.
fn policies(text: &str) -> Result<PolicySet, Fault> {
    let mut named = Vec::new();
    for policy in PolicySet::from_str(text)?.policies() {
        let id = policy.annotation("id").ok_or("a policy without a name")?;
        named.push(Policy::new_id(policy, id.parse()?));
    }
    Ok(PolicySet::from_policies(named)?)
}

impl Cedar {
    pub fn new() -> Result<Self, Fault> {
        let classes: HashMap<String, String> = serde_json::from_str(PURPOSES)?;
        let action = |code: &str| EntityUid::from_str(&format!("Action::\"{code}\""));
        let mut entities: HashMap<String, Entity> = HashMap::new();
        let mut actions = HashMap::new();
        for (purpose, class) in &classes {
            let (uid, group) = (action(purpose)?, action(class)?);
            actions.insert(purpose.clone(), uid.clone());
            entities.insert(class.clone(), Entity::new_no_attrs(group.clone(), HashSet::new()));
            entities.insert(purpose.clone(), Entity::new_no_attrs(uid, HashSet::from([group])));
        }
        Ok(Self {
            authorizer: Authorizer::new(),
            release: policies(RELEASE)?,
            why: policies(WHY)?,
            purposes: Entities::from_entities(entities.into_values(), None)?,
            actions,
            anyone: EntityUid::from_str("Recipient::\"any\"")?,
            record: EntityUid::from_str("Record::\"any\"")?,
        })
    }

    fn request(&self, document: Value) -> Result<Request, Fault> {
        let purpose = document["disclosure"]["purpose"].as_str().unwrap_or_default();
        let action = self.actions.get(purpose).ok_or("a purpose without a class")?.clone();
        let context = Context::from_json_value(document, None)?;
        Ok(Request::new(self.anyone.clone(), action, self.record.clone(), context, None)?)
    }

    fn verdict(&self, request: &Request) -> Result<bool, Fault> {
        let response = self.authorizer.is_authorized(request, &self.release, &self.purposes);
        if let Some(error) = response.diagnostics().errors().next() {
            return Err(error.to_string().into());
        }
        Ok(response.decision() == Decision::Allow)
    }

    fn reason(&self, request: &Request, patient: Patient) -> Result<Reason, Fault> {
        if self.verdict(request)? {
            return Ok(Reason::Permitted);
        }
        let response = self.authorizer.is_authorized(request, &self.why, &self.purposes);
        if let Some(error) = response.diagnostics().errors().next() {
            return Err(error.to_string().into());
        }
        let mut first = None;
        for id in response.diagnostics().reason() {
            let reason = match AsRef::<str>::as_ref(id) {
                "type1" if patient.type1() == Some(Type1::Dissent) => Reason::Type1Dissent,
                "type1" => Reason::Type1Unknown,
                "national" if patient.national() == National::OptedOut => Reason::NationalOptOut,
                "national" => Reason::NationalUnknown,
                "programme" if patient.programme() == Some(Programme::OptedOut) => {
                    Reason::ProgrammeOptOut
                }
                "programme" => Reason::ProgrammeUnknown,
                code => Reason::from_code(code)?,
            };
            first = Some(first.map_or(reason, |other: Reason| other.min(reason)));
        }
        first.ok_or_else(|| Fault::from("denied, and no reason holds"))
    }
}

impl Peer for Cedar {
    fn name(&self) -> &'static str {
        "Cedar"
    }

    fn answer(&mut self, question: &Question) -> Result<Said, Fault> {
        let request = self.request(question.document())?;
        let reason = self.reason(&request, question.patient)?;
        Ok(Said { allowed: reason == Reason::Permitted, reason: Some(reason) })
    }
}

pub fn contenders(questions: &Repeated) -> Result<Vec<Contender>, Fault> {
    let cedar = Cedar::new()?;
    let mut requests = Vec::new();
    let mut lines = Vec::new();
    for question in questions.first(PREPARED) {
        requests.push((cedar.request(question.document())?, question.patient));
        lines.push(question.document().to_string());
    }
    let (here, prepared) = (cedar.clone(), requests.clone());
    let name = ["Cedar", VERDICT, "prepared"];
    let verdict = Contender::new(name, prepared, move |(request, _)| {
        here.verdict(request).map_or(FAILED, u64::from)
    });
    let here = cedar.clone();
    let name = ["Cedar, asked again when denied", REASON, "prepared"];
    let reason = Contender::new(name, requests, move |(request, patient)| {
        here.reason(request, *patient).map_or(FAILED, |reason| u64::from(reason.number()))
    });
    let name = ["Cedar", VERDICT, LINE];
    let line = Contender::new(name, lines, move |line| {
        let document = serde_json::from_str(line).unwrap_or_default();
        let verdict = cedar.request(document).and_then(|request| cedar.verdict(&request));
        verdict.map_or(FAILED, u64::from)
    });
    Ok(vec![verdict, reason, line])
}
