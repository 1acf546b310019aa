"""Hidden tests of `max_pool`."""

import numpy as np
import pytest
from hypothesis import given

from grader.testing import assert_close, assert_raises, pooling


def _window(height, width, *, stride):
    return {"pool_height": height, "pool_width": width, "stride": stride}


@pytest.mark.points(2)
@given(pooling())
def test_output_holds_the_maximum_of_each_window(student, reference, case):
    """Each entry of `out` is the maximum of its window."""
    x, pool_param, _ = case
    out, _ = student.max_pool_forward(x, pool_param)
    expected, _ = reference.max_pool_forward(x, pool_param)
    assert_close(out, expected, name="out")


@pytest.mark.points(1)
def test_unusual_images_are_pooled(student):
    """Uneven sizes, -inf, float32 and empty batches are pooled; too large a window is a `ValueError`."""
    x = -np.arange(1.0, 21.0, dtype=np.float32).reshape(1, 1, 4, 5)
    x[0, 0, :2, :2] = -np.inf
    out, _ = student.max_pool_forward(x, _window(2, 2, stride=2))
    assert_close(out, np.array([[[[-np.inf, -3.0], [-11.0, -13.0]]]], dtype=np.float32), name="out")
    out, _ = student.max_pool_forward(x[:0], _window(3, 1, stride=1))
    assert_close(out, np.zeros((0, 1, 2, 5), dtype=np.float32), name="`out` without images")
    assert_raises(ValueError, student.max_pool_forward, x, _window(5, 1, stride=1))
    assert_raises(ValueError, student.max_pool_forward, x, _window(1, 6, stride=1))


@pytest.mark.points(3)
@given(pooling(stride="tiling", ties=False))
def test_gradient_goes_to_the_maximum(student, reference, case):
    """Where windows do not overlap, the maximum of each window receives that window's gradient."""
    x, pool_param, dout = case
    dx = student.max_pool_backward(dout, (x, pool_param))
    assert_close(dx, reference.max_pool_backward(dout, (x, pool_param)), name="dx")


@pytest.mark.points(2)
@given(pooling(stride="overlapping", ties=False))
def test_gradients_of_overlapping_windows_add_up(student, reference, case):
    """A cell that is the maximum of several windows receives the sum of their gradients."""
    x, pool_param, dout = case
    dx = student.max_pool_backward(dout, (x, pool_param))
    assert_close(dx, reference.max_pool_backward(dout, (x, pool_param)), name="dx")


@pytest.mark.points(1)
@given(pooling(stride="tiling"))
def test_ties_go_to_the_first_maximum(student, reference, case):
    """Of equal maxima in a window, the first in row-major order receives the gradient."""
    x, pool_param, dout = case
    dx = student.max_pool_backward(dout, (x, pool_param))
    assert_close(dx, reference.max_pool_backward(dout, (x, pool_param)), name="dx")


@pytest.mark.points(1)
def test_unusual_images_have_a_gradient(student):
    """Uneven sizes, -inf, float32 and empty batches have a gradient of the shape and dtype of the images."""
    x = -np.arange(1.0, 16.0, dtype=np.float32).reshape(1, 1, 3, 5)
    x[0, 0, 0, :2] = -np.inf
    dout = np.array([[[[2.0, -3.0]]]], dtype=np.float32)
    expected = np.zeros((1, 1, 3, 5), dtype=np.float32)
    expected[0, 0, 1, 0], expected[0, 0, 0, 2] = 2.0, -3.0
    cache = (x, _window(2, 2, stride=2))
    assert_close(student.max_pool_backward(dout, cache), expected, name="dx")
    empty = (x[:, :0], _window(2, 2, stride=2))
    assert_close(student.max_pool_backward(dout[:, :0], empty), expected[:, :0], name="`dx` without channels")
