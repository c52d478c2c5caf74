"""OR-Tools, SimpleMinCostFlow: cost scaling on the network as it is."""

import numpy as np
from ortools.graph.python import min_cost_flow

from common import Model, NoOptimum, main


def build(model: Model) -> min_cost_flow.SimpleMinCostFlow:
    """Source → department → (group) → person → need → unit → sink, and a free way past all of it."""
    departments, groups = len(model.cap_of_department), len(model.quota_of_group)
    source = 0
    department = 1
    group = department + departments
    person = group + groups
    need = person + model.people
    unit = need + model.needs
    sink = unit + len(model.cap_of_unit)
    flow = min_cost_flow.SimpleMinCostFlow()

    def arcs(tails, heads, capacities, costs=0):
        tails, heads, capacities, costs = np.broadcast_arrays(tails, heads, capacities, costs)
        flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)

    free = lambda cap: np.where(cap < 0, model.people, cap)
    grouped = model.group_of_person >= 0
    above = np.where(grouped, group + model.group_of_person, department + model.department_of_person)
    arcs(source, department + np.arange(departments), free(model.cap_of_department))
    arcs(department + model.department_of_group, group + np.arange(groups), model.quota_of_group)
    arcs(above, person + np.arange(model.people), 1)
    arcs(person + model.person.astype(np.int64), need + model.need.astype(np.int64), 1, model.cost)
    arcs(need + np.arange(model.needs), unit + model.unit_of_need, model.headcount_of_need)
    arcs(unit + np.arange(len(model.cap_of_unit)), sink, free(model.cap_of_unit))
    arcs(source, [sink], model.people)
    flow.set_node_supply(source, model.people)
    flow.set_node_supply(sink, -model.people)
    return flow


def solve(flow: min_cost_flow.SimpleMinCostFlow, _limit: float) -> float:
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise NoOptimum(f"status {status}")
    return flow.optimal_cost()


if __name__ == "__main__":
    main(build, solve)
