//! The steps of the C library. Longer checks: `fuzz/run`, `cargo xtask bench c`.

use crate::step::{Group, Need, Run, Step};

const fn step(
    name: &'static str,
    shows: &'static str,
    needs: &'static [Need],
    after: &'static [&'static str],
) -> Step {
    Step { name, group: Group::C, shows, needs, after, run: Run::Script }
}

const COMPILERS: &[Need] =
    &[Need::Debian(&["gcc", "g++", "clang", "clang-19", "lld", "libcmocka-dev"])];

const SANITIZERS: &[Need] =
    &[Need::Debian(&["clang-19", "libclang-rt-19-dev", "lld", "libcmocka-dev"])];

pub const STEPS: &[Step] = &[
    step(
        "header",
        "the committed header is what the pinned cbindgen writes",
        &[Need::Cargo("cbindgen", "0.29.4", "cbindgen")],
        &[],
    ),
    step(
        "dialects",
        "the headers compile in every dialect, whole and decisions only",
        &[Need::Debian(&["gcc", "g++", "clang", "clang-19", "tcc"])],
        &[],
    ),
    step("manual", "the header reads as a manual", &[Need::Debian(&["doxygen"])], &[]),
    step(
        "install",
        "the plain script installs it, and the tree can be moved",
        &[Need::Debian(&["gcc"])],
        &[],
    ),
    step("suites_shared", "the suites, with the shared library", COMPILERS, &["install"]),
    step(
        "sweep",
        "memory that ends at any page is a status, never a signal",
        COMPILERS,
        &["install"],
    ),
    step(
        "stack",
        "each function runs on as much stack as the header says",
        COMPILERS,
        &["install"],
    ),
    step(
        "cpp",
        "the C++ header over a register, and the example that it begins with",
        &[Need::Debian(&["g++", "valgrind"])],
        &["install"],
    ),
    step("suites_static", "the suites, with the static library", COMPILERS, &["install"]),
    step(
        "valgrind",
        "the suites touch no memory that is not theirs, and leak none",
        &[Need::Debian(&["valgrind"])],
        &["suites_shared"],
    ),
    step(
        "examples",
        "the examples and the manual's programs, by pkg-config and by CMake",
        &[Need::Debian(&["gcc", "g++", "cmake", "pkg-config"])],
        &["install"],
    ),
    step(
        "exports",
        "what is exported is what the header declares",
        &[Need::Debian(&["gcc"])],
        &["install"],
    ),
    step(
        "contract",
        "programs of version 1 compile and run with today's library",
        COMPILERS,
        &["install"],
    ),
    step(
        "abi",
        "types and layout are those of version 1",
        &[Need::Debian(&["abigail-tools", "python3"])],
        &[],
    ),
    step(
        "decisions",
        "the decisions alone need no system, and no panic is reachable in them",
        COMPILERS,
        &["install"],
    ),
    step("panic", "a panic is caught, is a status, and prints nothing", COMPILERS, &["install"]),
    step(
        "asan",
        "addresses, leaks and undefined behaviour of suites and library",
        SANITIZERS,
        &["install"],
    ),
    step("tsan", "no data race in suites and library", SANITIZERS, &["install"]),
    step("sizes", "what is installed is small", &[Need::Debian(&["gcc"])], &["install"]),
    step(
        "old_systems",
        "linked by zig, it runs on systems as old as RHEL 7",
        &[COMPILER_OF_OLD, Need::Debian(&["gcc", "libcmocka-dev"])],
        &[],
    ),
    step(
        "readme",
        "the commands of both READMEs, from a clone to a running program",
        &[Need::Debian(&["gcc", "pkg-config"])],
        &[],
    ),
    step(
        "cargo_c",
        "what cargo-c installs is the same, and passes the same",
        &[
            Need::Cargo("cargo-c", "0.10.24+cargo-0.98.0", "cargo-cinstall"),
            Need::Debian(&["gcc", "g++", "cmake", "pkg-config", "libcmocka-dev"]),
        ],
        &["install"],
    ),
];

const COMPILER_OF_OLD: Need = Need::Python("zig", "ziglang", "0.17.1");
