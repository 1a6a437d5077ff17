//! `regorus`, Microsoft's engine for Rego: its interpreter, a compiled policy, its virtual machine.

use optout::Reason;
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::{CompiledPolicy, Engine, Rc, Value};

use crate::Fault;
use crate::agreement::{Peer, Said};
use crate::sample::{Question, Repeated};
use crate::timing::{Contender, FAILED, LINE, PREPARED, REASON, VERDICT};

const POLICY: &str = include_str!("../policies/policy.rego");
const PURPOSES: &str = include_str!("../policies/purposes.json");
const ALLOW: &str = "data.optout.allow";
const WHY: &str = "data.optout.reason";

fn data() -> String {
    format!("{{\"classes\":{PURPOSES}}}")
}

fn engine() -> Result<Engine, Fault> {
    let mut engine = Engine::new();
    engine.add_policy("policy.rego".to_owned(), POLICY.to_owned())?;
    engine.add_data_json(&data())?;
    Ok(engine)
}

fn compiled(rule: &str) -> Result<CompiledPolicy, Fault> {
    Ok(engine()?.compile_with_entrypoint(&Rc::from(rule))?)
}

fn machine() -> Result<RegoVM, Fault> {
    let program = Compiler::compile_from_policy(&compiled(WHY)?, &[ALLOW, WHY])?;
    let mut machine = RegoVM::new();
    machine.load_program(program);
    machine.set_data(Value::from_json_str(&data())?)?;
    Ok(machine)
}

fn input(question: &Question) -> Result<Value, Fault> {
    Ok(Value::from_json_str(&question.document().to_string())?)
}

/// A verdict and a reason that were asked for one after the other.
fn said(allow: &Value, reason: &Value) -> Result<Said, Fault> {
    let said = Said::reason(reason.as_string()?.as_ref())?;
    if said.allowed != *allow.as_bool()? {
        return Err(Fault::from("`allow` and `reason` contradict each other"));
    }
    Ok(said)
}

/// The virtual machine, with a program compiled once.
pub struct Machine(RegoVM);

impl Machine {
    pub fn new() -> Result<Self, Fault> {
        Ok(Self(machine()?))
    }
}

impl Peer for Machine {
    fn name(&self) -> &'static str {
        "regorus, virtual machine"
    }

    fn answer(&mut self, question: &Question) -> Result<Said, Fault> {
        self.0.set_input(input(question)?);
        let allow = self.0.execute_entry_point_by_name(ALLOW)?;
        said(&allow, &self.0.execute_entry_point_by_name(WHY)?)
    }
}

/// The engine, which walks the syntax tree.
pub struct Interpreter(Engine);

impl Interpreter {
    pub fn new() -> Result<Self, Fault> {
        Ok(Self(engine()?))
    }
}

impl Peer for Interpreter {
    fn name(&self) -> &'static str {
        "regorus, engine"
    }

    fn answer(&mut self, question: &Question) -> Result<Said, Fault> {
        self.0.set_input(input(question)?);
        let allow = self.0.eval_rule(ALLOW.to_owned())?;
        said(&allow, &self.0.eval_rule(WHY.to_owned())?)
    }
}

/// The policy compiled for each of the two rules.
pub struct Compiled {
    allow: CompiledPolicy,
    why: CompiledPolicy,
}

impl Compiled {
    pub fn new() -> Result<Self, Fault> {
        Ok(Self { allow: compiled(ALLOW)?, why: compiled(WHY)? })
    }
}

impl Peer for Compiled {
    fn name(&self) -> &'static str {
        "regorus, compiled policy"
    }

    fn answer(&mut self, question: &Question) -> Result<Said, Fault> {
        let input = input(question)?;
        said(&self.allow.eval_with_input(input.clone())?, &self.why.eval_with_input(input)?)
    }
}

/// The number that `timing` adds up.
fn number(answer: Result<Value, impl Sized>) -> u64 {
    match answer {
        Ok(Value::Bool(allowed)) => u64::from(allowed),
        Ok(Value::String(code)) => {
            Reason::from_code(&code).map_or(FAILED, |reason| u64::from(reason.number()))
        }
        _ => FAILED,
    }
}

pub fn contenders(questions: &Repeated) -> Result<Vec<Contender>, Fault> {
    let inputs = questions
        .first(PREPARED)
        .map(|question| input(&question))
        .collect::<Result<Vec<Value>, _>>()?;
    let mut contenders = Vec::new();
    for (answer, rule) in [(VERDICT, ALLOW), (REASON, WHY)] {
        let mut machine = machine()?;
        let name = ["regorus, virtual machine", answer, "prepared"];
        contenders.push(Contender::new(name, inputs.clone(), move |input| {
            machine.set_input(input.clone());
            number(machine.execute_entry_point_by_name(rule))
        }));
    }
    let lines: Vec<String> =
        questions.first(PREPARED).map(|question| question.document().to_string()).collect();
    let mut machine = machine()?;
    let name = ["regorus, virtual machine", REASON, LINE];
    contenders.push(Contender::new(name, lines, move |line| {
        machine.set_input(Value::from_json_str(line).unwrap_or(Value::Undefined));
        number(machine.execute_entry_point_by_name(WHY))
    }));
    for (answer, rule) in [(VERDICT, ALLOW), (REASON, WHY)] {
        let mut engine = engine()?;
        let name = ["regorus, engine", answer, "prepared"];
        contenders.push(Contender::new(name, inputs.clone(), move |input| {
            engine.set_input(input.clone());
            number(engine.eval_rule(rule.to_owned()))
        }));
    }
    for (answer, rule) in [(VERDICT, ALLOW), (REASON, WHY)] {
        let policy = compiled(rule)?;
        let name = ["regorus, compiled policy", answer, "prepared"];
        contenders.push(Contender::new(name, inputs.clone(), move |input| {
            number(policy.eval_with_input(input.clone()))
        }));
    }
    Ok(contenders)
}
