//! What the figures were measured on, and with which versions.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

const LOCK: &str = include_str!("../Cargo.lock");

/// The version that is locked.
fn version(name: &str) -> &'static str {
    let entry = format!("name = \"{name}\"\nversion = \"");
    let after = LOCK.split_once(&entry).map_or("", |(_, after)| after);
    after.split('"').next().unwrap_or_default()
}

pub fn versions() -> Value {
    json!({
        "optout": version("optout"),
        "regorus": version("regorus"),
        "casbin": version("casbin"),
        "cedar-policy": version("cedar-policy"),
    })
}

pub fn machine() -> Value {
    let read = |file: &str| fs::read_to_string(file).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let cpu = cpu.lines().find_map(|line| line.strip_prefix("model name"));
    let cpu = cpu.map_or("unknown", |name| name.trim_start_matches(['\t', ' ', ':']));
    let rustc = Command::new("rustc").arg("--version").output();
    let rustc = rustc.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    json!({ "cpu": cpu, "cores": cores, "rustc": rustc.unwrap_or_default() })
}

pub fn description() -> String {
    let machine = machine();
    let mut text = format!(
        "{} ({} cores), {}",
        machine["cpu"].as_str().unwrap_or_default(),
        machine["cores"],
        machine["rustc"].as_str().unwrap_or_default()
    );
    for name in ["optout", "regorus", "casbin", "cedar-policy"] {
        text += &format!("; {name} {}", version(name));
    }
    text
}
