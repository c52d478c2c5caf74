"""PuLP + CBC: a binary variable for each arc, as PuLP's own examples have it."""

import time

import pulp
from common import Model, NoOptimum, main, members


def build(model: Model) -> pulp.LpProblem:
    problem = pulp.LpProblem("base", pulp.LpMinimize)
    chosen = [pulp.LpVariable(f"x{arc}", cat="Binary") for arc in range(len(model.cost))]
    problem += pulp.LpAffineExpression(zip(chosen, model.cost.tolist()))
    for rows in model.rows():
        for arcs, most in zip(members(rows), rows.most.tolist()):
            if len(arcs):
                problem += pulp.lpSum(chosen[arc] for arc in arcs.tolist()) <= most
    return problem


def solve(problem: pulp.LpProblem, limit: float) -> float:
    began = time.perf_counter()
    status = problem.solve(pulp.PULP_CBC_CMD(msg=False, timeLimit=max(limit, 0)))
    # PuLP calls a plan found before the limit optimal; the status of the solution knows better
    if problem.sol_status == pulp.LpSolutionOptimal and status == pulp.LpStatusOptimal:
        return pulp.value(problem.objective)
    # out of time, CBC may call infeasible what has a plan
    late = time.perf_counter() - began >= limit
    is_open = status in (pulp.LpStatusNotSolved, pulp.LpStatusOptimal)
    raise NoOptimum("time" if late or is_open else pulp.LpStatus[status])


if __name__ == "__main__":
    main(build, solve)
