"""SciPy, linear_sum_assignment: for cases that are an assignment and nothing else."""

import numpy as np
from common import Model, NoOptimum, main
from scipy.optimize import linear_sum_assignment


def build(model: Model) -> np.ndarray:
    capped = (model.cap_of_department, model.cap_of_unit)
    if any((cap >= 0).any() for cap in capped) or len(model.quota_of_group) or (model.headcount_of_need > 1).any():
        raise NoOptimum("has caps")
    # whoever is not placed costs nothing, like a pair that isn't eligible
    costs = np.zeros((model.people, model.needs))
    costs[model.person, model.need] = model.cost
    return costs


def solve(costs: np.ndarray, _limit: float) -> float:
    return costs[linear_sum_assignment(costs)].sum()


if __name__ == "__main__":
    main(build, solve)
