//! Where things lie: the repository, what is built, and the tools.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::Fallible;

/// The folders that steps work in.
#[derive(Debug)]
pub struct Place {
    pub root: PathBuf,
    pub target: PathBuf,
    pub tools: PathBuf,
    path: OsString,
}

impl Place {
    pub fn find() -> Fallible<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.parent().ok_or("xtask lies in no folder")?.to_owned();
        let target = env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |given| root.join(given));
        let tools = target.join("tools");
        fs::create_dir_all(&tools)?;
        let paths = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths(
            [tools.join("bin"), tools.join("python/bin")]
                .into_iter()
                .chain(env::split_paths(&paths)),
        )?;
        Ok(Self { root, target, tools, path })
    }

    /// A folder for what a group of steps makes.
    pub fn work(&self, name: &str) -> Fallible<PathBuf> {
        let folder = self.target.join(name);
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// A program that runs in the root of the repository, as a person would start it: without what
    /// cargo tells this program, and with the flags of no one, so that all steps share what is built.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).env("PATH", &self.path).env("CARGO_TERM_COLOR", "never");
        for (name, _) in env::vars_os() {
            let told = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
            if name.to_str().is_some_and(|name| told.iter().any(|prefix| name.starts_with(prefix)))
            {
                command.env_remove(name);
            }
        }
        for name in ["CARGO", "LD_LIBRARY_PATH", "RUSTFLAGS", "RUSTDOCFLAGS"] {
            command.env_remove(name);
        }
        command
    }

    /// What a program prints, without its last line end; nothing where it fails or is not there.
    pub fn printed(&self, program: &str, arguments: &[&str]) -> Option<String> {
        let output = self.command(program).args(arguments).output().ok()?;
        output
            .status
            .success()
            .then(|| String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
    }

    /// Whether a program is on the path.
    pub fn has(&self, program: &str) -> bool {
        env::split_paths(&self.path).any(|folder| folder.join(program).is_file())
    }

    /// The value of a key in the manifest of the workspace: the version, and the oldest compiler.
    pub fn said(&self, key: &str) -> Fallible<String> {
        let manifest = fs::read_to_string(self.root.join("Cargo.toml"))?;
        let section = manifest.split("[workspace.package]").nth(1).unwrap_or_default();
        let start = format!("{key} = \"");
        let line = section
            .lines()
            .find_map(|line| line.strip_prefix(&start))
            .ok_or(format!("no {key} in Cargo.toml"))?;
        Ok(line.trim_end_matches('"').to_owned())
    }
}
