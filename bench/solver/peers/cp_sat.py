"""OR-Tools, CP-SAT: a Boolean for each arc."""

from common import Model, NoOptimum, main, members
from ortools.sat.python import cp_model


def build(model: Model) -> cp_model.CpModel:
    sat = cp_model.CpModel()
    chosen = [sat.new_bool_var("") for _ in range(len(model.cost))]
    for rows in model.rows():
        for arcs, most in zip(members(rows), rows.most.tolist()):
            literals = [chosen[arc] for arc in arcs.tolist()]
            if most == 1:
                sat.add_at_most_one(literals)
            elif most < len(literals):
                sat.add(cp_model.LinearExpr.sum(literals) <= most)
    sat.minimize(cp_model.LinearExpr.weighted_sum(chosen, model.cost.tolist()))
    return sat


def solve(sat: cp_model.CpModel, limit: float) -> float:
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(limit, 0)
    # fewer workers than its strategies leave some of them out, whatever the cores
    solver.parameters.num_workers = 8
    status = solver.solve(sat)
    if status == cp_model.OPTIMAL:
        return solver.objective_value
    if status in (cp_model.FEASIBLE, cp_model.UNKNOWN):
        raise NoOptimum("time")
    raise NoOptimum(solver.status_name(status))


if __name__ == "__main__":
    main(build, solve)
