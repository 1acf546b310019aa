"""Public tests of `target`."""

import numpy as np

from grader.testing import assert_close


def test_two_cubed_is_eight(student):
    """The cube of 2 is 8."""
    assert_close(student.table(np.array([2.0])), np.array([8.0]), name="cubes")
