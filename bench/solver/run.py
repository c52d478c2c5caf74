"""Measures the optimiser beside its peers, in one run; prints the table, and writes it and a picture.

`make bench-solver` builds what this needs and starts it; ARGS='--help' lists the arguments.
"""

import argparse
import os
import sys
from pathlib import Path

from runner import engines, page, picture, process, targets
from runner.engines import PEERS, ROOT, Case

ROUNDS = ["S", "M", "ML", "L", "LX", "XL"]
PUBLIC = ["L45", "assign100", "assign400", "assign800", "transport5000x200"]
# A peer needs more than fifty bytes for each pair; this many pairs don't fit into any machine at hand.
MOST_DUMPED = 200_000_000


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-solver", description=__doc__)
    words = lambda text: [word for word in text.split(",") if word]
    parser.add_argument("--cases", type=words, default=ROUNDS + PUBLIC, metavar="S,M,…", help="smallest first")
    parser.add_argument("--peers", type=words, default=[peer.name for peer in PEERS], metavar="NAME,…")
    parser.add_argument("--repeats", type=int, default=5, help="the median counts; long solves are repeated less")
    parser.add_argument("--limit", type=float, default=60, help="seconds for each peer, with building its model")
    parser.add_argument("--core-limit", type=float, default=600, help="seconds for all repetitions of the core")
    parser.add_argument("--memory", type=float, default=16, help="GiB for each process")
    parser.add_argument("--seeds", type=int, default=5, help="rounds for each figure of the general model")
    parser.add_argument("--general", type=words, default=["S", "province", "M", "L"], metavar="S,…",
                        help="rounds to solve as a whole; '' for none")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "bench")
    parser.add_argument("--work", type=Path, default=ROOT / "target" / "bench-solver")
    return parser.parse_args()


def measure(name: str, given: argparse.Namespace, failed: set[str]) -> Case:
    """One case through the core and all peers that have not failed on a smaller one of its family."""
    path, folder = engines.problem(name, 1, given.work), given.work / f"{name}.arcs"
    pairs = int(process.text([engines.BINARIES / "dump", path]))
    case = Case(name, pairs, engines.core(path, given.repeats, given.core_limit, given.memory))
    tell(name, "core", case.results["core"])
    if pairs > MOST_DUMPED:
        return case
    process.text([engines.BINARIES / "dump", path, folder])
    for peer in PEERS:
        if peer.name not in given.peers or peer.name in failed:
            continue
        told = engines.peer(peer, folder, given.repeats, given.limit, given.memory)
        tell(name, peer.name, told)
        if told.get("reason") == "has caps":
            continue
        case.results[peer.name] = told
        if "reason" in told:
            failed.add(peer.name)
    for file in folder.iterdir():
        file.unlink()
    return case


def family(name: str) -> str:
    """Cases of one kind, of which a peer that fails on one is spared the larger ones."""
    return "round" if name in ROUNDS else name.rstrip("x0123456789")


def disagreements(case: Case) -> list[str]:
    """What is wrong when optima differ: everything on the page would be."""
    costs = {name: round(told["cost"]) for name, told in case.results.items() if "cost" in told}
    return [f"{case.name}: the optima differ: {costs}"] if len(set(costs.values())) > 1 else []


def whole(given: argparse.Namespace, name: str, terms: bool, binary: str, limit: float) -> list[dict]:
    """A round of each seed through the whole solver, if it was asked for."""
    if name not in given.general:
        return []
    results = engines.general(name, given.seeds, limit, given.memory, given.work, terms, binary)
    return [tell(name, f"{binary}{' with terms' if terms else ''}", told) for told in results]


def general(given: argparse.Namespace) -> list[targets.Target]:
    """The figures of the whole solver: all tiers, all terms that break the network, and explanations."""

    def tiers(name: str) -> list[dict]:
        return whole(given, name, False, "general", given.limit)

    def terms(name: str, limit: float = given.limit) -> list[dict]:
        return whole(given, name, True, "single", limit)

    def beside(binary: str, name: str) -> dict:
        if name not in given.general:
            return {}
        return tell(name, binary, engines.beside(binary, name, given.core_limit, given.memory, given.work))

    explained, replanned = beside("explain", "M"), beside("replan", "L")
    return [
        targets.proven("all tiers with leximin at S", 1, tiers("S")),
        targets.proven("all tiers with leximin, 900 people × 420 needs", 1, tiers("province")),
        targets.proven("every breaking term under one cost at S, proven", 2, terms("S")),
        targets.proven("every breaking term under one cost at M, proven", 10, terms("M")),
        targets.gap("every breaking term under one cost at L, gap after 60 s, worst", 1e-5, terms("L", 60)),
        targets.part("a certificate at M, median, of one solve", 1, explained, "certificate_seconds", "solve_seconds"),
        targets.part("a why-not at M, median, of one solve", 1, explained, "chain_seconds", "solve_seconds"),
        targets.part("repair of the base model after a withdrawal at L, of a cold solve", 1 / 10, replanned, "seconds", "cold_seconds"),
    ]


def tell(case: str, engine: str, told: dict) -> dict:
    kept = {key: value for key, value in told.items() if key != "tiers" and not isinstance(value, list)}
    print(f"{case:>18} {engine:<14} {kept}", file=sys.stderr, flush=True)
    return told


def main() -> int:
    given = arguments()
    given.work.mkdir(parents=True, exist_ok=True)
    words = " ".join(sys.argv[1:])
    facts = {
        "command": "make bench-solver" + (f" ARGS='{words}'" if words else ""),
        "load": f"{os.getloadavg()[0]:.1f}",
        "limit": given.limit,
        "memory": given.memory,
    }
    failed: dict[str, set[str]] = {}
    cases = [measure(name, given, failed.setdefault(family(name), set())) for name in given.cases]
    wrong = [line for case in cases for line in disagreements(case)]
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return 1
    figures = targets.base({case.name: case for case in cases}) + general(given)
    tiers = {name: whole(given, name, True, "general", given.limit) for name in ("S", "M", "L")}
    page.write(given.out / "solver.md", cases, figures, tiers, facts)
    if rounds := [case for case in cases if case.name in ROUNDS]:
        picture.draw(given.out / "solver.svg", rounds)
    print(page.for_terminal(cases, figures))
    print(f"\nwritten to {given.out}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
