"""Hidden tests of `target`."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from grader.testing import assert_close

VECTORS = npst.arrays(np.float64, st.integers(1, 4), elements=st.integers(1, 9).map(float))


@pytest.mark.points(2)
@settings(max_examples=10)
@given(VECTORS)
def test_answer_is_the_sum_of_the_cubes(student, reference, x):
    """`total` is the sum of the cubes."""
    assert_close(student.answer(x), reference.answer(x), name="total")


@pytest.mark.points(2)
@settings(max_examples=10)
@given(VECTORS)
def test_table_holds_the_cubes(student, reference, x):
    """`cubes` are the cubes."""
    assert_close(student.table(x), reference.table(x), name="cubes")


@pytest.mark.points(1)
@pytest.mark.parametrize("steps", [1, 3])
def test_visit_sees_every_height(student, steps):
    """`seen` is the sum of the heights."""
    assert_close(student.visit(lambda i: 2.0 * i + 1.0, steps), float(steps**2), name="seen")
