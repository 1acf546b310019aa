"""Hidden tests of `viterbi`."""

import numpy as np
import pytest
from hypothesis import example, given

from grader.testing import Mismatch, Rung, assert_close, assert_equal
from grader.testing.decoding import chains

NEVER = -np.inf


def _score(path, log_init, log_trans, log_emit):
    """The score of a path that came from a submission."""
    if any(state < 0 or state >= len(log_init) for state in path):
        raise Mismatch(
            Rung.VALUE, f"`path` should hold states from 0 to {len(log_init) - 1}, got {path.tolist()}"
        )
    score = log_init[path[0]] + log_emit[0, path[0]]
    for t in range(1, len(path)):
        score += log_trans[path[t - 1], path[t]] + log_emit[t, path[t]]
    return float(score)


@pytest.mark.points(4)
@given(chains())
def test_score_is_that_of_the_best_path(student, reference, chain):
    """`score` is the largest score of all paths."""
    _, score = student.viterbi(*chain)
    assert_close(score, reference.viterbi(*chain)[1], name="score")


@pytest.mark.points(3)
@given(chains())
def test_path_has_the_best_score(student, reference, chain):
    """Adding up the scores along `path` gives the largest score of all paths."""
    path, _ = student.viterbi(*chain)
    assert_close(_score(path, *chain), reference.viterbi(*chain)[1], name="the score along `path`")


@pytest.mark.points(1)
@given(chains(ties=True))
def test_ties_go_to_the_smallest_state_from_the_end(student, reference, chain):
    """Of equal paths the one that is smallest when read from its end is returned, as int64."""
    path, _ = student.viterbi(*chain)
    assert_equal(path, reference.viterbi(*chain)[0], name="path")


@pytest.mark.points("1/2")
@given(chains(impossible=True))
@example((np.array([NEVER, NEVER]), np.zeros((2, 2)), np.zeros((1, 2))))
@example((np.zeros(2), np.array([[NEVER, 0.0], [NEVER, NEVER]]), np.zeros((3, 2))))
@example((np.zeros(2), np.zeros((2, 2)), np.array([[0.0, 0.0], [NEVER, NEVER]])))
def test_impossible_steps_are_never_taken(student, reference, chain):
    """-inf is never part of a best path; if no path is possible the score is -inf."""
    path, score = student.viterbi(*chain)
    expected = reference.viterbi(*chain)[1]
    assert_close(score, expected, name="score")
    assert_close(_score(path, *chain), expected, name="the score along `path`")


@pytest.mark.points("1/2")
def test_short_chains_and_float32_tables(student):
    """T = 0 and T = 1 are chains like any others, and float32 tables are computed with in float64."""
    log_init, log_trans = np.array([0.0, -1.0, -3.0]), np.zeros((3, 3))
    path, score = student.viterbi(log_init, log_trans, np.zeros((0, 3)))
    assert_equal(path, np.zeros(0, dtype=np.int64), name="path")
    assert_close(score, 0.0, name="score")
    path, score = student.viterbi(log_init, log_trans, np.array([[0.0, 0.5, 5.0]]))
    assert_equal(path, np.array([2]), name="path")
    assert_close(score, 2.0, name="score")
    # In float32, 2**24 + 1 is 2**24.
    tables = (np.array([2.0**24, 0.0]), np.zeros((2, 2)), np.ones((3, 2)))
    _, score = student.viterbi(*(table.astype(np.float32) for table in tables))
    assert_close(score, 2.0**24 + 3, name="score", rtol=1e-9)


@pytest.mark.points(1)
@pytest.mark.limits(seconds=10)
@pytest.mark.parametrize(("steps", "states"), [(3000, 2), (2000, 50)])
def test_long_chains_are_decoded_in_time(student, reference, steps, states):
    """3000 steps through 2 states, and 2000 steps through 50 states, take less than 10 seconds each."""
    rng = np.random.default_rng(5)
    chain = [np.log(rng.uniform(0.1, 0.9, shape)) for shape in (states, (states, states), (steps, states))]
    path, score = student.viterbi(*chain)
    expected, expected_score = reference.viterbi(*chain)
    assert_close(score, expected_score, name="score", rtol=1e-9)
    assert_equal(path, expected, name="path")
