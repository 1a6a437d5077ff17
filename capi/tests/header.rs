//! The header says what the specification says: every code as a constant, with its number and its
//! meaning, and none besides.
#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;

use optout::{
    Bases, BlockedBy, Boundary, Clause, Conditions, Identifiability, National, Origin, Programme,
    Purpose, Reason, Route, Type1, Verdict, record::NumberRange,
};

const HEADER: &str = include_str!("../../include/optout.h");
const CPP_HEADER: &str = include_str!("../../include/optout.hpp");

/// Each `#define` of the header: its value, and its comment on one line.
fn defines() -> BTreeMap<&'static str, (&'static str, String)> {
    let mut defines = BTreeMap::new();
    let mut comment = String::new();
    for line in HEADER.lines() {
        let line = line.trim();
        if line == "/**" {
            comment.clear();
        } else if let Some(text) = line.strip_prefix("* ") {
            comment.push_str(text);
            comment.push(' ');
        } else if let Some((name, value)) =
            line.strip_prefix("#define ").and_then(|define| define.split_once(' '))
        {
            defines.insert(name, (value, comment.trim().to_owned()));
        }
    }
    defines
}

fn name(group: &str, code: &str) -> String {
    format!("OPTOUT_{group}_{}", code.to_uppercase().replace(['-', '.'], "_"))
}

/// Every constant of the vocabulary: its name, its number, its code and its meaning.
fn vocabulary() -> Vec<(String, u32, &'static str, &'static str)> {
    let mut words = Vec::new();
    macro_rules! list {
        ($group:literal, $type:ty) => {
            for it in <$type>::ALL {
                words.push((name($group, it.code()), it.number().into(), it.code(), it.meaning()));
            }
        };
    }
    macro_rules! set {
        ($group:literal, $type:ty) => {
            for (bit, code, meaning) in <$type>::TABLE {
                words.push((name($group, code), bit.bits().into(), code, meaning));
            }
        };
    }
    list!("ORIGIN", Origin);
    list!("BOUNDARY", Boundary);
    list!("IDENTIFIABILITY", Identifiability);
    list!("PURPOSE", Purpose);
    set!("BASIS", Bases);
    set!("CONDITION", Conditions);
    list!("TYPE1", Type1);
    list!("NATIONAL", National);
    list!("PROGRAMME", Programme);
    list!("REASON", Reason);
    list!("ROUTE", Route);
    set!("BLOCKED_BY", BlockedBy);
    list!("CLAUSE", Clause);
    list!("RANGE", NumberRange);
    for verdict in Verdict::ALL {
        let name = format!("OPTOUT_{}", verdict.code().to_uppercase());
        words.push((name, verdict.number().into(), verdict.code(), verdict.meaning()));
    }
    words
}

#[test]
fn every_code_is_a_constant_with_its_number_and_meaning() {
    let defines = defines();
    let mut wrong = Vec::new();
    for (name, number, code, meaning) in vocabulary() {
        let (value, comment) = defines.get(name.as_str()).expect(&name);
        assert_eq!(*value, number.to_string(), "{name}");
        let expected = format!("`{code}`: {meaning}.");
        // What blocks is told by the reason that it is.
        if !name.starts_with("OPTOUT_BLOCKED_BY_") && !comment.ends_with(&expected) {
            wrong.push(format!("{name}\n    /// {expected}"));
        }
    }
    let wrong = wrong.join("\n");
    assert!(wrong.is_empty(), "write these by cargo xtask generate:\n{wrong}");
}

#[test]
fn no_constant_of_the_vocabulary_is_without_a_code() {
    let words: Vec<String> = vocabulary().into_iter().map(|(name, ..)| name).collect();
    let groups = [
        "ORIGIN",
        "BOUNDARY",
        "IDENTIFIABILITY",
        "PURPOSE",
        "BASIS",
        "CONDITION",
        "TYPE1",
        "NATIONAL",
        "PROGRAMME",
        "REASON",
        "ROUTE",
        "BLOCKED_BY",
        "CLAUSE",
        "RANGE",
    ];
    for name in defines().keys().filter(|name| **name != "OPTOUT_ROUTE_NONE") {
        if groups.iter().any(|group| name.starts_with(&format!("OPTOUT_{group}_"))) {
            assert!(words.iter().any(|word| word == name), "{name}");
        }
    }
}

#[test]
fn the_cpp_header_has_every_constant_too() {
    for (name, ..) in vocabulary() {
        if name != "OPTOUT_DENY" {
            assert!(CPP_HEADER.contains(&name), "{name}");
        }
    }
}

#[test]
fn the_versions_are_one() {
    let abi = format!("\"{}.0.0\"", optout_capi::OPTOUT_ABI_VERSION);
    let manifest = include_str!("../Cargo.toml");
    let library = manifest.split("[package.metadata.capi.library]").nth(1).expect("a section");
    assert!(library.contains(&format!("version = {abi}")), "the version of the binary interface");
    let version = env!("CARGO_PKG_VERSION");
    let cmake = include_str!("../cmake/optout-config-version.cmake");
    assert!(cmake.contains(&format!("PACKAGE_VERSION \"{version}\"")), "the CMake package");
}
