//! The enums of `include/optout.hpp`: a region of it.

use super::words::Group;
use crate::Fallible;

pub const PATH: &str = "include/optout.hpp";
const BEGIN: &str = "/* From here to the end of the enums: written by `cargo xtask generate`. */\n";
const END: &str = "/* The end of the enums. */\n";

/// The file with the enums of today between the marks.
pub fn file(text: &str, groups: &[Group]) -> Fallible<String> {
    let (before, rest) =
        text.split_once(BEGIN).ok_or("optout.hpp lacks the mark where its enums begin")?;
    let (_, after) = rest.split_once(END).ok_or("optout.hpp lacks the mark where its enums end")?;
    let enums: String = groups.iter().map(enumeration).collect();
    Ok(format!("{before}{BEGIN}\n{enums}{END}{after}"))
}

fn enumeration(group: &Group) -> String {
    // An NHS number that was never read has no range.
    let zero = if group.name == "RANGE" { "    none = 0,\n" } else { "" };
    let values = group.words.iter().map(|word| {
        format!("    {} = OPTOUT_{}_{},\n", word.name.to_lowercase(), group.name, word.name)
    });
    let values: String = values.collect();
    format!(
        "/** {} */\nenum class {} : std::uint32_t {{\n{zero}{values}}};\n\n",
        group.is, group.kind
    )
}
