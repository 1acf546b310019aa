"""Viterbi decoding in log space."""

import numpy as np


def viterbi(log_init, log_trans, log_emit):
    """The best path through a chain of states, with its score.

    With delta[j] the best score of a path that ends in state j,
    delta_t[j] = max_i (delta_{t-1}[i] + log_trans[i, j]) + log_emit[t, j].
    """
    log_init, log_trans, log_emit = (
        np.asarray(table, dtype=np.float64) for table in (log_init, log_trans, log_emit)
    )
    steps, states = log_emit.shape
    path = np.zeros(steps, dtype=np.int64)
    if steps == 0:
        return path, 0.0

    delta = log_init + log_emit[0]
    came_from = np.zeros((steps, states), dtype=np.int64)
    for t in range(1, steps):
        # Row i, column j: the best path to i, prolonged to j. The maximum is over i, where it comes from.
        prolonged = delta[:, None] + log_trans
        came_from[t] = prolonged.argmax(axis=0)
        delta = prolonged.max(axis=0) + log_emit[t]

    # Only the last state is chosen by its score; each one before it is where the path came from.
    path[-1] = delta.argmax()
    for t in range(steps - 1, 0, -1):
        path[t - 1] = came_from[t, path[t]]
    return path, float(delta[path[-1]])
