"""The picture: seconds to solve over eligible pairs, one line for each engine."""

import math
from pathlib import Path

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot  # noqa: E402

from runner.engines import PEERS, Case  # noqa: E402

# Labels closer than this share of a factor of ten would overlap.
APART = 0.30


def draw(path: Path, cases: list[Case]) -> None:
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "cadre", "font.family": "sans-serif"})
    figure, axes = pyplot.subplots(figsize=(9, 5.5))
    names = [("core", "cadre’s core"), ("pass", "one pass over all pairs"), *((peer.name, peer.label) for peer in PEERS)]
    ends = []
    for at, (name, label) in enumerate(names):
        points = [(case.pairs, case.seconds(name)) for case in cases if case.seconds(name)]
        if not points:
            continue
        strong, dashed = name == "core", name == "pass"
        (line,) = axes.plot(
            *zip(*points),
            color="black" if strong else "grey" if dashed else f"C{at - 2}",
            linewidth=2.5 if strong else 1.2,
            linestyle="--" if dashed else "-",
            marker="o",
            markersize=4,
        )
        ends.append((points[-1], label, line.get_color()))
    axes.set(xscale="log", yscale="log", xlabel="eligible pairs", ylabel="seconds to solve")
    axes.minorticks_off()
    axes.grid(True, which="major", color="#dddddd", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
    _label(axes, ends)
    for case in cases:
        axes.annotate(case.name, (case.pairs, 0), (0, 6), xycoords=("data", "axes fraction"), textcoords="offset points",
                      ha="center", color="#777777", fontsize=9)
    figure.savefig(path, bbox_inches="tight", metadata={"Date": None})


def _label(axes, ends: list) -> None:
    """Names at the right edge, moved apart, each with a thin line to the end of its own."""
    right = max(x for (x, _), _, _ in ends) * 2.5
    height, lowest = {}, -math.inf
    for (x, y), label, _ in sorted(ends, key=lambda end: end[0][1]):
        lowest = max(math.log10(y), lowest + APART)
        height[label] = 10**lowest
    for (x, y), label, colour in ends:
        axes.plot([x, right], [y, height[label]], color=colour, linewidth=0.4, linestyle=":", clip_on=False)
        axes.text(right * 1.05, height[label], label, color=colour, va="center", fontsize=9)
    axes.set_xlim(right=right)
