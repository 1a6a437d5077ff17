"""Times whole commands side by side, in interleaved rounds, and prints medians and ratios."""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import time
from pathlib import Path

import agreement
import machine
import sizes
import world
from agreement import apart
from contestants import CASES, contestants


def run(argv, out):
    """Seconds, megabytes at the peak and processor seconds, or why it failed."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    # Nobody waits for what others wrote.
    os.sync()
    began = time.perf_counter()
    process = subprocess.Popen([str(a) for a in argv], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(process.pid, 0)
    wall = round(time.perf_counter() - began, 5)
    if status != 0:
        said = [line for line in errors.splitlines() if line.strip()] or [f"status {status}"]
        return None, next((line for line in reversed(said) if "rror" in line), said[-1])
    return (wall, round(usage.ru_maxrss / 1024, 1), round(usage.ru_utime + usage.ru_stime, 5)), None


def measure(case, args, out):
    """All contestants of a case, and after the first round whether they kept the same."""
    tables, column = CASES[case]
    seen, kept = {}, {}
    for turn in range(args.rounds):
        for name, argv in contestants(case, args.work, args.bin, out):
            if name in args.without:
                continue
            measured, why = run(argv, out)
            if not measured:
                print(f"{case}: {name} failed: {why}")
                continue
            seen.setdefault(name, []).append(measured)
            if turn == 0 and name not in agreement.COPIES:
                kept[name] = apart(agreement.kept, out, header=column != "-" and case != "request")
    if case == "request":
        distinct = apart(agreement.asked, args.work / tables[0])
        differ = {} if distinct == kept["optout"]["rows"] else {"distinct numbers": distinct}
    else:
        differ = agreement.differing(kept)
    for name, rows in differ.items():
        print(f"{case}: DISAGREE: {name}, {rows} rows; optout, {kept['optout']['rows']}")
    sizes_in = {"bytes": sum((args.work / table).stat().st_size for table in tables)}
    sizes_in["rows"] = sum(apart(agreement.rows_in, args.work / table, column != "-") for table in tables)
    contest = {}
    for name, rounds in seen.items():
        walls, peaks, cpu = zip(*rounds)
        contest[name] = {"seconds": walls, "cpu_seconds": cpu, "peak_mb": max(peaks)}
        contest[name] |= {"kept_rows": kept[name]["rows"], "kept_bytes": kept[name]["bytes"]} if name in kept else {}
    return {"tables": tables} | sizes_in | {"disagree": differ, "contestants": contest}


def table(case, result):
    contest = {name: statistics.median(one["seconds"]) for name, one in result["contestants"].items()}
    print(f"\n{case}: {', '.join(result['tables'])}, {result['rows']:,} rows, {result['bytes'] / 1e9:.2f} GB")
    print(f"{'':18}{'median s':>9}{'from':>8}{'to':>8}{'cpu s':>8}{'MB':>7}{'M rows/s':>10}{'x cat':>8}{'x optout':>10}")
    for name, wall in contest.items():
        one = result["contestants"][name]
        print(
            f"{name:18}{wall:9.3f}{min(one['seconds']):8.3f}{max(one['seconds']):8.3f}"
            f"{statistics.median(one['cpu_seconds']):8.2f}{one['peak_mb']:7.0f}{result['rows'] / wall / 1e6:10.2f}"
            f"{wall / contest['cat']:8.2f}{wall / contest['optout']:10.2f}"
        )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, help="outputs go to a new folder in here, such as one in memory")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--people", type=int, default=60_000_000)
    parser.add_argument("--without", type=lambda names: names.split(","), default=[], metavar="NAME,...", help="leave out rivals, such as gawk,pandas")
    parser.add_argument("--json", type=Path, help="also write the results here")
    parser.add_argument("cases", nargs="*", metavar="CASE", help="all, or of: sizes " + " ".join(CASES))
    args = parser.parse_args()
    if unknown := set(args.cases) - {"sizes", *CASES}:
        parser.error(f"no such case: {', '.join(sorted(unknown))}")
    args.work.mkdir(parents=True, exist_ok=True)
    cases = args.cases or ("sizes", *CASES)
    wanted = {"register", "refused.txt"}
    for case in cases:
        wanted.update(CASES[case][0] if case in CASES else ("hes-apc.csv", "ids.csv"))
    apart(world.generate, args.work, args.bin, args.rows, args.people, wanted)
    out = (args.out or args.work) / "optout-rivals"
    described, versions = machine.machine(out.parent), machine.versions(args.bin)
    for facts in (described, versions):
        print("; ".join(f"{name} {fact}" for name, fact in facts.items()))
    report = {"machine": described, "versions": versions, "rounds": args.rounds, "cases": {}}
    try:
        for case in cases:
            if case == "sizes":
                report["sizes"] = sizes.measure(args, out, run)
            else:
                report["cases"][case] = measure(case, args, out)
                table(case, report["cases"][case])
    finally:
        shutil.rmtree(out, ignore_errors=True)
    if args.json:
        # A list of figures stands on one line.
        figures = re.compile(r"\[[-\d.,\s]*\]")
        text = figures.sub(lambda found: " ".join(found[0].split()), json.dumps(report, indent=1))
        args.json.parent.mkdir(parents=True, exist_ok=True)
        args.json.write_text(text + "\n")


if __name__ == "__main__":
    main()
