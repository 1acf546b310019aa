"""Goes back from state 0, whatever state the best path ends in."""

import numpy as np


def viterbi(log_init, log_trans, log_emit):
    T, N = log_emit.shape
    if T == 0:
        return np.zeros(0, dtype=np.int64), 0.0
    trellis = np.zeros((T, N))
    back = np.zeros((T, N), dtype=np.int64)
    trellis[0] = log_init + log_emit[0]
    for t in range(1, T):
        for j in range(N):
            scores = trellis[t - 1] + log_trans[:, j]
            back[t, j] = np.argmax(scores)
            trellis[t, j] = scores[back[t, j]] + log_emit[t, j]
    path = np.zeros(T, dtype=np.int64)
    for t in range(T - 1, 0, -1):
        path[t - 1] = back[t, path[t]]
    return path, float(trellis[-1].max())
