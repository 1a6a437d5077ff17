//! What killed runs left in a folder, said by the next run that writes there.

use std::path::Path;

use optout::release::leftovers;

use crate::error::say_warning;
use crate::screen;

/// Named one by one, at most.
const NAMED: usize = 8;

/// Says what killed runs left in a folder, and how to remove it.
pub(crate) fn say_of(folder: &Path) {
    // A folder that cannot be read is said by what is done in it.
    let Ok(found) = leftovers(folder) else { return };
    let quoted = |path: &Path| format!("'{}'", path.display().to_string().replace('\'', r"'\''"));
    let named: Vec<_> = found.iter().take(NAMED).map(|path| quoted(path)).collect();
    let more = match found.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" ({more} more lie there)"),
    };
    if !found.is_empty() {
        say_warning(&format!(
            "runs that were killed left data in {}; nothing uses it. Remove it: rm -r -- {}{more}",
            screen::path(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }),
            named.join(" ")
        ));
    }
}

/// As [`say_of`], of the folder in which something is to appear.
pub(crate) fn say_beside(path: &Path) {
    say_of(path.parent().unwrap_or(Path::new("")));
}
