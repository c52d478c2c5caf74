"""The base model as the peers read it, and how each is measured: the same for all of them."""

import json
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np


class NoOptimum(Exception):
    """The peer ended without a proven optimum; the text says why."""


@dataclass
class Rows:
    """Caps of one kind: the row of each arc (-1 for none), and how much each row lets through."""

    of_arc: np.ndarray
    most: np.ndarray


class Model:
    """Arcs with costs, and the caps around them. Less cost is better; nobody has to be placed."""

    def __init__(self, folder: str):
        path = Path(folder)
        self.person = np.fromfile(path / "person.u32", dtype="<u4")
        self.need = np.fromfile(path / "need.u32", dtype="<u4")
        self.cost = np.fromfile(path / "cost.i32", dtype="<i4")
        caps = json.loads((path / "caps.json").read_text())
        array = lambda name: _array(caps[name])
        self.department_of_person = array("department_of_person")
        self.group_of_person = array("group_of_person")
        self.department_of_group = array("department_of_group")
        self.quota_of_group = array("quota_of_group")
        self.cap_of_department = array("cap_of_department")
        self.unit_of_need = array("unit_of_need")
        self.headcount_of_need = array("headcount_of_need")
        self.cap_of_unit = array("cap_of_unit")
        self.people = len(self.department_of_person)
        self.needs = len(self.unit_of_need)

    def rows(self) -> list[Rows]:
        """Every cap as rows over arcs, for peers that take linear rows."""
        once = np.ones(self.people, dtype=np.int64)
        return [
            Rows(self.person.astype(np.int64), once),
            Rows(self.need.astype(np.int64), self.headcount_of_need),
            Rows(*_capped(self.unit_of_need[self.need], self.cap_of_unit)),
            Rows(*_capped(self.department_of_person[self.person], self.cap_of_department)),
            Rows(self.group_of_person[self.person], self.quota_of_group),
        ]


def _array(values: list) -> np.ndarray:
    """Numbers, with -1 for null."""
    return np.array([-1 if value is None else value for value in values], dtype=np.int64)


def _capped(row: np.ndarray, cap: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Leaves out the rows that have no cap."""
    number = np.where(cap >= 0, np.cumsum(cap >= 0) - 1, -1)
    return number[row], cap[cap >= 0]


def members(rows: Rows) -> list[np.ndarray]:
    """The arcs of each row."""
    order = np.argsort(rows.of_arc, kind="stable")
    ends = np.searchsorted(rows.of_arc[order], np.arange(-1, len(rows.most)), side="right")
    return [order[ends[row] : ends[row + 1]] for row in range(len(rows.most))]


def main(build, solve) -> None:
    """Runs a peer: `build(model)` makes what `solve(thing, seconds)` turns into a cost."""
    folder, limit = sys.argv[1], float(sys.argv[2])
    model = Model(folder)
    _forget_peak()
    start = time.perf_counter()
    try:
        thing = build(model)
        built = time.perf_counter()
        cost = solve(thing, limit - (built - start))
    except NoOptimum as reason:
        print(json.dumps({"reason": str(reason)}))
        return
    end = time.perf_counter()
    print(
        json.dumps(
            {
                "cost": round(cost),
                "solve_seconds": end - built,
                "total_seconds": end - start,
                "peak_mb": _peak_mb(),
            }
        )
    )


def _forget_peak() -> None:
    """Reading the arcs and importing libraries is not counted beyond what stays in memory."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        pass


def _peak_mb() -> float:
    """The peak of this process, or of its child where the peer is one (CBC)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    own = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(own, child) * 1024 / 1e6
