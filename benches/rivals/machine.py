"""What the figures were measured on, and with which versions: nothing that names the machine."""

import os
import platform
import re
import shutil
import subprocess
from importlib.metadata import version


def said(*argv):
    """What a program says, or nothing where it is not installed."""
    if not shutil.which(argv[0]):
        return ""
    return subprocess.run(argv, capture_output=True, text=True).stdout.strip()


def number(program):
    """A program's own version."""
    found = re.search(r"\d+(\.\d+)+", said(program, "--version"))
    return found and found[0]


def field(file, name):
    try:
        with open(file) as lines:
            found = re.search(rf'^{name}\s*[:=]\s*"?(.*?)"?$', lines.read(), re.MULTILINE)
    except OSError:
        return None
    return found and found[1]


def machine(out):
    memory = field("/proc/meminfo", "MemTotal")
    return {
        "cpu": field("/proc/cpuinfo", "model name") or platform.machine(),
        "cores": os.cpu_count(),
        "memory_gib": memory and round(int(memory.split()[0]) / (1 << 20)),
        "system": field("/etc/os-release", "PRETTY_NAME") or platform.system(),
        "kernel": f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}",
        "outputs_on": said("df", "--output=fstype", str(out)).rsplit("\n")[-1],
    }


def versions(binary):
    found = {"optout": number(str(binary / "optout"))}
    found |= {name: version(name) for name in ("duckdb", "pandas", "polars", "pyarrow")}
    found |= {name: number(name) for name in ("gawk", "gzip", "zstd", "rustc")}
    found["python"] = platform.python_version()
    return found
