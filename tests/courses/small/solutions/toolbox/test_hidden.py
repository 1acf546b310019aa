"""Hidden tests of `toolbox`."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from grader.testing import assert_close, assert_equal

FEW = settings(max_examples=12)  # a course that is marked hundreds of times must be quick
VECTORS = npst.arrays(np.float64, st.integers(0, 4), elements=st.integers(-8, 8).map(float))


@pytest.mark.points(2)
@FEW
@given(VECTORS)
def test_double_is_twice_x(student, reference, x):
    """`y` is twice `x`, and `total` its sum."""
    y, total = student.double(x)
    expected, expected_total = reference.double(x)
    assert_close(y, expected, name="y")
    assert_close(total, expected_total, name="total")


@pytest.mark.points(1)
@FEW
@given(st.integers(-20, 20).map(lambda n: n / 4))
def test_split_takes_the_whole_part(student, reference, x):
    """`low` is the largest whole number up to x."""
    low, _ = student.split(x)
    assert_equal(low, reference.split(x)[0], name="low")


@pytest.mark.points(1)
@pytest.mark.needs("test_split_takes_the_whole_part")
@FEW
@given(st.integers(-20, 20).map(lambda n: n / 4))
def test_join_undoes_split(student, x):
    """What was split can be joined again."""
    low, rest = student.split(x)
    assert_close(student.join(low, rest), x, name="x")


@pytest.mark.points(1)
def test_tally_counts_on(student):
    """The count goes on from where it was."""
    state = {"count": 3}
    assert_equal(student.tally(state, 2), 5, name="count")
    assert_equal(state.get("count"), 5, name="state")


@pytest.mark.points("1/2")
@pytest.mark.visibility("hidden")
@pytest.mark.parametrize("steps", [1, 3])
def test_climb_finds_the_top(student, steps):
    """`top` is the largest height."""
    assert_close(student.climb(lambda i: 2.0 * i, steps), 2.0 * (steps - 1), name="top")
