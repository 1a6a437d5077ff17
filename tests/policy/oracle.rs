//! An independent oracle for the decision policy.
//!
//! It was written from the specification alone and shares no code with the library. The rules are in
//! `matrix.csv`, which is meant to be read beside the specification; this file knows only the
//! vocabulary (sections 2 and 3), the grammar of the table, and how to apply a table of routes,
//! scopes and bindings to a question. It is plain on purpose.
//!
//! Readings taken where the specification leaves room. Those about one rule are also noted beside
//! that rule in the table.
//!
//! 1. `type1-not-upheld` has no effect on `section-251`: its cell carries no exception.
//! 2. `national-voluntary` binds on `section-251` for `invoice-validation-non-contracted` too.
//! 3. `type1-upheld` has no effect outside the scope of Type 1, care included.
//! 4. The programme's opt-out and the care objection have no scope beyond what the table says, so
//!    origin, boundary and identifiability play no part in them.
//! 5. The programme's opt-out never binds on `anonymous`, and it binds on `implied-consent` also when
//!    the status is unknown.
//! 6. The reason is the one of highest precedence over all open routes together, not that of the
//!    first route that blocks.
//! 7. `permitted` stands first in the list of precedence, but an invalid byte is never permitted:
//!    section 3 ("whatever the disclosure") is taken to come before everything.
//! 8. An open consent route without consent adds nothing to `blocked_by`, and once any other route is
//!    open it is never the reason.
//! 9. An empty set of bases or of conditions is a valid question (it is a set, not a missing field).
//! 10. Contradictions are errors even where neither of the two bits could have had an effect.

/// The policy as data.
const MATRIX: &str = include_str!("matrix.csv");

// ---------------------------------------------------------------------------------------------
// Interface
// ---------------------------------------------------------------------------------------------

/// A question in the specification's own wire numbers.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    pub origin: u8,
    pub boundary: u8,
    pub identifiability: u8,
    pub purpose: u8,
    pub bases: u16,
    pub conditions: u8,
}

/// An answer in the specification's wire numbers: verdict 0 or 1, reason 1 to 11, route 0 to 11
/// (0 is none), and `blocked_by`, in which bit n stands for reason n.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    pub verdict: u8,
    pub reason: u8,
    pub route: u8,
    pub blocked_by: u32,
}

/// The parsed table, ready to judge.
pub struct Oracle {
    /// In descending precedence.
    routes: Vec<Route>,
    /// In the order of `OPT_OUTS`.
    scopes: Vec<Scope>,
    /// In descending precedence.
    reasons: Vec<Reason>,
    permitted: u8,
    invalid_status: u8,
    no_lawful_basis: u8,
    consent_not_recorded: u8,
    /// For each byte: does it hold an invalid field?
    invalid: [bool; 256],
    /// For each byte and each set of binding fields (bit f is field f of `FIELDS`): the reasons for
    /// which this patient is blocked, as bits.
    blocks: [[u32; 16]; 256],
}

// ---------------------------------------------------------------------------------------------
// Vocabulary (sections 2 and 3)
// ---------------------------------------------------------------------------------------------

const ORIGINS: [(&str, u8); 5] = [
    ("gp-record", 1),
    ("england-care", 2),
    ("private-care", 3),
    ("childrens-social-care", 4),
    ("outside-england", 5),
];

const BOUNDARIES: [(&str, u8); 2] = [("within-controller", 1), ("beyond-controller", 2)];

const IDENTIFIABILITIES: [(&str, u8); 3] =
    [("identifiable", 1), ("de-identified", 2), ("anonymous", 3)];

const CARE: u8 = 1;
const BEYOND_CARE: u8 = 2;
const PAYMENT: u8 = 3;
const COMMERCIAL: u8 = 4;

/// The classes have no wire number; these serve only here.
const CLASSES: [(&str, u8); 4] = [
    ("care", CARE),
    ("beyond-care", BEYOND_CARE),
    ("payment", PAYMENT),
    ("commercial", COMMERCIAL),
];

const PURPOSES: [(&str, u8, u8); 33] = [
    ("individual-care", 1, CARE),
    ("case-finding", 2, CARE),
    ("local-clinical-audit", 3, CARE),
    ("screening-invitation", 4, CARE),
    ("patient-access", 5, CARE),
    ("incident-management", 6, CARE),
    ("patient-satisfaction", 7, CARE),
    ("research", 20, BEYOND_CARE),
    ("planning", 21, BEYOND_CARE),
    ("risk-stratification", 22, BEYOND_CARE),
    ("national-clinical-audit", 23, BEYOND_CARE),
    ("service-evaluation", 24, BEYOND_CARE),
    ("disease-registration", 25, BEYOND_CARE),
    ("communicable-disease-control", 26, BEYOND_CARE),
    ("public-health", 27, BEYOND_CARE),
    ("patient-survey", 28, BEYOND_CARE),
    ("official-statistics", 29, BEYOND_CARE),
    ("census", 30, BEYOND_CARE),
    ("regulation", 31, BEYOND_CARE),
    ("legal-proceedings", 32, BEYOND_CARE),
    ("mortality-review", 33, BEYOND_CARE),
    ("child-death-review", 34, BEYOND_CARE),
    ("medical-examiner", 35, BEYOND_CARE),
    ("fraud-prevention", 36, BEYOND_CARE),
    ("safeguarding", 37, BEYOND_CARE),
    ("system-assurance", 38, BEYOND_CARE),
    ("invoice-validation", 60, PAYMENT),
    ("invoice-validation-non-contracted", 61, PAYMENT),
    ("prescription-payment", 62, PAYMENT),
    ("provider-payment", 63, PAYMENT),
    ("marketing", 80, COMMERCIAL),
    ("insurance", 81, COMMERCIAL),
    ("other-commercial", 82, COMMERCIAL),
];

/// Bit numbers.
const BASES: [(&str, u8); 11] = [
    ("implied-consent", 0),
    ("explicit-consent", 1),
    ("overall-benefit", 2),
    ("court-order", 3),
    ("statutory-duty", 4),
    ("s259-collection", 5),
    ("copi-reg-2", 6),
    ("copi-reg-3", 7),
    ("copi-reg-5", 8),
    ("public-interest", 9),
    ("statutory-power", 10),
];

/// Bit numbers.
const CONDITIONS: [(&str, u8); 6] = [
    ("legitimate-relationship", 0),
    ("national-disapplied", 1),
    ("type1-not-upheld", 2),
    ("type1-upheld", 3),
    ("programme-opt-out", 4),
    ("national-voluntary", 5),
];

/// Pairs of bits that contradict each other.
const CONTRADICTORY_BASES: u16 = 1 << 4 | 1 << 5;
const CONTRADICTORY_CONDITIONS: u8 = 1 << 2 | 1 << 3;

/// The fields of the patient's byte which an opt-out looks at: name, lowest bit, number of values.
const FIELDS: [(&str, u8, u8); 4] =
    [("type1", 0, 4), ("national", 2, 4), ("programme", 4, 4), ("care-objection", 7, 2)];

const CONSENT_BIT: u8 = 6;

/// What the table calls an opt-out. The national one may bind in two ways.
const OPT_OUTS: [&str; 5] =
    ["type1", "national", "national-voluntary", "programme", "care-objection"];

const ROUTE_COUNT: usize = 11;
const REASON_COUNT: usize = 11;

fn code(table: &[(&str, u8)], name: &str) -> u8 {
    match table.iter().find(|(known, _)| *known == name) {
        Some((_, number)) => *number,
        None => panic!("unknown code {name:?}"),
    }
}

fn purpose_code(name: &str) -> u8 {
    match PURPOSES.iter().find(|(known, _, _)| *known == name) {
        Some((_, number, _)) => *number,
        None => panic!("unknown purpose {name:?}"),
    }
}

fn class_of(purpose: u8) -> Option<u8> {
    PURPOSES.iter().find(|(_, number, _)| *number == purpose).map(|(_, _, class)| *class)
}

fn is_code(table: &[(&str, u8)], number: u8) -> bool {
    table.iter().any(|(_, known)| *known == number)
}

fn field_number(name: &str) -> usize {
    match FIELDS.iter().position(|(known, _, _)| *known == name) {
        Some(position) => position,
        None => panic!("unknown field of the patient {name:?}"),
    }
}

fn field_value(byte: u8, field: usize) -> u8 {
    let (_, lowest_bit, values) = FIELDS[field];
    (byte >> lowest_bit) % values
}

fn bit(number: u8) -> u32 {
    1 << number
}

// ---------------------------------------------------------------------------------------------
// The table as plain structs
// ---------------------------------------------------------------------------------------------

/// One fact about a disclosure.
#[derive(Clone, Copy)]
enum Fact {
    Origin(u8),
    Boundary(u8),
    Identifiability(u8),
    Purpose(u8),
    Class(u8),
    Basis(u8),
    Condition(u8),
}

impl Fact {
    /// Reads, for instance, `basis copi-reg-5`.
    fn parse(text: &str) -> Fact {
        let (kind, name) = match text.trim().split_once(' ') {
            Some(parts) => parts,
            None => panic!("not a fact: {text:?}"),
        };
        match kind {
            "origin" => Fact::Origin(code(&ORIGINS, name)),
            "boundary" => Fact::Boundary(code(&BOUNDARIES, name)),
            "identifiability" => Fact::Identifiability(code(&IDENTIFIABILITIES, name)),
            "purpose" => Fact::Purpose(purpose_code(name)),
            "class" => Fact::Class(code(&CLASSES, name)),
            "basis" => Fact::Basis(code(&BASES, name)),
            "condition" => Fact::Condition(code(&CONDITIONS, name)),
            _ => panic!("unknown kind of fact: {text:?}"),
        }
    }

    fn holds(self, question: &Question, class: u8) -> bool {
        match self {
            Fact::Origin(n) => question.origin == n,
            Fact::Boundary(n) => question.boundary == n,
            Fact::Identifiability(n) => question.identifiability == n,
            Fact::Purpose(n) => question.purpose == n,
            Fact::Class(n) => class == n,
            Fact::Basis(n) => question.bases >> n & 1 == 1,
            Fact::Condition(n) => question.conditions >> n & 1 == 1,
        }
    }
}

/// Every part must hold; a part holds when any of its facts does. No part at all: always.
struct Test {
    parts: Vec<Vec<Fact>>,
}

impl Test {
    fn parse(text: &str) -> Test {
        if text == "always" {
            return Test { parts: Vec::new() };
        }
        let parts =
            text.split(';').map(|part| part.split(" or ").map(Fact::parse).collect()).collect();
        Test { parts }
    }

    fn holds(&self, question: &Question, class: u8) -> bool {
        self.parts.iter().all(|part| part.iter().any(|fact| fact.holds(question, class)))
    }
}

/// What makes an opt-out bind on a route, once it is in scope.
enum Binding {
    Never,
    Always,
    Unless(Test),
    OnlyWith(Test),
}

impl Binding {
    fn parse(effect: &str, test: &str) -> Binding {
        match (effect, test) {
            ("never", "-") => Binding::Never,
            ("always", "-") => Binding::Always,
            ("unless", test) => Binding::Unless(Test::parse(test)),
            ("only-with", test) => Binding::OnlyWith(Test::parse(test)),
            _ => panic!("not a binding: {effect:?} {test:?}"),
        }
    }

    fn binds(&self, question: &Question, class: u8) -> bool {
        match self {
            Binding::Never => false,
            Binding::Always => true,
            Binding::Unless(test) => !test.holds(question, class),
            Binding::OnlyWith(test) => test.holds(question, class),
        }
    }
}

struct Route {
    number: u8,
    opens: Test,
    asks_for_consent: bool,
    /// In the order of `OPT_OUTS`.
    bindings: Vec<Binding>,
}

struct Scope {
    test: Test,
    /// Which of `FIELDS` is looked at.
    field: usize,
}

struct Reason {
    number: u8,
    verdict: u8,
    listed: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Status {
    Passes,
    Blocks(u8),
    Invalid,
}

/// A route that is open for the question in hand.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
struct OpenRoute {
    number: u8,
    asks_for_consent: bool,
    /// Bit f is field f of `FIELDS`.
    binding_fields: u8,
}

/// All that the answers to a question depend on: the routes that are open, and what binds on each.
/// Unused places are zero.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Open([OpenRoute; ROUTE_COUNT]);

// ---------------------------------------------------------------------------------------------
// Reading the table
// ---------------------------------------------------------------------------------------------

const COLUMNS: [&str; 12] = [
    "kind",
    "number",
    "precedence",
    "route",
    "opt-out",
    "effect",
    "test",
    "patient",
    "reason",
    "section",
    "source",
    "note",
];

/// One row of the table, by column.
struct Row {
    cells: Vec<String>,
}

impl Row {
    fn cell(&self, column: &str) -> &str {
        match COLUMNS.iter().position(|known| *known == column) {
            Some(position) => &self.cells[position],
            None => panic!("no column {column:?}"),
        }
    }

    fn number(&self, column: &str) -> u8 {
        match self.cell(column).parse() {
            Ok(number) => number,
            Err(_) => panic!("not a number in {column}: {:?}", self.cell(column)),
        }
    }
}

/// Splits one line of the table. Quotes may surround a cell; a doubled quote inside stands for one.
fn split_line(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        let last = cells.len() - 1;
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cells[last].push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cells[last].push(other),
        }
    }
    assert!(!quoted, "a quote is not closed: {line}");
    cells
}

fn read_rows(text: &str) -> Vec<Row> {
    let mut lines = text
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(split_line);
    assert_eq!(lines.next().expect("a header row"), COLUMNS);
    let rows: Vec<Row> = lines.map(|cells| Row { cells }).collect();
    for row in &rows {
        assert_eq!(row.cells.len(), COLUMNS.len(), "{:?}", row.cells);
        let kinds = ["route", "scope", "binding", "status", "reason"];
        assert!(kinds.contains(&row.cell("kind")), "{:?}", row.cells);
    }
    rows
}

/// The rows of one kind.
fn of_kind<'a>(rows: &'a [Row], kind: &str) -> Vec<&'a Row> {
    rows.iter().filter(|row| row.cell("kind") == kind).collect()
}

/// The only row of `rows` with these two cells; none or several is a fault in the table.
fn only<'a>(rows: &[&'a Row], one: (&str, &str), two: (&str, &str)) -> &'a Row {
    let mut found = rows.iter().filter(|row| row.cell(one.0) == one.1 && row.cell(two.0) == two.1);
    match (found.next(), found.next()) {
        (Some(row), None) => row,
        _ => panic!("not exactly one row with {one:?} and {two:?}"),
    }
}

impl Oracle {
    /// Reads the table. Panics on any gap, repetition or unknown word in it.
    pub fn from_matrix() -> Oracle {
        let rows = read_rows(MATRIX);
        let reason_rows = of_kind(&rows, "reason");
        let reason_number =
            |name: &str| only(&reason_rows, ("reason", name), ("kind", "reason")).number("number");
        let (invalid, blocks) = read_statuses(&rows, &reason_number);
        Oracle {
            routes: read_routes(&rows),
            scopes: read_scopes(&rows),
            reasons: read_reasons(&rows),
            permitted: reason_number("permitted"),
            invalid_status: reason_number("invalid-status"),
            no_lawful_basis: reason_number("no-lawful-basis"),
            consent_not_recorded: reason_number("consent-not-recorded"),
            invalid,
            blocks,
        }
    }
}

fn read_routes(rows: &[Row]) -> Vec<Route> {
    let mut route_rows = of_kind(rows, "route");
    let binding_rows = of_kind(rows, "binding");
    assert_eq!(route_rows.len(), ROUTE_COUNT);
    assert_eq!(binding_rows.len(), ROUTE_COUNT * OPT_OUTS.len());
    route_rows.sort_by_key(|row| row.number("precedence"));
    route_rows
        .iter()
        .map(|row| {
            assert_eq!(row.cell("effect"), "opens-when");
            let name = row.cell("route");
            let binding = |opt_out: &&str| {
                let cell = only(&binding_rows, ("route", name), ("opt-out", opt_out));
                Binding::parse(cell.cell("effect"), cell.cell("test"))
            };
            Route {
                number: row.number("number"),
                opens: Test::parse(row.cell("test")),
                asks_for_consent: match row.cell("patient") {
                    "any" => false,
                    "explicit-consent" => true,
                    other => panic!("unknown condition on the patient {other:?}"),
                },
                bindings: OPT_OUTS.iter().map(binding).collect(),
            }
        })
        .collect()
}

fn read_scopes(rows: &[Row]) -> Vec<Scope> {
    let scope_rows = of_kind(rows, "scope");
    assert_eq!(scope_rows.len(), OPT_OUTS.len());
    OPT_OUTS
        .iter()
        .map(|opt_out| {
            let row = only(&scope_rows, ("opt-out", opt_out), ("effect", "in-scope-when"));
            Scope { test: Test::parse(row.cell("test")), field: field_number(row.cell("patient")) }
        })
        .collect()
}

fn read_reasons(rows: &[Row]) -> Vec<Reason> {
    let mut reason_rows = of_kind(rows, "reason");
    assert_eq!(reason_rows.len(), REASON_COUNT);
    reason_rows.sort_by_key(|row| row.number("precedence"));
    reason_rows
        .iter()
        .map(|row| {
            let (verdict, listed) = match row.cell("effect") {
                "allow" => (1, false),
                "deny" => (0, false),
                "deny-and-list" => (0, true),
                other => panic!("unknown effect of a reason {other:?}"),
            };
            Reason { number: row.number("number"), verdict, listed }
        })
        .collect()
}

/// Works out for every byte whether it is valid, and what it blocks for each set of binding fields.
fn read_statuses(
    rows: &[Row],
    reason_number: &dyn Fn(&str) -> u8,
) -> ([bool; 256], [[u32; 16]; 256]) {
    let status_rows = of_kind(rows, "status");
    assert_eq!(status_rows.len(), 4 + 4 + 4 + 2);
    let mut statuses = [[Status::Passes; 4]; FIELDS.len()];
    for (field, (name, _, values)) in FIELDS.iter().enumerate() {
        for value in 0..*values {
            let number = value.to_string();
            let row = only(&status_rows, ("opt-out", name), ("number", &number));
            statuses[field][usize::from(value)] = match (row.cell("effect"), row.cell("reason")) {
                ("passes", "-") => Status::Passes,
                ("blocks", reason) => Status::Blocks(reason_number(reason)),
                ("invalid", "invalid-status") => Status::Invalid,
                other => panic!("not a status: {other:?}"),
            };
        }
    }

    let mut invalid = [false; 256];
    let mut blocks = [[0; 16]; 256];
    for byte in 0..=255u8 {
        for (field, known) in statuses.iter().enumerate() {
            match known[usize::from(field_value(byte, field))] {
                Status::Passes => {}
                Status::Invalid => invalid[usize::from(byte)] = true,
                Status::Blocks(reason) => {
                    for (binding_fields, blocked_by) in
                        blocks[usize::from(byte)].iter_mut().enumerate()
                    {
                        if binding_fields >> field & 1 == 1 {
                            *blocked_by |= bit(reason);
                        }
                    }
                }
            }
        }
    }
    (invalid, blocks)
}

// ---------------------------------------------------------------------------------------------
// Judging
// ---------------------------------------------------------------------------------------------

impl Oracle {
    /// The answer for each of the 256 patient bytes, or nothing when the question is an error by the
    /// specification: an unknown code or bit, contradictory conditions, or contradictory bases.
    /// Dates are not looked at.
    pub fn judge(&self, question: Question) -> Option<[Answer; 256]> {
        Some(self.answers(&self.open(question)?))
    }

    /// What is true of the disclosure alone: which opt-outs are in scope, which routes are open, and
    /// which fields of the patient's byte bind on each.
    pub fn open(&self, question: Question) -> Option<Open> {
        let class = valid_class(&question)?;
        let mut in_scope = [false; OPT_OUTS.len()];
        for (opt_out, scope) in self.scopes.iter().enumerate() {
            in_scope[opt_out] = scope.test.holds(&question, class);
        }
        let mut open = Open::default();
        let mut open_count = 0;
        for route in &self.routes {
            if route.opens.holds(&question, class) {
                let mut binding_fields = 0;
                for (opt_out, binding) in route.bindings.iter().enumerate() {
                    if in_scope[opt_out] && binding.binds(&question, class) {
                        binding_fields |= 1 << self.scopes[opt_out].field;
                    }
                }
                open.0[open_count] = OpenRoute {
                    number: route.number,
                    asks_for_consent: route.asks_for_consent,
                    binding_fields,
                };
                open_count += 1;
            }
        }
        Some(open)
    }

    /// The answer for each of the 256 patient bytes, with these routes open.
    pub fn answers(&self, open: &Open) -> [Answer; 256] {
        let open_count = open.0.iter().take_while(|route| route.number != 0).count();
        let mut answers = [Answer { verdict: 0, reason: 0, route: 0, blocked_by: 0 }; 256];
        for byte in 0..=255u8 {
            answers[usize::from(byte)] = self.answer(&open.0[..open_count], byte);
        }
        answers
    }

    /// The answer for one patient.
    fn answer(&self, open: &[OpenRoute], byte: u8) -> Answer {
        let invalid = self.invalid[usize::from(byte)];
        let consent = byte >> CONSENT_BIT & 1 == 1;

        let mut permitting_route = 0;
        let mut blocked_by = 0;
        let mut some_condition_holds = false;
        for route in open {
            if route.asks_for_consent && !consent {
                continue;
            }
            some_condition_holds = true;
            let blocked_here = self.blocks[usize::from(byte)][usize::from(route.binding_fields)];
            blocked_by |= blocked_here;
            if blocked_here == 0 && permitting_route == 0 {
                permitting_route = route.number;
            }
        }

        // All the reasons that apply, then the first of them in precedence.
        let mut apply = blocked_by;
        if invalid {
            apply |= bit(self.invalid_status);
        } else if permitting_route != 0 {
            apply |= bit(self.permitted);
        }
        if open.is_empty() {
            apply |= bit(self.no_lawful_basis);
        } else if !some_condition_holds {
            apply |= bit(self.consent_not_recorded);
        }
        for reason in &self.reasons {
            if apply & bit(reason.number) != 0 {
                return Answer {
                    verdict: reason.verdict,
                    reason: reason.number,
                    route: if reason.verdict == 1 { permitting_route } else { 0 },
                    blocked_by: if reason.listed { blocked_by } else { 0 },
                };
            }
        }
        unreachable!("every patient has a reason");
    }
}

/// The class of the purpose, or nothing when the question is an error.
fn valid_class(question: &Question) -> Option<u8> {
    let class = class_of(question.purpose)?;
    let known = is_code(&ORIGINS, question.origin)
        && is_code(&BOUNDARIES, question.boundary)
        && is_code(&IDENTIFIABILITIES, question.identifiability)
        && usize::from(question.bases) < 1 << BASES.len()
        && usize::from(question.conditions) < 1 << CONDITIONS.len();
    let contradictory = question.bases & CONTRADICTORY_BASES == CONTRADICTORY_BASES
        || question.conditions & CONTRADICTORY_CONDITIONS == CONTRADICTORY_CONDITIONS;
    if known && !contradictory { Some(class) } else { None }
}

// ---------------------------------------------------------------------------------------------
// Expectations derived by hand from the prose of the specification
// ---------------------------------------------------------------------------------------------

#[cfg(test)]
mod hand_derived {
    use super::*;

    // Values of the fields, by section 3.
    const UNKNOWN: u8 = 0;
    const NONE: u8 = 1;
    const OUT: u8 = 2;
    const NO_NUMBER: u8 = 3;
    const CONSENT: u8 = 0x40;
    const OBJECTION: u8 = 0x80;

    fn patient(type1: u8, national: u8, programme: u8) -> usize {
        usize::from(type1 | national << 2 | programme << 4)
    }

    fn with(flag: u8, patient: usize) -> usize {
        patient | usize::from(flag)
    }

    /// `facts` is origin, boundary, identifiability and purpose.
    fn question(facts: [&str; 4], bases: &[&str], conditions: &[&str]) -> Question {
        Question {
            origin: code(&ORIGINS, facts[0]),
            boundary: code(&BOUNDARIES, facts[1]),
            identifiability: code(&IDENTIFIABILITIES, facts[2]),
            purpose: purpose_code(facts[3]),
            bases: bases.iter().map(|name| 1 << code(&BASES, name)).sum(),
            conditions: conditions.iter().map(|name| 1 << code(&CONDITIONS, name)).sum(),
        }
    }

    fn ask(facts: [&str; 4], bases: &[&str], conditions: &[&str]) -> [Answer; 256] {
        Oracle::from_matrix()
            .judge(question(facts, bases, conditions))
            .expect("a question without error")
    }

    fn allow(route: u8) -> Answer {
        Answer { verdict: 1, reason: 1, route, blocked_by: 0 }
    }

    fn deny(reason: u8, blocked_by: &[u8]) -> Answer {
        Answer {
            verdict: 0,
            reason,
            route: 0,
            blocked_by: blocked_by.iter().map(|reason| 1 << reason).sum(),
        }
    }

    const GP_RESEARCH: [&str; 4] = ["gp-record", "beyond-controller", "identifiable", "research"];
    const TRUST_RESEARCH: [&str; 4] =
        ["england-care", "beyond-controller", "identifiable", "research"];
    const GP_CARE: [&str; 4] =
        ["gp-record", "beyond-controller", "identifiable", "individual-care"];

    #[test]
    fn section_251_research_from_a_trust_respects_the_national_opt_out() {
        let answers = ask(TRUST_RESEARCH, &["copi-reg-5"], &[]);
        assert_eq!(answers[patient(NONE, OUT, NONE)], deny(6, &[6]));
        assert_eq!(answers[patient(NONE, UNKNOWN, NONE)], deny(10, &[10]));
        // Type 1 is about GP records, so its status does not matter here.
        assert_eq!(answers[patient(OUT, NONE, OUT)], allow(11));
        // The whole of it in the wire numbers: 2 denies with reason 6, bit 6 set.
        let raw = Question {
            origin: 2,
            boundary: 2,
            identifiability: 1,
            purpose: 20,
            bases: 0x100,
            conditions: 0,
        };
        let raw = Oracle::from_matrix().judge(raw).unwrap();
        let expected = Answer { verdict: 0, reason: 6, route: 0, blocked_by: 0x40 };
        assert_eq!(raw[0b0001_1001], expected);
    }

    #[test]
    fn the_boundary_matters_to_type1_and_not_to_the_national_opt_out() {
        let mut within = GP_RESEARCH;
        within[1] = "within-controller";
        let answers = ask(within, &["copi-reg-5"], &[]);
        assert_eq!(answers[patient(OUT, OUT, NONE)], deny(6, &[6]));
        assert_eq!(answers[patient(OUT, NONE, NONE)], allow(11));
        let answers = ask(GP_RESEARCH, &["copi-reg-5"], &[]);
        assert_eq!(answers[patient(OUT, OUT, NONE)], deny(5, &[5, 6]));
    }

    #[test]
    fn s259_from_gp_records_is_bound_by_type1_alone() {
        let answers = ask(GP_RESEARCH, &["s259-collection"], &[]);
        assert_eq!(answers[0], deny(9, &[9]));
        assert_eq!(answers[patient(OUT, OUT, OUT)], deny(5, &[5]));
        assert_eq!(answers[patient(NONE, OUT, OUT)], allow(9));
        let lifted = ask(GP_RESEARCH, &["s259-collection"], &["type1-not-upheld"]);
        assert_eq!(lifted[0], allow(9));
    }

    #[test]
    fn care_by_implied_consent_needs_no_status() {
        let bases = &["implied-consent"];
        let answers = ask(GP_CARE, bases, &["legitimate-relationship"]);
        assert_eq!(answers[0], allow(4));
        assert_eq!(answers[patient(OUT, OUT, OUT)], allow(4));
        // Without the relationship the route is closed, and there is no other.
        assert_eq!(ask(GP_CARE, bases, &[])[0], deny(3, &[]));
        // Implied consent does not reach beyond care.
        let beyond = ask(GP_RESEARCH, bases, &["legitimate-relationship"]);
        assert_eq!(beyond[patient(NONE, NONE, NONE)], deny(3, &[]));
    }

    #[test]
    fn a_care_objection_closes_implied_consent_and_no_other_route() {
        let there = &["legitimate-relationship"];
        let answers = ask(GP_CARE, &["implied-consent"], there);
        assert_eq!(answers[with(OBJECTION, 0)], deny(8, &[8]));
        let both = ask(GP_CARE, &["implied-consent", "explicit-consent"], there);
        assert_eq!(both[with(OBJECTION, 0)], deny(8, &[8]));
        assert_eq!(both[with(OBJECTION | CONSENT, 0)], allow(3));
        let court = ask(GP_CARE, &["implied-consent", "court-order"], there);
        assert_eq!(court[0], allow(4));
        assert_eq!(court[with(OBJECTION, 0)], allow(6));
        let benefit = ask(GP_CARE, &["overall-benefit"], &[]);
        assert_eq!(benefit[with(OBJECTION, 0)], allow(5));
    }

    #[test]
    fn a_programme_opt_out_binds_on_care_too_and_so_does_its_being_unknown() {
        let conditions = &["legitimate-relationship", "programme-opt-out"];
        let answers = ask(GP_CARE, &["implied-consent"], conditions);
        assert_eq!(answers[patient(OUT, OUT, NONE)], allow(4));
        assert_eq!(answers[0], deny(11, &[11]));
        let out_and_objecting = with(OBJECTION, patient(NONE, NONE, OUT));
        assert_eq!(answers[out_and_objecting], deny(7, &[7, 8]));
        // A recorded objection is named before an unknown status.
        assert_eq!(answers[with(OBJECTION, 0)], deny(8, &[8, 11]));
    }

    #[test]
    fn an_invalid_byte_is_denied_as_such_whatever_the_disclosure() {
        let disclosures = [
            ask(GP_CARE, &["implied-consent"], &["legitimate-relationship"]),
            ask(GP_RESEARCH, &[], &[]),
            ask(GP_RESEARCH, &["copi-reg-5"], &[]),
            ask(GP_RESEARCH, &["explicit-consent"], &[]),
            ask(GP_RESEARCH, &["court-order"], &[]),
        ];
        for answers in disclosures {
            let mut invalid = 0;
            for (byte, answer) in answers.iter().enumerate() {
                if byte & 0b11 == 3 || byte >> 4 & 0b11 == 3 {
                    assert_eq!(*answer, deny(2, &[]));
                    invalid += 1;
                } else {
                    assert_ne!(answer.reason, 2);
                }
            }
            assert_eq!(invalid, 112);
        }
    }

    #[test]
    fn consent_is_asked_of_each_patient_and_defeats_every_opt_out() {
        let answers = ask(GP_RESEARCH, &["explicit-consent"], &["programme-opt-out"]);
        assert_eq!(answers[patient(NONE, NONE, NONE)], deny(4, &[]));
        assert_eq!(answers[0], deny(4, &[]));
        assert_eq!(answers[with(CONSENT | OBJECTION, patient(OUT, OUT, OUT))], allow(3));
        // Consent on record is nothing where it is not relied on.
        let other = ask(GP_RESEARCH, &["copi-reg-5"], &[]);
        assert_eq!(other[with(CONSENT, patient(OUT, NONE, NONE))], deny(5, &[5]));
    }

    #[test]
    fn a_consent_route_without_consent_adds_nothing_to_what_blocks() {
        let answers = ask(TRUST_RESEARCH, &["explicit-consent", "copi-reg-5"], &[]);
        assert_eq!(answers[patient(NONE, OUT, NONE)], deny(6, &[6]));
        assert_eq!(answers[patient(NONE, NONE, NONE)], allow(11));
        assert_eq!(answers[with(CONSENT, patient(NONE, OUT, NONE))], allow(3));
        // The lowest number is named when both permit.
        assert_eq!(answers[with(CONSENT, patient(NONE, NONE, NONE))], allow(3));
    }

    #[test]
    fn a_record_without_nhs_number_is_not_blocked() {
        let answers = ask(GP_RESEARCH, &["copi-reg-5"], &[]);
        assert_eq!(answers[patient(NONE, NO_NUMBER, UNKNOWN)], allow(11));
        let voluntary = ask(GP_RESEARCH, &["copi-reg-3"], &["national-voluntary"]);
        assert_eq!(voluntary[patient(OUT, NO_NUMBER, OUT)], allow(10));
    }

    #[test]
    fn disapplying_lifts_the_national_opt_out_alone_and_a_voluntary_one_stays() {
        let disapplied = ask(GP_RESEARCH, &["copi-reg-2"], &["national-disapplied"]);
        assert_eq!(disapplied[patient(NONE, OUT, OUT)], allow(11));
        assert_eq!(disapplied[patient(OUT, OUT, NONE)], deny(5, &[5]));
        let voluntary =
            ask(GP_RESEARCH, &["copi-reg-2"], &["national-disapplied", "national-voluntary"]);
        assert_eq!(voluntary[patient(NONE, OUT, NONE)], deny(6, &[6]));
        assert_eq!(voluntary[0], deny(9, &[9, 10]));
    }

    #[test]
    fn type1_binds_on_section_251_even_where_declared_not_upheld() {
        let answers = ask(GP_RESEARCH, &["copi-reg-5"], &["type1-not-upheld"]);
        assert_eq!(answers[patient(OUT, NONE, NONE)], deny(5, &[5]));
        assert_eq!(answers[patient(UNKNOWN, NONE, NONE)], deny(9, &[9]));
    }

    #[test]
    fn invoices_outside_a_contract_are_free_of_the_national_opt_out_unless_applied_voluntarily() {
        let mut facts = TRUST_RESEARCH;
        let out = patient(NONE, OUT, NONE);
        facts[3] = "invoice-validation-non-contracted";
        assert_eq!(ask(facts, &["copi-reg-5"], &[])[out], allow(11));
        let voluntary = ask(facts, &["copi-reg-5"], &["national-voluntary"]);
        assert_eq!(voluntary[out], deny(6, &[6]));
        facts[3] = "invoice-validation";
        assert_eq!(ask(facts, &["copi-reg-5"], &[])[out], deny(6, &[6]));
    }

    #[test]
    fn the_reason_is_the_first_in_precedence_over_all_open_routes() {
        // De-identified: Type 1 and the programme bind. Section 251 with a voluntary national opt-out:
        // all three. No route permits, so what blocks is the union.
        let facts = ["gp-record", "beyond-controller", "de-identified", "planning"];
        let conditions = &["programme-opt-out", "national-voluntary"];
        let answers = ask(facts, &["copi-reg-5"], conditions);
        assert_eq!(answers[0], deny(9, &[9, 10, 11]));
        assert_eq!(
            answers[patient(UNKNOWN, NONE, OUT)],
            deny(7, &[7, 9]),
            "a recorded choice before an unknown one"
        );
        assert_eq!(answers[patient(NONE, OUT, UNKNOWN)], deny(6, &[6, 11]));
        // Type 1 lifted on the one route and not on the other: the blocked route still counts only
        // while nothing permits.
        let lifted = ask(facts, &["copi-reg-5"], &["type1-not-upheld"]);
        assert_eq!(lifted[patient(OUT, OUT, OUT)], allow(2));
        let lifted = ask(facts, &["copi-reg-5"], &["type1-not-upheld", "programme-opt-out"]);
        assert_eq!(lifted[patient(OUT, OUT, OUT)], deny(5, &[5, 7]));
    }

    #[test]
    fn anonymous_data_need_no_basis_and_heed_only_what_is_honoured_by_choice() {
        let facts = ["gp-record", "beyond-controller", "anonymous", "marketing"];
        assert_eq!(ask(facts, &[], &[])[0], allow(1));
        assert_eq!(ask(facts, &[], &["programme-opt-out"])[0], allow(1));
        assert_eq!(ask(facts, &[], &["type1-upheld"])[0], deny(9, &[9]));
        let voluntary = ask(facts, &[], &["national-voluntary"]);
        assert_eq!(voluntary[patient(OUT, OUT, OUT)], deny(6, &[6]));
    }

    #[test]
    fn de_identified_data_heed_type1_and_the_programme_and_serve_no_commerce() {
        let mut facts = ["gp-record", "beyond-controller", "de-identified", "research"];
        let answers = ask(facts, &[], &["programme-opt-out"]);
        assert_eq!(answers[patient(OUT, OUT, NONE)], deny(5, &[5]));
        assert_eq!(answers[patient(NONE, OUT, OUT)], deny(7, &[7]));
        assert_eq!(answers[patient(NONE, OUT, NONE)], allow(2));
        facts[3] = "insurance";
        let answers = ask(facts, &[], &[]);
        assert_eq!(answers[patient(NONE, NONE, NONE)], deny(3, &[]));
    }

    #[test]
    fn regulation_3_heeds_neither_opt_out_unless_by_choice() {
        let mut facts = GP_RESEARCH;
        facts[3] = "communicable-disease-control";
        assert_eq!(ask(facts, &["copi-reg-3"], &[])[patient(OUT, OUT, OUT)], allow(10));
        let upheld = ask(facts, &["copi-reg-3"], &["type1-upheld", "national-voluntary"]);
        assert_eq!(upheld[patient(OUT, OUT, NONE)], deny(5, &[5, 6]));
        // For care neither is in scope, honoured by choice or not.
        facts[3] = "case-finding";
        let care = ask(facts, &["copi-reg-3"], &["type1-upheld", "national-voluntary"]);
        assert_eq!(care[patient(OUT, OUT, NONE)], allow(10));
        // Section 251 proper does not serve care at all.
        assert_eq!(ask(facts, &["copi-reg-5"], &[])[0], deny(3, &[]));
    }

    #[test]
    fn what_the_law_requires_passes_whatever_was_chosen() {
        let everything =
            &["type1-upheld", "programme-opt-out", "national-voluntary", "legitimate-relationship"];
        let out = with(OBJECTION, patient(OUT, OUT, OUT));
        for (basis, route) in [("court-order", 6), ("statutory-duty", 7), ("public-interest", 8)] {
            assert_eq!(ask(GP_RESEARCH, &[basis], everything)[out], allow(route));
            assert_eq!(ask(GP_RESEARCH, &[basis], everything)[0], allow(route));
        }
        // A power is not a duty.
        assert_eq!(ask(GP_RESEARCH, &["statutory-power"], &[])[0], deny(3, &[]));
        let mut marketing = GP_RESEARCH;
        marketing[3] = "marketing";
        let public_interest = ask(marketing, &["public-interest"], &[]);
        assert_eq!(public_interest[0], deny(3, &[]));
        assert_eq!(ask(marketing, &["court-order"], &[])[0], allow(6));
    }

    #[test]
    fn each_basis_opens_its_route_for_the_classes_it_may_serve() {
        let one_of_each_class = ["individual-care", "research", "provider-payment", "marketing"];
        let there = &["legitimate-relationship"];
        let expected = [
            ("implied-consent", [4, 0, 0, 0]),
            ("explicit-consent", [3, 3, 3, 3]),
            ("overall-benefit", [5, 0, 0, 0]),
            ("court-order", [6, 6, 6, 6]),
            ("statutory-duty", [7, 7, 7, 7]),
            ("s259-collection", [9, 9, 9, 0]),
            ("copi-reg-2", [0, 11, 11, 0]),
            ("copi-reg-3", [10, 10, 0, 0]),
            ("copi-reg-5", [0, 11, 11, 0]),
            ("public-interest", [8, 8, 8, 0]),
            ("statutory-power", [0, 0, 0, 0]),
        ];
        // A patient who has chosen nothing and has consented: only a closed route can deny.
        let willing = with(CONSENT, patient(NONE, NONE, NONE));
        for (class, purpose) in one_of_each_class.iter().enumerate() {
            let mut facts = GP_RESEARCH;
            facts[3] = purpose;
            for (basis, routes) in expected {
                let answer = ask(facts, &[basis], there)[willing];
                match routes[class] {
                    0 => assert_eq!(answer, deny(3, &[]), "{basis} {purpose}"),
                    route => assert_eq!(answer, allow(route), "{basis} {purpose}"),
                }
            }
            assert_eq!(ask(facts, &[], there)[willing], deny(3, &[]));
            facts[2] = "anonymous";
            assert_eq!(ask(facts, &[], &[])[willing], allow(1));
            facts[2] = "de-identified";
            let expected = if class == 3 { deny(3, &[]) } else { allow(2) };
            assert_eq!(ask(facts, &[], &[])[willing], expected);
        }
    }

    #[test]
    fn the_opt_outs_bind_on_the_routes_of_the_table_and_on_no_other() {
        // Every opt-out that can be made to bind without a lifting condition.
        let conditions = &["programme-opt-out", "national-voluntary"];
        // Basis, identifiability, purpose; then: do Type 1, the national opt-out and the programme's
        // bind?
        let rows = [
            ("", "anonymous", "research", [false, true, false]),
            ("", "de-identified", "research", [true, true, true]),
            ("explicit-consent", "identifiable", "research", [false; 3]),
            ("overall-benefit", "identifiable", "individual-care", [false; 3]),
            ("court-order", "identifiable", "research", [false; 3]),
            ("statutory-duty", "identifiable", "research", [false; 3]),
            ("public-interest", "identifiable", "research", [false; 3]),
            ("s259-collection", "identifiable", "research", [true; 3]),
            ("s259-collection", "identifiable", "provider-payment", [true; 3]),
            ("copi-reg-3", "identifiable", "research", [false, true, true]),
            ("copi-reg-2", "identifiable", "research", [true; 3]),
            ("copi-reg-5", "identifiable", "provider-payment", [true; 3]),
        ];
        for (basis, identifiability, purpose, binds) in rows {
            let facts = ["gp-record", "beyond-controller", identifiability, purpose];
            let bases: &[&str] = if basis.is_empty() { &[] } else { &[basis] };
            let answers = ask(facts, bases, conditions);
            let single =
                [patient(OUT, NONE, NONE), patient(NONE, OUT, NONE), patient(NONE, NONE, OUT)];
            for (opt_out, reason) in [5, 6, 7].into_iter().enumerate() {
                let answer = answers[with(CONSENT, single[opt_out])];
                if binds[opt_out] {
                    assert_eq!(answer, deny(reason, &[reason]), "{basis} {facts:?}");
                } else {
                    assert_eq!(answer.verdict, 1, "{basis} {facts:?}");
                }
            }
            // Only implied consent heeds an objection to sharing for care.
            let objecting = with(CONSENT | OBJECTION, patient(NONE, NONE, NONE));
            assert_eq!(answers[objecting].verdict, 1, "{basis} {facts:?}");
        }
    }

    #[test]
    fn the_national_opt_out_is_about_publicly_funded_care_in_england() {
        for origin in ["private-care", "childrens-social-care", "outside-england"] {
            let mut facts = TRUST_RESEARCH;
            facts[0] = origin;
            for conditions in [&[][..], &["national-voluntary"][..]] {
                let answers = ask(facts, &["copi-reg-5"], conditions);
                assert_eq!(answers[patient(OUT, OUT, OUT)], allow(11), "{origin}");
            }
            // A programme's own opt-out knows no such limit.
            let answers = ask(facts, &["copi-reg-5"], &["programme-opt-out"]);
            assert_eq!(answers[patient(OUT, OUT, OUT)], deny(7, &[7]), "{origin}");
        }
    }

    #[test]
    fn errors_are_not_verdicts() {
        let oracle = Oracle::from_matrix();
        let good = question(GP_RESEARCH, &[], &[]);
        assert!(oracle.judge(good).is_some(), "an empty set is no error");
        let bad = [
            Question { origin: 0, ..good },
            Question { origin: 6, ..good },
            Question { boundary: 0, ..good },
            Question { boundary: 3, ..good },
            Question { identifiability: 0, ..good },
            Question { identifiability: 4, ..good },
            Question { purpose: 0, ..good },
            Question { purpose: 8, ..good },
            Question { purpose: 39, ..good },
            Question { purpose: 83, ..good },
            Question { bases: 1 << 11, ..good },
            Question { conditions: 1 << 6, ..good },
            question(GP_RESEARCH, &["statutory-duty", "s259-collection"], &[]),
            question(GP_RESEARCH, &[], &["type1-not-upheld", "type1-upheld"]),
        ];
        for question in bad {
            assert!(oracle.judge(question).is_none(), "{question:?}");
        }
    }

    #[test]
    fn every_row_of_the_table_names_its_section_and_leaves_no_cell_in_doubt() {
        for row in read_rows(MATRIX) {
            for column in &COLUMNS[..COLUMNS.len() - 1] {
                assert!(!row.cell(column).is_empty(), "{column}: {:?}", row.cells);
            }
            assert!(row.cell("section").starts_with(char::is_numeric));
        }
        for kind in ["route", "reason"] {
            let rows = read_rows(MATRIX);
            let mut numbers: Vec<u8> =
                of_kind(&rows, kind).iter().map(|row| row.number("number")).collect();
            numbers.sort_unstable();
            assert_eq!(numbers, (1..=11).collect::<Vec<u8>>());
        }
    }
}
