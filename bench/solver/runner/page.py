"""The page with the table, in Markdown, and the same for a terminal."""

import os
from datetime import date
from pathlib import Path

from runner.engines import PEERS, Case
from runner.targets import Target

INTRO = """\
Everything here comes from one run of one command; nothing was typed in. The generator and the peers are told in
[bench/solver/README.md](../../bench/solver/README.md).

- machine: {machine}
- date: {date}, load {load} at the start
- command: `{command}`
- limits for each peer: {limit:g} s with building, {memory:g} GiB

## The base model

One network, one whole-number cost for each eligible pair. A cell has **seconds to solve** (with building the model) · peak
memory of the process from the loaded instance on · solve time as a multiple of the core's. The core's seconds hold its
building. The optima are identical{compared}. A dash: not run, because the peer had failed on a smaller case or doesn't
take this one.

"""


TIERS = """\
The peers can't be given tiers. With all ten, one after the other, and every breaking term on, the solver takes longer
than under the one cost of the figures above. Where not every tier is proven within the limit, the first that is open is
told, with its gap then. Where the tiers don't fit into the memory that `cadre solve` takes without being told otherwise,
one cost stands for them: the one above, with something for any seat and for each line of the plan before that is kept.
It has the same time, less what the core is tried for.

"""


ROWS = [("core", "cadre's core"), *((peer.name, peer.label) for peer in PEERS), ("pass", "one pass over all pairs")]


def write(
    path: Path, cases: list[Case], targets: list[Target], tiers: dict[str, list[dict]], facts: dict
) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    checked = sum("cost" in told for case in cases for told in case.results.values())
    head = INTRO.format(**facts, date=date.today(), machine=_machine(), compared=f" ({checked} of them compared)")
    path.write_text(
        f"# The optimiser beside its peers\n\n{head}{_table(cases)}\n\n![time over eligible pairs]({path.stem}.svg)\n\n"
        f"## Figures\n\n{_figures(targets)}\n\n## All tiers and every breaking term\n\n{TIERS}{_tiers(tiers)}\n"
    )


def _machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(": ")[1] for line in lines if line.startswith("model name")), "unknown processor")
    kib = int(Path("/proc/meminfo").read_text().split()[1])
    return f"{os.cpu_count()} cores, {model}, {kib * 1024 / 1e9:.0f} GB of memory"


def _table(cases: list[Case]) -> str:
    head = ["", *(f"{case.name}<br>{case.pairs:,} pairs" for case in cases)]
    lines = [head, ["---"] * len(head)]
    for name, label in ROWS:
        label = f"**{label}**" if name == "core" else label
        lines.append([label, *(_cell(*_parts(case, name)) for case in cases)])
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(solve: str, total: str, *rest: str) -> str:
    bold = f"**{solve}**" if any(rest) else solve
    first = f"{bold} ({total})" if total else bold
    return "<br>".join(part for part in (first, *rest) if part)


def _parts(case: Case, name: str) -> tuple[str, str, str, str]:
    """Seconds to solve, with building, memory, and the multiple of the core's; or why there are none."""
    told = case.results.get(name)
    if told is None or "reason" in told:
        return (told["reason"] if told else "–", "", "", "")
    core = case.seconds("core")
    return (
        _seconds(told["solve_seconds"]),
        "" if name in ("core", "pass") else _seconds(told["total_seconds"]),
        f"{told['peak_mb']:,.0f} MB" if "peak_mb" in told else "",
        f"{_digits(told['solve_seconds'] / core)} ×" if core and name != "core" else "",
    )


def for_terminal(cases: list[Case], targets: list[Target]) -> str:
    """Case by case in columns, then the figures."""
    blocks = []
    for case in cases:
        rows = [[label, *_parts(case, name)] for name, label in ROWS if name in case.results]
        head = [f"{case.name}, {case.pairs:,} pairs", "solve", "with building", "memory", "of the core's"]
        blocks.append(_columns([head, *rows]))
    told = lambda target: "" if target.reached is None else _figure(target.reached, target.unit)
    rows = [[target.what, _figure(target.limit, target.unit), told(target), target.met.strip("*")] for target in targets]
    blocks.append(_columns([["figure", "at most", "reached", "met"], *rows]))
    return "\n\n".join(blocks)


def _columns(rows: list[list[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def _seconds(seconds: float) -> str:
    return f"{_digits(seconds)} s" if seconds >= 0.1 else f"{_digits(seconds * 1000)} ms"


def _digits(number: float) -> str:
    """Three digits that count, none after the point from 100 on."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def _figures(targets: list[Target]) -> str:
    lines = ["| what | at most | reached | met |", "|---|---|---|---|"]
    for target in targets:
        reached = "" if target.reached is None else _figure(target.reached, target.unit)
        lines.append(f"| {target.what} | {_figure(target.limit, target.unit)} | {reached} | {target.met} |")
    return "\n".join(lines)


def _tiers(results: dict[str, list[dict]]) -> str:
    lines = ["| round | seed | seconds | memory | proven |", "|---|---|---|---|---|"]
    for name, rounds in results.items():
        for seed, told in enumerate(rounds, 1):
            if "reason" in told:
                lines.append(f"| {name} | {seed} | | | {told['reason']} |")
                continue
            gap = told.get("gap")
            open_tier = f"`{told['open_tier']}` is open" + (f", gap {_digits(gap)}" if gap else "")
            proven = "all" if told["proven"] else open_tier
            if (gap := told.get("one_cost_gap")) is not None:
                proven = f"one cost stood for the tiers, gap {_digits(gap)}"
            lines.append(f"| {name} | {seed} | {_digits(told['seconds'])} | {told['peak_mb']:,.0f} MB | {proven} |")
    return "\n".join(lines)


def _figure(number: float, unit: str) -> str:
    if number == float("inf"):
        return "none"
    if unit == "×" and number < 1:
        return f"1/{_digits(1 / number)}"
    return f"{_digits(number)} {unit}".rstrip()
