"""HiGHS by its own Python interface: the full linear program, handed over in one piece."""

import highspy
import numpy as np

from common import Model, NoOptimum, main


def build(model: Model) -> highspy.Highs:
    kinds = model.rows()
    first = np.cumsum([0] + [len(rows.most) for rows in kinds])
    index = np.stack([np.where(r.of_arc >= 0, r.of_arc + at, -1) for r, at in zip(kinds, first)], axis=1)
    present = index >= 0
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(model.cost), int(first[-1])
    lp.col_cost_ = model.cost.astype(float)
    lp.col_lower_, lp.col_upper_ = np.zeros(lp.num_col_), np.ones(lp.num_col_)
    lp.row_lower_ = np.full(lp.num_row_, -highspy.kHighsInf)
    lp.row_upper_ = np.concatenate([rows.most for rows in kinds]).astype(float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(present.sum(axis=1))]).astype(np.int32)
    lp.a_matrix_.index_ = index[present].astype(np.int32)
    lp.a_matrix_.value_ = np.ones(int(present.sum()))
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.passModel(lp)
    return highs


def solve(highs: highspy.Highs, limit: float) -> float:
    highs.setOptionValue("time_limit", max(limit, 0.0))
    highs.run()
    status = highs.getModelStatus()
    if status == highspy.HighsModelStatus.kTimeLimit:
        raise NoOptimum("time")
    if status != highspy.HighsModelStatus.kOptimal:
        raise NoOptimum(highs.modelStatusToString(status))
    return highs.getInfo().objective_function_value


if __name__ == "__main__":
    main(build, solve)
