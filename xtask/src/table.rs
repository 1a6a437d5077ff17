//! The table of steps.

mod c;
mod code;
mod hosts;

use crate::Fallible;
use crate::step::{Group, Need, Step};

/// Every step, in the order in which they run.
fn all() -> impl Iterator<Item = &'static Step> {
    code::STEPS.iter().chain(c::STEPS).chain(hosts::STEPS)
}

/// The steps of these names or groups, with those that they come after; all of them when none is named.
pub fn choose(within: Option<Group>, named: &[&str]) -> Fallible<Vec<&'static Step>> {
    let mut wanted: Vec<&str> = Vec::new();
    for name in named {
        let group = Group::ALL.into_iter().find(|group| group.name() == *name);
        let found = all().filter(|step| step.name == *name || Some(step.group) == group);
        let before = wanted.len();
        wanted.extend(found.map(|step| step.name));
        if wanted.len() == before {
            return Err(format!("there is no step `{name}`: see cargo xtask ci --list").into());
        }
    }
    if named.is_empty() {
        wanted.extend(
            all()
                .filter(|step| within.is_none_or(|group| step.group == group))
                .map(|step| step.name),
        );
    }
    // What stands behind in the table may need what stands before it.
    for step in all().collect::<Vec<_>>().into_iter().rev() {
        if wanted.contains(&step.name) {
            wanted.extend(step.after);
        }
    }
    Ok(all().filter(|step| wanted.contains(&step.name)).collect())
}

/// The steps with what they show and need.
pub fn print() {
    for group in Group::ALL {
        println!("{}", group.name());
        for step in all().filter(|step| step.group == group) {
            println!("  {:<16} {}", step.name, step.shows);
            for need in step.needs {
                let said = match need {
                    Need::Debian(packages) => format!("Debian: {}", packages.join(" ")),
                    Need::Cargo(package, version, _) => format!("cargo: {package} {version}"),
                    Need::Python(_, package, version) => format!("pip: {package} {version}"),
                };
                println!("  {:<16}   {said}", "");
            }
            if !step.after.is_empty() {
                println!("  {:<16}   after {}", "", step.after.join(" "));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::step::Run;

    #[test]
    fn names_are_unique_and_what_comes_before_stands_before() {
        let mut before = BTreeSet::new();
        for step in all() {
            assert!(step.after.iter().all(|name| before.contains(name)), "{}", step.name);
            assert!(before.insert(step.name), "{}", step.name);
            assert!(Group::ALL.iter().all(|group| group.name() != step.name), "{}", step.name);
        }
    }

    /// A script that no step calls would look like a check.
    #[test]
    fn each_script_is_a_step_and_each_step_has_its_script() {
        let steps = Path::new(env!("CARGO_MANIFEST_DIR")).join("steps");
        let mut scripts = BTreeSet::new();
        for group in Group::ALL {
            for entry in std::fs::read_dir(steps.join(group.name())).expect("a folder of scripts") {
                scripts.insert(entry.expect("a script").path());
            }
        }
        for step in all().filter(|step| matches!(step.run, Run::Script)) {
            let script = steps.join(step.group.name()).join(format!("{}.sh", step.name));
            assert!(scripts.remove(&script), "{}", step.name);
        }
        assert!(scripts.is_empty(), "{scripts:?}");
    }

    #[test]
    fn a_named_step_brings_what_it_comes_after() {
        let names: Vec<&str> =
            choose(None, &["valgrind"]).expect("a step").iter().map(|step| step.name).collect();
        assert_eq!(names, ["install", "suites_shared", "valgrind"]);
        assert!(choose(None, &["nothing"]).is_err());
        assert!(
            choose(Some(Group::C), &[]).expect("steps").iter().all(|step| step.group == Group::C)
        );
    }
}
