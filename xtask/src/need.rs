//! Gets what a step needs, once, and says what cannot be had.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::place::Place;
use crate::step::Need;

/// The reason why a need cannot be met.
pub type Lacking = String;

/// Meets the needs of a step, in order.
pub fn meet(place: &Place, needs: &[Need]) -> Result<(), Lacking> {
    needs.iter().try_for_each(|need| match *need {
        Need::Debian(packages) => debian(place, packages),
        Need::Cargo(package, version, program) => cargo(place, package, version, program),
        Need::Python(folder, package, version) => python(place, folder, package, version),
    })
}

/// The lists of packages are read once.
static UPDATED: AtomicBool = AtomicBool::new(false);

fn debian(place: &Place, packages: &[&str]) -> Result<(), Lacking> {
    let missing: Vec<&str> = packages
        .iter()
        .copied()
        .filter(|package| !place.has(package) && place.printed("dpkg", &["-s", package]).is_none())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let lacking = |why: &str| Err(format!("{why} the Debian packages {}", missing.join(" ")));
    if !place.has("apt-get") {
        return lacking("there is no apt-get to install");
    }
    if place.printed("id", &["-u"]).as_deref() != Some("0") {
        return lacking("only root can install");
    }
    println!("installing {}", missing.join(" "));
    let lock = "DPkg::Lock::Timeout=300";
    if !UPDATED.swap(true, Ordering::Relaxed)
        && !runs(place, "apt-get", &["-o", lock, "update", "-qq"])
    {
        return lacking("the lists cannot be read for");
    }
    let mut install = vec!["-o", lock, "install", "-y", "-qq", "--no-install-recommends"];
    install.extend(&missing);
    if runs(place, "apt-get", &install) { Ok(()) } else { lacking("apt-get cannot install") }
}

/// A tool that is run a few times only: built fast, and kept.
pub fn cargo(place: &Place, package: &str, version: &str, program: &str) -> Result<(), Lacking> {
    // A subcommand says its version when cargo calls it.
    let said = match program.strip_prefix("cargo-") {
        Some(subcommand) => place.printed("cargo", &[subcommand, "--version"]),
        None => place.printed(program, &["--version"]),
    };
    if said.as_deref().and_then(|said| said.split_whitespace().nth(1)) == Some(version) {
        return Ok(());
    }
    println!("building {package} {version}, once");
    let mut command = place.command("cargo");
    command.args([
        "install",
        "--quiet",
        "--debug",
        package,
        "--version",
        version,
        "--locked",
        "--bin",
        program,
        "--root",
    ]);
    command.arg(&place.tools).env("CARGO_PROFILE_DEV_DEBUG", "0");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        _ => Err(format!("cargo cannot install {package} {version}")),
    }
}

fn python(place: &Place, folder: &str, package: &str, version: &str) -> Result<(), Lacking> {
    let folder = place.tools.join(folder);
    let pip = folder.join("bin/pip").display().to_string();
    if !folder.join("bin/pip").is_file() {
        debian(place, &["python3-venv"]).or_else(|why| {
            place.printed("python3", &["-c", "import ensurepip, venv"]).map(drop).ok_or(why)
        })?;
        if !runs(place, "python3", &["-m", "venv", &folder.display().to_string()]) {
            return Err("python3 makes no folder for packages".to_owned());
        }
    }
    let wanted = format!("{package}=={version}");
    let has =
        place.printed(&pip, &["freeze"]).is_some_and(|all| all.lines().any(|line| line == wanted));
    if has || runs(place, &pip, &["install", "--quiet", "--disable-pip-version-check", &wanted]) {
        Ok(())
    } else {
        Err(format!("pip cannot install {wanted}"))
    }
}

fn runs(place: &Place, program: &str, arguments: &[&str]) -> bool {
    let mut command = place.command(program);
    command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    if program == "apt-get" {
        // Each package says several lines.
        return command.output().is_ok_and(|output| {
            if !output.status.success() {
                eprint!("{}", String::from_utf8_lossy(&output.stderr));
            }
            output.status.success()
        });
    }
    command.status().is_ok_and(|status| status.success())
}
