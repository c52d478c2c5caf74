"""Who takes part, and what is run on a case."""

import statistics
import sys
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from runner import process

HERE = Path(__file__).parent.parent
ROOT = HERE.parent.parent
BINARIES = ROOT / "target" / "release"
# Beyond this many seconds, a second look costs more than it tells.
REPEAT_BELOW = 5.0


@dataclass
class Engine:
    """A peer: what it is called, and the command that reads a folder of arcs."""

    name: str
    label: str
    command: list = field(default_factory=list)


def _python(name: str, label: str, package: str) -> Engine:
    script = HERE / "peers" / f"{name}.py"
    return Engine(name, f"{label} {version(package)}", [sys.executable, script])


PEERS = [
    _python("min_cost_flow", "OR-Tools SimpleMinCostFlow", "ortools"),
    _python("cp_sat", "OR-Tools CP-SAT", "ortools"),
    Engine("good_lp", "good_lp + HiGHS, LP", [BINARIES / "good_lp"]),
    _python("highspy_lp", "highspy, LP", "highspy"),
    _python("scipy_sparse", "SciPy, sparse matching", "scipy"),
    _python("scipy_dense", "SciPy, dense assignment", "scipy"),
    _python("pulp_cbc", "PuLP + CBC", "pulp"),
]


@dataclass
class Case:
    """One problem, and what each engine made of it."""

    name: str
    pairs: int
    results: dict = field(default_factory=dict)

    def seconds(self, name: str) -> float | None:
        """Solving alone."""
        return self.results.get(name, {}).get("solve_seconds")

    def peak_mb(self, name: str) -> float | None:
        return self.results.get(name, {}).get("peak_mb")


def problem(name: str, seed: int, work: Path, terms: bool = False) -> Path:
    """Generates a problem file."""
    path = work / f"{name}{'-terms' if terms else ''}-{seed}.json"
    command = [BINARIES / "generate", name, seed] + (["--terms"] if terms else [])
    path.write_text(process.text(command))
    return path


def core(path: Path, repeats: int, limit: float, memory: float) -> dict:
    """The core and one pass over all pairs, each the median of the repetitions."""
    told = process.run([BINARIES / "core", path, repeats], limit, memory)
    if "reason" in told:
        return {"core": told, "pass": told}
    seconds = statistics.median(told["seconds"])
    once = {"solve_seconds": statistics.median(told["pass_seconds"])}
    return {"core": {**told, "solve_seconds": seconds, "total_seconds": seconds}, "pass": once}


def peer(engine: Engine, folder: Path, repeats: int, limit: float, memory: float) -> dict:
    """A peer's median, or why it has none."""
    tries = []
    while len(tries) < repeats:
        told = process.run([*engine.command, folder, limit], limit, memory)
        if "reason" in told:
            return told
        tries.append(told)
        if told["total_seconds"] > REPEAT_BELOW:
            break
    tries.sort(key=lambda told: told["solve_seconds"])
    return tries[len(tries) // 2]


def beside(binary: str, name: str, limit: float, memory: float, work: Path) -> dict:
    """What a program of the bench says of a round without terms."""
    return process.run([BINARIES / binary, problem(name, 1, work)], limit, memory)


def general(
    name: str, seeds: int, limit: float, memory: float, work: Path, terms: bool, binary: str
) -> list[dict]:
    """All tiers through the solver's own front door, or one cost by `single`, once for each seed."""
    results = []
    for seed in range(1, seeds + 1):
        path = problem(name, seed, work, terms)
        results.append(process.run([BINARIES / binary, path, round(limit * 1000)], limit, memory))
    return results
