"""Public tests of `viterbi`: every path is tried, which small chains allow."""

import itertools

import numpy as np
from hypothesis import given

from grader.testing import assert_close, assert_equal
from grader.testing.decoding import chains


def _score(path, log_init, log_trans, log_emit):
    score = log_init[path[0]] + log_emit[0, path[0]]
    for t in range(1, len(path)):
        score += log_trans[path[t - 1], path[t]] + log_emit[t, path[t]]
    return float(score)


def _paths(chain):
    steps, states = chain[2].shape
    return list(itertools.product(range(states), repeat=steps))


@given(chains())
def test_score_is_the_largest_of_all_paths(student, chain):
    """`score` is the largest score of all paths."""
    _, score = student.viterbi(*chain)
    assert_close(score, max(_score(path, *chain) for path in _paths(chain)), name="score")


@given(chains(ties=True))
def test_of_equal_paths_the_smallest_from_the_end_is_taken(student, chain):
    """`path` is the best path; of several, the one that is smallest when read from its end."""
    path, _ = student.viterbi(*chain)
    best = max(
        _paths(chain), key=lambda candidate: (_score(candidate, *chain), [-s for s in reversed(candidate)])
    )
    assert_equal(path, np.array(best, dtype=np.int64), name="path")


@given(chains())
def test_a_constant_added_to_the_emissions_changes_the_score_alone(student, chain):
    """Adding 1 to every emission adds T to the score and leaves the path."""
    log_init, log_trans, log_emit = chain
    path, score = student.viterbi(log_init, log_trans, log_emit)
    same_path, higher = student.viterbi(log_init, log_trans, log_emit + 1)
    assert_close(higher, score + len(log_emit), name="score")
    assert_equal(same_path, path, name="path")


def test_a_chain_without_steps_is_empty(student):
    """No steps make an empty path with the score 0."""
    path, score = student.viterbi(np.zeros(2), np.zeros((2, 2)), np.zeros((0, 2)))
    assert_equal(path, np.zeros(0, dtype=np.int64), name="path")
    assert_close(score, 0.0, name="score")
