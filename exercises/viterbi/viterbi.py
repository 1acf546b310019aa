"""Viterbi decoding in log space."""

import numpy as np


def viterbi(log_init, log_trans, log_emit):
    """The best path through a chain of states, with its score.

    Args:
        log_init: the score of each state at the first step, shape (N,), float; not modified.
        log_trans: entry [i, j] is the score of going from i to j, shape (N, N), float; not modified.
        log_emit: entry [t, j] is the score of state j at step t, shape (T, N), float; not modified.

    Returns:
        path: a best path, shape (T,), int64; README.md says which one when several are best.
        score: its score, a Python float; -inf when no path is possible.
    """
    # TODO: keep the best score of a path to each state, and where that path came from.
    raise NotImplementedError("viterbi")
