//! Which files of a crate a file imports, as its `use` lines and paths say.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::Fallible;

/// Each file of a crate, by its module, with those that it imports. The root is the empty name.
pub type Files = BTreeMap<String, BTreeSet<String>>;

/// Names that a file hands on from another: `pub use`. Who imports them imports the other file.
type HandedOn = BTreeMap<String, BTreeMap<String, Vec<String>>>;

pub fn read(source: &Path) -> Fallible<Files> {
    let mut texts = BTreeMap::new();
    collect(source, "", &mut texts)?;
    Ok(imports(&texts))
}

fn collect(folder: &Path, module: &str, texts: &mut BTreeMap<String, String>) -> Fallible<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let inside = |stem: &str| {
            if module.is_empty() { stem.to_owned() } else { format!("{module}::{stem}") }
        };
        if path.is_dir() {
            collect(&path, &inside(&stem), texts)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") && stem != "tests" {
            let name = if ["lib", "main"].contains(&stem.as_str()) {
                String::new()
            } else {
                inside(&stem)
            };
            texts.insert(name, fs::read_to_string(&path)?);
        }
    }
    Ok(())
}

/// The imports of files by their texts.
fn imports(texts: &BTreeMap<String, String>) -> Files {
    let mut handed_on = HandedOn::new();
    let mut imported: BTreeMap<&String, Vec<Vec<String>>> = BTreeMap::new();
    for (module, text) in texts {
        let text = code(text);
        let (mut uses, rest) = statements(&text);
        uses.extend(paths(&rest).map(|path| (false, path)));
        for (public, path) in uses {
            let Some(path) = whole(module, &path, texts) else { continue };
            match path.last() {
                Some(name) if public => {
                    handed_on.entry(module.clone()).or_default().insert(name.clone(), path);
                }
                _ => imported.entry(module).or_default().push(path),
            }
        }
    }
    let mut files = Files::new();
    for module in texts.keys() {
        let found = imported.remove(module).unwrap_or_default();
        let to =
            found.iter().map(|path| file_of(path, texts, &handed_on, 0)).filter(|to| to != module);
        files.insert(module.clone(), to.collect());
    }
    files
}

/// Without comments, and without the tests at the end.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
    text.lines().map(|line| line.split("//").next().unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

/// The `use` statements of a text, each leaf a path, and whether it is handed on; and what is left.
fn statements(text: &str) -> (Vec<(bool, Vec<String>)>, String) {
    let (mut uses, mut rest, mut statement) = (Vec::new(), String::new(), None::<(bool, String)>);
    for line in text.lines() {
        let trimmed = line.trim();
        if statement.is_none() {
            let public = trimmed.starts_with("pub");
            let start = if public {
                trimmed.find(" use ").map(|at| at + 5)
            } else {
                trimmed.starts_with("use ").then_some(4)
            };
            match start.and_then(|start| trimmed.get(start..)) {
                Some(tree) => statement = Some((public, tree.to_owned())),
                None => rest.push_str(line),
            }
            rest.push('\n');
        } else if let Some((_, tree)) = &mut statement {
            tree.push_str(trimmed);
        }
        if let Some((public, tree)) = statement.take_if(|(_, tree)| tree.ends_with(';')) {
            let mut leaves = Vec::new();
            leaf(tree.trim_end_matches(';'), &mut Vec::new(), &mut leaves);
            uses.extend(leaves.into_iter().map(|path| (public, path)));
        }
    }
    (uses, rest)
}

/// The paths of a tree such as `a::{b, c::{D, E as F}}`.
fn leaf(tree: &str, before: &mut Vec<String>, leaves: &mut Vec<Vec<String>>) {
    if let Some((path, inside)) = tree.split_once('{') {
        let depth = before.len();
        before.extend(
            path.split("::").map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned),
        );
        let inside = inside.trim_end().strip_suffix('}').unwrap_or(inside);
        for part in split(inside) {
            leaf(part.trim(), before, leaves);
        }
        before.truncate(depth);
    } else if !tree.is_empty() {
        let name = tree.split(" as ").next().unwrap_or(tree);
        let names =
            name.split("::").map(|name| name.trim().to_owned()).filter(|name| name != "self");
        leaves.push(before.iter().cloned().chain(names).collect());
    }
}

/// At the commas that are in no inner braces.
fn split(inside: &str) -> Vec<&str> {
    let mut depth = 0;
    inside
        .split(|c: char| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            c == ',' && depth == 0
        })
        .collect()
}

/// Paths from the crate or from the module above, wherever they stand.
fn paths(text: &str) -> impl Iterator<Item = Vec<String>> {
    ["crate::", "super::"].into_iter().flat_map(move |start| {
        text.match_indices(start).filter_map(move |(at, _)| {
            let before = text.get(..at)?;
            let path = text.get(at..)?;
            let end = path
                .find(|c: char| c != ':' && c != '_' && !c.is_alphanumeric())
                .unwrap_or(path.len());
            // `$crate::` is another's, and `super::super::` is found at its beginning.
            let own = !before
                .ends_with(|c: char| c == '$' || c == ':' || c == '_' || c.is_alphanumeric());
            own.then(|| {
                path.get(..end).unwrap_or_default().split("::").map(str::to_owned).collect()
            })
        })
    })
}

/// A path from the root of the crate; none where it leads out of it.
fn whole(module: &str, path: &[String], texts: &BTreeMap<String, String>) -> Option<Vec<String>> {
    let mut here: Vec<String> =
        module.split("::").filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let (first, mut rest) = path.split_first()?;
    match first.as_str() {
        "crate" => here.clear(),
        "self" => {}
        "super" => {
            here.pop();
            while let Some(("super", after)) =
                rest.split_first().map(|(name, after)| (name.as_str(), after))
            {
                here.pop();
                rest = after;
            }
        }
        name => {
            let child =
                here.iter().map(String::as_str).chain([name]).collect::<Vec<_>>().join("::");
            if !texts.contains_key(&child) {
                return None;
            }
            here.push(name.to_owned());
        }
    }
    here.extend(rest.iter().filter(|name| !name.is_empty()).cloned());
    Some(here)
}

/// The file that a path leads to: the deepest module of it, or where that has the name from.
fn file_of(
    path: &[String],
    texts: &BTreeMap<String, String>,
    handed_on: &HandedOn,
    turns: usize,
) -> String {
    let deepest = (0..=path.len()).rev().find_map(|length| {
        let module = path.get(..length)?.join("::");
        texts.contains_key(&module).then_some((module, length))
    });
    let Some((module, length)) = deepest else { return String::new() };
    let origin = path.get(length).and_then(|name| handed_on.get(&module)?.get(name));
    match origin {
        Some(origin) if turns < 8 => file_of(origin, texts, handed_on, turns + 1),
        _ => module,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)], of: &str) -> Vec<String> {
        let texts =
            files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        imports(&texts).remove(of).unwrap_or_default().into_iter().collect()
    }

    const CRATE: &[(&str, &str)] = &[
        ("", "mod a;\nmod b;\npub use a::{Thing, deep::{Deeper as Named}};\n"),
        ("a", "mod deep;\nuse crate::b::{self, Other};\nfn f() { crate::b::g(); }\n"),
        (
            "a::deep",
            "// use crate::b;\nuse super::Thing;\nuse super::super::b;\n#[cfg(test)]\nmod tests { use crate::c; }\n",
        ),
        (
            "b",
            "use std::fmt;\nuse crate::{\n    Thing,\n    c::Last,\n};\nmacro_rules! m { () => { $crate::c::x }; }\n",
        ),
        ("c", "use crate::Deeper;\n"),
    ];

    #[test]
    fn imports_lead_to_the_file_that_has_the_thing() {
        assert_eq!(found(CRATE, "a"), ["b"]);
        assert_eq!(found(CRATE, "a::deep"), ["a", "b"]);
        assert_eq!(found(CRATE, "b"), ["a", "c"]);
        assert_eq!(found(CRATE, "c"), ["a::deep"]);
        assert!(found(CRATE, "").is_empty());
    }
}
