"""`assert_equal` passes the expected value and nothing else."""

from collections import namedtuple
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.testing import Mismatch, Rung, assert_equal

Pair = namedtuple("Pair", ["tokens", "score"])


def mismatch(actual: Any, expected: Any) -> Mismatch:
    with pytest.raises(Mismatch) as caught:
        assert_equal(actual, expected, name="beams")
    return caught.value


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (3, 3),
        (np.int32(3), 3),
        (3, np.int64(3)),
        (np.float64(0.5), 0.5),
        (1, 1.0),
        (-0.0, 0.0),
        (float("nan"), float("nan")),
        (True, True),
        (np.bool_(True), True),
        ("a", "a"),
        (None, None),
        ((), ()),
        ((np.int64(0), 2), (0, 2)),
        ([((0, 1), -1.5)], [((0, 1), -1.5)]),
        (Pair((0, 1), -1.5), ((0, 1), -1.5)),
        ({"a": np.int64(1), "b": (2,)}, {"b": (2,), "a": 1}),
        (np.array([1, 2]), np.array([1, 2])),
        (np.array([0.0, np.nan]), np.array([-0.0, np.nan])),
        (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)),
    ],
    ids=repr,
)
def test_the_same_value_in_another_guise_passes(actual: Any, expected: Any) -> None:
    assert_equal(actual, expected, name="beams")


@pytest.mark.parametrize(
    ("actual", "expected", "rung"),
    [
        (True, 1, Rung.RESULTS),
        (1, True, Rung.RESULTS),
        (1.0, 1, Rung.RESULTS),
        (1 + 0j, 1, Rung.RESULTS),
        ("1", 1, Rung.RESULTS),
        (1, "1", Rung.RESULTS),
        (None, 0, Rung.RESULTS),
        (0, None, Rung.RESULTS),
        (np.array(1), 1, Rung.RESULTS),
        ([0, 1], (0, 1), Rung.RESULTS),
        ((0, 1), [0, 1], Rung.RESULTS),
        (np.array([0, 1]), (0, 1), Rung.RESULTS),
        ([0, 1], np.array([0, 1]), Rung.RESULTS),
        ((("a", 1),), {"a": 1}, Rung.RESULTS),
        ((), (0,), Rung.SHAPE),
        ({"a": 1, "b": 2}, {"a": 1}, Rung.SHAPE),
        ({"b": 1}, {"a": 1}, Rung.SHAPE),
        ((0, 1, 2), (0, 1), Rung.SHAPE),
        (np.zeros(0, dtype=np.int64), np.zeros(1, dtype=np.int64), Rung.SHAPE),
        (np.array([1], dtype=np.int32), np.array([1], dtype=np.int64), Rung.DTYPE),
        (np.array([1.0]), np.array([1]), Rung.DTYPE),
        (float("nan"), 0.5, Rung.NAN),
        (0.5, float("inf"), Rung.NAN),
        (np.array([np.nan]), np.array([0.0]), Rung.NAN),
        (2, 3, Rung.VALUE),
        (2**64, 2**64 + 1, Rung.VALUE),
        (0.5 + 1e-16, 0.5 + 2e-16, Rung.VALUE),
        ("a", "b", Rung.VALUE),
        (np.array([2**62 + 1]), np.array([2**62]), Rung.VALUE),
        (np.array([0], dtype=np.uint8), np.array([255], dtype=np.uint8), Rung.VALUE),
        ([((0, 1), -1.5)], [((0, 2), -1.5)], Rung.VALUE),
    ],
    ids=repr,
)
def test_every_difference_is_told_on_its_own_rung(actual: Any, expected: Any, rung: Rung) -> None:
    assert mismatch(actual, expected).rung is rung


@pytest.mark.parametrize(
    ("actual", "expected", "text"),
    [
        ((0, 2), (0, 1), "`beams`[1]: expected 1, got 2"),
        ([((0, 1), -1.5)], [((0, 2), -1.5)], "`beams`[0][0][1]: expected 2, got 1"),
        ({"a": (0,)}, {"a": (1,)}, "`beams`['a'][0]: expected 1, got 0"),
        ({"b": 1}, {"a": 1}, "`beams`: expected other keys: ['a'] against ['b']"),
        ((0,), (0, 1), "`beams`: expected 2 entries, got 1: (0, 1) against (0,)"),
        ([0], (0,), "`beams`: expected a tuple, got a list"),
        (True, 1, "`beams`: expected an integer, got a bool"),
        ("b", "a", "`beams`: expected 'a', got 'b'"),
        (None, "a", "`beams`: expected 'a', got None"),
        (np.array([1, 3]), np.array([1, 2]), "`beams` at (1,): expected 2, got 3; 1 of 2 entries differs"),
        (
            np.array([2, 1]),
            np.array([1, 2]),
            "`beams` at (0,): expected 1, got 2; it is the expected array reversed along axis 0",
        ),
    ],
)
def test_the_sentence_says_where_and_what(actual: Any, expected: Any, text: str) -> None:
    assert str(mismatch(actual, expected)) == text


def test_an_expectation_that_cannot_be_compared_is_the_fault_of_the_test() -> None:
    for expected in (1j, object(), np.array([None])):
        with pytest.raises(TypeError, match="assert_equal c"):
            assert_equal(expected, expected, name="beams")


PLAIN = st.recursive(
    st.integers(-3, 3) | st.sampled_from([0.5, "a"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.sampled_from("ab"), inner)
    ),
    max_leaves=6,
)


@given(PLAIN, PLAIN)
def test_plain_values_pass_exactly_when_python_calls_them_equal(actual: Any, expected: Any) -> None:
    assert_equal(actual, actual, name="beams")
    if actual != expected:
        mismatch(actual, expected)
