"""A correct submission in plain Python loops."""

import numpy as np


def viterbi(log_init, log_trans, log_emit):
    n = len(log_init)
    init, trans, emit = (
        log_init.astype(float).tolist(),
        log_trans.astype(float).tolist(),
        log_emit.astype(float).tolist(),
    )
    if not emit:
        return np.array([], dtype=np.int64), 0.0
    best = [init[j] + emit[0][j] for j in range(n)]
    pointers = []
    columns = list(zip(*trans, strict=True))
    for row in emit[1:]:
        new, pointer = [], []
        for j in range(n):
            candidates = [b + c for b, c in zip(best, columns[j], strict=True)]
            top = max(candidates)
            pointer.append(candidates.index(top))
            new.append(top + row[j])
        best = new
        pointers.append(pointer)
    state = best.index(max(best))
    score = best[state]
    states = [state]
    for pointer in reversed(pointers):
        state = pointer[state]
        states.append(state)
    return np.array(states[::-1], dtype=np.int64), np.float64(score)
