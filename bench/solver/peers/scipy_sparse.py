"""SciPy, min_weight_full_bipartite_matching: the model as a sparse assignment.

Caps become places to stay. A group of k people of whom q may leave has k − q places at home that must
be taken; a department likewise, less those of its groups; everyone has one more place of their own.
A unit with more seats than it absorbs gets fillers that must sit down there. «Must» is a reward that
outweighs all costs together for places, and the full matching itself for fillers.
"""

import numpy as np
from common import Model, main
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

# Weights have to be positive and each row is matched once, so this may be added to all of them.
SHIFT = 1 << 45


class Grid:
    """Arcs between rows (who) and columns (where)."""

    def __init__(self, rows: int):
        self.height, self.width = rows, 0
        self.parts: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []

    def columns(self, number: int) -> np.ndarray:
        self.width += number
        return np.arange(self.width - number, self.width)

    def rows(self, number: int) -> np.ndarray:
        self.height += number
        return np.arange(self.height - number, self.height)

    def arcs(self, rows, columns, costs) -> None:
        self.parts.append(np.broadcast_arrays(rows, columns, costs))

    def block(self, rows: np.ndarray, columns: np.ndarray, cost: float) -> None:
        self.arcs(np.repeat(rows, len(columns)), np.tile(columns, len(rows)), cost)


def build(model: Model):
    grid, must = Grid(model.people), -(1 << 40)
    first = np.concatenate([[0], np.cumsum(model.headcount_of_need)])
    grid.columns(int(first[-1]))
    copies = model.headcount_of_need[model.need]
    nth = np.arange(int(copies.sum())) - np.repeat(np.cumsum(copies) - copies, copies)
    grid.arcs(np.repeat(model.person, copies), np.repeat(first[model.need], copies) + nth, np.repeat(model.cost, copies))
    grid.arcs(np.arange(model.people), grid.columns(model.people), 0)
    stay_in_groups = np.zeros(len(model.cap_of_department), dtype=np.int64)
    for group, quota in enumerate(model.quota_of_group):
        people = np.flatnonzero(model.group_of_person == group)
        places = max(len(people) - int(quota), 0)
        stay_in_groups[model.department_of_group[group]] += places
        grid.block(people, grid.columns(places), must)
    for department, cap in enumerate(model.cap_of_department):
        people = np.flatnonzero(model.department_of_person == department)
        places = len(people) - int(cap) - int(stay_in_groups[department]) if cap >= 0 else 0
        grid.block(people, grid.columns(max(places, 0)), must)
    for unit in np.flatnonzero(model.cap_of_unit >= 0):
        needs = np.flatnonzero(model.unit_of_need == unit)
        seats = np.concatenate([np.arange(0)] + [np.arange(first[need], first[need + 1]) for need in needs])
        grid.block(grid.rows(max(len(seats) - int(model.cap_of_unit[unit]), 0)), seats, 0)
    rows, columns, costs = (np.concatenate(part) for part in zip(*grid.parts))
    weights = csr_array((costs.astype(float) + SHIFT, (rows, columns)), shape=(grid.height, grid.width))
    return weights, must


def solve(built, _limit: float) -> float:
    weights, must = built
    costs = weights[min_weight_full_bipartite_matching(weights)] - SHIFT
    return float(np.where(costs <= must, 0, costs).sum())


if __name__ == "__main__":
    main(build, solve)
