//! The columns that are asked for.

use std::format;
use std::string::String;
use std::vec::Vec;

use super::fields;
use super::footer::Footer;
use crate::record::columns::Column;

/// The leaves that name people.
pub(super) fn find(
    columns: &[Column],
    footer: &Footer,
    by_number: bool,
) -> Result<Vec<usize>, String> {
    if columns.is_empty() {
        return Err(String::from("no column is given that names the person"));
    }
    let mut people = Vec::new();
    for column in columns {
        let leaf = of(column, footer)?.ok_or_else(|| match column {
            Column::Named(name) => format!("there is no column `{name}`"),
            Column::Place(position) => format!("there is no column {position}"),
        })?;
        if people.contains(&leaf) {
            return Err(format!("column {} is given twice", leaf + 1));
        }
        people.push(leaf);
    }
    check(&people, footer, by_number)?;
    Ok(people)
}

/// Whether these can name people.
pub(super) fn check(leaves: &[usize], footer: &Footer, by_number: bool) -> Result<(), String> {
    let schema = footer.metadata.file_metadata().schema_descr();
    for leaf in leaves {
        let column = schema.column(*leaf);
        if footer.schema.unknown.contains(leaf) {
            return Err(format!(
                "column `{}` is of a type that this program does not know, and cannot name people; write it as text",
                column.path().string()
            ));
        }
        // A table without rows may have been given any type.
        if footer.metadata.file_metadata().num_rows() > 0 {
            fields::check(&column, by_number)?;
        }
    }
    Ok(())
}

/// The leaf that a column is, where the table has it.
pub(super) fn of(column: &Column, footer: &Footer) -> Result<Option<usize>, String> {
    let schema = footer.metadata.file_metadata().schema_descr();
    let leaf = match column {
        Column::Named(name) => {
            let leaves = schema.columns().iter().enumerate();
            let mut leaves = leaves.filter(|(_, leaf)| leaf.path().string() == *name);
            match (leaves.next(), leaves.next()) {
                (Some(_), Some(_)) => {
                    return Err(format!(
                        "two columns are called `{name}`; give the position of the right one"
                    ));
                }
                (leaf, _) => leaf.map(|(leaf, _)| leaf),
            }
        }
        Column::Place(position) => {
            position.checked_sub(1).filter(|leaf| *leaf < schema.num_columns())
        }
    };
    match leaf {
        Some(leaf) if schema.column(leaf).max_rep_level() > 0 => {
            Err(format!("column {} holds lists; a person is named by a single value", leaf + 1))
        }
        leaf => Ok(leaf),
    }
}
