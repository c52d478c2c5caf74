"""What the optimiser has to reach, beside what it reached."""

import statistics
from dataclasses import dataclass

from runner.engines import Case


@dataclass
class Target:
    """A figure to be reached; `reached` is None where it was not measured."""

    what: str
    limit: float
    unit: str
    reached: float | None

    @property
    def met(self) -> str:
        if self.reached is None:
            return "not measured"
        return "yes" if self.reached <= self.limit else "**no**"


def base(cases: dict[str, Case]) -> list[Target]:
    """Ratios within one run on the same instances."""

    def ratio(case: str, other: str, of=Case.seconds) -> float | None:
        if case not in cases:
            return None
        core, peer = of(cases[case], "core"), of(cases[case], other)
        return core / peer if core and peer else None

    xl = cases["XL"].peak_mb("core") if "XL" in cases else None
    return [
        Target("core at L, of SimpleMinCostFlow's solve time", 1 / 20, "×", ratio("L", "min_cost_flow")),
        Target("core at L, of SimpleMinCostFlow's memory", 1 / 40, "×", ratio("L", "min_cost_flow", Case.peak_mb)),
        Target("core at M, of good_lp + HiGHS on the full LP", 1 / 100, "×", ratio("M", "good_lp")),
        Target("core at L, of one pass over all pairs", 15, "×", ratio("L", "pass")),
        Target("core at XL, of one pass over all pairs", 50, "×", ratio("XL", "pass")),
        Target("core at XL, memory", 500, "MB", xl),
    ]


def proven(what: str, limit: float, results: list[dict]) -> Target:
    """The median of the seconds to a proof; a run without a proof took for ever."""
    never = float("inf")
    seconds = [told["seconds"] if told.get("proven") else never for told in results]
    return Target(_over(what, results), limit, "s", statistics.median(seconds) if seconds else None)


def _over(what: str, results: list[dict]) -> str:
    return f"{what}, median of {len(results)} seeds" if len(results) > 1 else what


def gap(what: str, limit: float, results: list[dict]) -> Target:
    """The worst gap; a run without a plan has none that is small enough."""
    worst = max((told.get("gap", float("inf")) for told in results), default=None)
    what = f"{what} of {len(results)} seeds" if len(results) > 1 else what
    return Target(what, limit, "", worst)


def part(what: str, limit: float, told: dict, of: str, whole: str) -> Target:
    """A median of some seconds as a part of others, all measured in one process."""
    if of not in told:
        return Target(what, limit, "×", None)
    return Target(what, limit, "×", statistics.median(told[of]) / told[whole])
