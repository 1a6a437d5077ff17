//! A ruling, people, and a run over bytes in memory.

use optout::extract::{Column, Dialect, Extract, ExtractError, People, Table, TableSummary};
use optout::record::NhsNumber;
use optout::{
    Bases, Boundary, Conditions, Date, Disclosure, Identifiability, National, Origin, Patient,
    Purpose, Ruling, Type1, assess,
};

/// Research on section 251 support from hospital data: the national opt-out binds.
pub(crate) fn research() -> Ruling {
    assess(&Disclosure {
        origin: Origin::EnglandCare,
        boundary: Boundary::BeyondController,
        identifiability: Identifiability::Identifiable,
        purpose: Purpose::Research,
        bases: Bases::COPI_REG_5,
        conditions: Conditions::empty(),
        on: Date::ymd(2026, 6, 1),
    })
    .unwrap()
}

/// Individual care, where no opt-out binds.
pub(crate) fn care() -> Ruling {
    assess(&Disclosure {
        purpose: Purpose::IndividualCare,
        bases: Bases::IMPLIED_CONSENT,
        conditions: Conditions::LEGITIMATE_RELATIONSHIP,
        ..*research().disclosure()
    })
    .unwrap()
}

/// The number that begins with these nine digits or the next that can be one.
pub(crate) fn number(from: u32) -> NhsNumber {
    (from..).find_map(NhsNumber::from_first_nine).unwrap()
}

pub(crate) fn digits(number: NhsNumber) -> String {
    String::from_utf8(number.to_digits().to_vec()).unwrap()
}

/// What is known: of every third number that it is clear, of every third that it opted out.
pub(crate) fn known(number: NhsNumber) -> Patient {
    let national = match number.first_nine() % 3 {
        0 => National::None,
        1 => National::OptedOut,
        _ => National::Unknown,
    };
    Patient::UNKNOWN.with_type1(Type1::None).with_national(national)
}

pub(crate) fn at(position: usize) -> Column {
    Column::Place(position)
}

/// However few rows name a person.
pub(crate) fn extract(ruling: &Ruling) -> Extract<'static> {
    any_share(Extract::new(ruling, People::ByNumber(&known)).block_bytes(64))
}

/// The same, however few rows name a person.
pub(crate) fn any_share(extract: Extract<'_>) -> Extract<'_> {
    extract.at_most_invalid(100.0).at_most_empty(100.0)
}

/// Runs one table.
pub(crate) fn run(
    extract: &Extract<'_>,
    text: Dialect,
    columns: &[Column],
    read: &[u8],
) -> Result<(Vec<u8>, TableSummary), ExtractError> {
    let mut written = Vec::new();
    let table =
        columns.iter().fold(Table::new("table", text, read, &mut written), |table, column| {
            table.person(column.clone())
        });
    let mut summary = extract.run([table])?;
    Ok((written, summary.tables.remove(0)))
}

/// What a run of one table says when it stops.
pub(crate) fn stops(text: Dialect, columns: &[Column], read: &[u8]) -> String {
    run(&extract(&research()), text, columns, read).unwrap_err().to_string()
}
