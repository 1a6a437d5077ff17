"""What a row costs in files of every size: the cost to begin told apart."""

import statistics

import world
from contestants import filtering, shell

# Name: the table, the column that names people, whether it has a header.
TABLES = {"narrow": ("ids.csv", "-", False), "wide": ("hes-apc.csv", "NEWNHSNO", True)}


def measure(args, out, run):
    return {name: measure_table(name, args, out, run) for name in TABLES}


def measure_table(name, args, out, run):
    whole, column, header = TABLES[name]
    heads = world.heads(args.work, whole, header)
    seen = {rows: {"optout": [], "cat": []} for rows in heads}
    request = args.work / "sizes.toml"
    for _ in range(args.rounds):
        # What is over soon is measured more often, and every size in turn.
        for turn in range(50):
            for rows, head in heads.items():
                if turn and turn >= 5_000_000 // rows:
                    continue
                commands = {
                    "optout": filtering(args.bin, request, [head], column, args.work / "register", out),
                    "cat": shell(f"cat {head} > {out / 'copy'}"),
                }
                for program, argv in commands.items():
                    measured, why = run(argv, out)
                    if not measured:
                        raise SystemExit(f"sizes: {program}, {rows} rows of {whole} failed: {why}")
                    seen[rows][program].append(measured)
    results = [result(rows, heads[rows], seen[rows]) for rows in heads]
    table(name, results)
    return results


def result(rows, head, seen):
    of = lambda part: {program: [measured[part] for measured in times] for program, times in seen.items()}
    return {"rows": rows, "bytes": head.stat().st_size, "seconds": of(0), "cpu_seconds": of(2)}


def table(name, results):
    """Whole time; the same without that of one row, for each row; and each row more than the size before."""
    print(f"\nsizes, {name}; ns a row: without the cost to begin, and for each more than the size before")
    print(f"{'rows':>12}{'optout s':>10}{'cpu s':>8}{'cat s':>8}{'M rows/s':>10}{'net':>9}{'marginal':>10}{'net cpu':>9}{'net, cat':>10}")
    start = before = results[0]
    for one in results:
        line = f"{one['rows']:12,}{middle(one, 'optout'):10.4f}{middle(one, 'optout', 'cpu_seconds'):8.3f}{middle(one, 'cat'):8.4f}"
        line += f"{one['rows'] / middle(one, 'optout') / 1e6:10.2f}"
        if one is not start:
            line += f"{each(one, start, 'optout'):9.2f}{each(one, before, 'optout'):10.2f}"
            line += f"{each(one, start, 'optout', 'cpu_seconds'):9.2f}{each(one, start, 'cat'):10.2f}"
        print(line)
        before = one


def middle(one, program, part="seconds"):
    return statistics.median(one[part][program])


def each(one, less, program, part="seconds"):
    """Nanoseconds for each row that one has more."""
    return (middle(one, program, part) - middle(less, program, part)) / (one["rows"] - less["rows"]) * 1e9
