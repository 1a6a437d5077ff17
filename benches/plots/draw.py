"""Draws the recorded results: the cost of a row by size, whole commands, and the policy engines."""

import argparse
import io
import json
import re
import statistics
from pathlib import Path
from xml.sax.saxutils import escape

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.ticker import FuncFormatter, NullFormatter, NullLocator  # noqa: E402

# The colours of Okabe and Ito, which the colour-blind tell apart; markers and words say the same.
BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY, GREY = (
    "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#767676"
)
COLOURS = {
    "optout": BLUE, "cat": GREY, "cat, sync": "#B0B0B0", "gawk": PURPLE, "duckdb": ORANGE,
    "polars": GREEN, "pandas": VERMILION, "serde_json, match": SKY,
}
NAMES = {"duckdb": "DuckDB", "polars": "Polars", "optout": "optout", "cat": "cat in > out", "cat, sync": "cat and sync"}
CASES = {
    "wide": "20 columns", "narrow": "1 column", "quoted": "quoted fields", "tables": "two tables", "gz": ".gz",
    "zst": ".zst", "parquet": "Parquet", "request": "check request", "decide": "decide",
}

# It comes with matplotlib, which measures by it; whoever lacks it sees another.
FONT = "DejaVu Sans"

matplotlib.rcParams.update({
    # Text stays text, and names within the file do not change from run to run.
    "svg.fonttype": "none",
    "svg.hashsalt": "optout",
    "font.family": FONT,
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": "#E0E0E0",
    "grid.linewidth": 0.8,
    # Seen in the dark as in the light.
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
})


def save(figure, file, title, description):
    """A picture that can be read aloud, the same bytes for the same results."""
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    plt.close(figure)
    head, rest = drawn.getvalue().split("<svg ", 1)
    attributes, body = rest.split(">", 1)
    words = f'\n <title id="title">{escape(title)}</title>\n <desc id="desc">{escape(description)}</desc>'
    # Two decimals of a point are enough for coordinates; what is written stays as it is.
    short = lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
    body = re.sub(r'"[^"]*"', lambda value: re.sub(r"\d+\.\d{3,}", short, value[0]), body)
    text = f'{head}<svg role="img" aria-labelledby="title desc" {attributes}>{words}{body}'
    text = text.replace(f"'{FONT}'", f"'{FONT}', Verdana, sans-serif")
    file.write_text("\n".join(line.rstrip() for line in text.splitlines()) + "\n")
    print(f"{file}, {file.stat().st_size} bytes")


def amount(value, _=None):
    """A number as people write it on an axis."""
    for size, word in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if value >= size:
            return f"{value / size:.3g}{word}"
    return f"{value:g}"


def time(ns, _=None):
    for size, word in ((1e9, "s"), (1e6, "ms"), (1e3, "µs")):
        if ns >= size:
            return f"{ns / size:.3g} {word}"
    return f"{ns:.2g} ns" if ns < 10 else f"{ns:.3g} ns"


def plain_log(axis, form):
    axis.set_major_formatter(FuncFormatter(form))
    axis.set_minor_formatter(NullFormatter())


def machine(of):
    parts = [of["cpu"], f"{of['cores']} cores", of.get("system")]
    return ", ".join(part for part in parts if part)


def sizes(report, file):
    """Nanoseconds for each row, without the cost to begin, against the number of rows."""
    figure, axes = plt.subplots(figsize=(7, 4))
    said = []
    widths = {"wide": ("20 columns", BLUE, "o"), "narrow": ("1 column", VERMILION, "s")}
    for name, (words, colour, marker) in widths.items():
        results = report["sizes"].get(name, [])
        for program, line in (("optout", "-"), ("cat", "--")):
            median = lambda one: statistics.median(one["seconds"][program])
            points = [
                (one["rows"], (median(one) - median(results[0])) / (one["rows"] - results[0]["rows"]) * 1e9)
                for one in results[1:]
            ]
            if not points:
                continue
            label = f"{'optout filter' if program == 'optout' else 'cat in > out'}, {words}"
            axes.plot(*zip(*points), line, marker=marker, color=colour, label=label, markersize=5,
                      markerfacecolor=colour if program == "optout" else "white")
            if program == "optout":
                said.append(f"{words}: " + ", ".join(f"{cost:.1f} ns at {amount(rows)} rows" for rows, cost in points))
    axes.set_xscale("log")
    axes.set_ylim(bottom=min(0, axes.get_ylim()[0]))
    plain_log(axes.xaxis, amount)
    axes.set_xlabel("rows")
    axes.set_ylabel("ns a row, without the cost to begin")
    axes.legend(frameon=False, fontsize=9, loc="lower center", bbox_to_anchor=(0.5, -0.36), ncols=2)
    begin = [f"{statistics.median(results[0]['seconds']['optout']) * 1e3:.0f} ms" for results in report["sizes"].values()]
    title = "What a row costs, by the number of rows"
    axes.set_title(title, loc="left", fontsize=11)
    save(figure, file, title,
         "; ".join(said) + f". To begin costs {' and '.join(begin)}. {machine(report['machine'])}.")


def commands(report, file):
    """Seconds of every contestant of every case, as bars on a log scale."""
    bars, said = [], []
    for case, result in report["cases"].items():
        for name, one in result["contestants"].items():
            bars.append((case, name, one["seconds"]))
        said.append(f"{CASES[case]}: " + ", ".join(
            f"{NAMES.get(name, name)} {statistics.median(one['seconds']):.3g} s"
            for name, one in result["contestants"].items()))
    cases = list(report["cases"])
    rows = (len(cases) + 2) // 3
    figure, grid = plt.subplots(rows, min(3, len(cases)), figsize=(10, 2.5 * rows), sharex=True, squeeze=False)
    shortest = min(statistics.median(seconds) for _, _, seconds in bars)
    for axes, case in zip(grid.flat, cases):
        mine = [(name, seconds) for which, name, seconds in bars if which == case][::-1]
        middles = [statistics.median(seconds) for _, seconds in mine]
        axes.barh(range(len(mine)), middles, color=[COLOURS.get(name, GREY) for name, _ in mine], height=0.7)
        for place, (middle, (_, seconds)) in enumerate(zip(middles, mine)):
            axes.plot([min(seconds), max(seconds)], [place, place], color="black", linewidth=1)
            axes.text(max(seconds) * 1.12, place, f"{middle:.2g} s" if middle < 100 else f"{middle:.0f} s", va="center", fontsize=8)
        axes.set_yticks(range(len(mine)), [NAMES.get(name, name) for name, _ in mine], fontsize=8)
        axes.set_xscale("log")
        axes.set_xlim(left=shortest / 2, right=max(max(s) for _, _, s in bars) * 4)
        axes.grid(axis="y", visible=False)
        axes.xaxis.set_minor_locator(NullLocator())
        plain_log(axes.xaxis, lambda value, _: f"{value:g} s")
        axes.tick_params(labelbottom=True, labelsize=8)
        result = report["cases"][case]
        axes.set_title(f"{CASES[case]}: {amount(result['rows'])} rows, {amount(result['bytes'])}B", loc="left", fontsize=9)
    for axes in grid.flat[len(cases):]:
        axes.remove()
    figure.tight_layout()
    save(figure, file, "Whole commands, in seconds", "; ".join(said) + f". {machine(report['machine'])}.")


def peers(report, file):
    """Nanoseconds for a decision, each engine, on a log scale."""
    costs = sorted(report["costs"], key=lambda cost: -cost["median_ns"])
    figure, axes = plt.subplots(figsize=(8, 0.36 * len(costs) + 1))
    colour = lambda engine: BLUE if engine.startswith("optout") else GREEN if engine.startswith("match") else ORANGE
    axes.barh(range(len(costs)), [cost["median_ns"] for cost in costs],
              color=[colour(cost["engine"]) for cost in costs], height=0.7)
    for place, cost in enumerate(costs):
        axes.plot([cost["lowest_ns"], cost["highest_ns"]], [place, place], color="black", linewidth=1)
        axes.text(cost["highest_ns"] * 1.2, place, time(cost["median_ns"]), va="center", fontsize=9)
    label = lambda cost: f"{cost['engine'].replace('`', '')}: {cost['answer']}, {cost['question']}"
    axes.set_yticks(range(len(costs)), [label(cost) for cost in costs], fontsize=9)
    axes.set_xscale("log")
    axes.set_xlim(right=max(cost["highest_ns"] for cost in costs) * 12)
    axes.xaxis.set_minor_locator(NullLocator())
    plain_log(axes.xaxis, time)
    axes.grid(axis="y", visible=False)
    title = "One decision: the engine, what it answers, how it is asked"
    axes.set_title(title, loc="left", fontsize=11)
    versions = ", ".join(f"{name} {version}" for name, version in report["versions"].items())
    save(figure, file, title,
         "; ".join(f"{label(cost)}: {time(cost['median_ns'])}" for cost in reversed(costs))
         + f". {versions}. {machine(report['machine'])}.")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--results", type=Path, default=Path("benches/results"))
    parser.add_argument("--plots", type=Path, default=Path("docs/plots"))
    args = parser.parse_args()
    args.plots.mkdir(parents=True, exist_ok=True)
    for file in sorted(args.results.glob("rivals*.json")):
        report = json.loads(file.read_text())
        # `rivals-memory.json` becomes `sizes-memory.svg`.
        suffix = file.stem.removeprefix("rivals")
        if "sizes" in report:
            sizes(report, args.plots / f"sizes{suffix}.svg")
        if report["cases"]:
            commands(report, args.plots / f"commands{suffix}.svg")
    for file in args.results.glob("peers.json"):
        peers(json.loads(file.read_text()), args.plots / "peers.svg")


if __name__ == "__main__":
    main()
