"""Public tests of `max_pool`: promises that can be checked without knowing a solution."""

import numpy as np
from hypothesis import given, settings

from grader.testing import assert_close, assert_equal, assert_gradient, assert_raises, pooling


@given(pooling())
def test_each_output_is_the_maximum_of_its_window(student, case):
    """Entry (i, j) of `out` is the maximum of the window that begins at (i * stride, j * stride)."""
    x, pool_param, dout = case
    out, _ = student.max_pool_forward(x, pool_param)
    height, width, stride = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    expected = np.zeros(dout.shape)
    for i, j in np.ndindex(*dout.shape[2:]):
        window = x[:, :, i * stride : i * stride + height, j * stride : j * stride + width]
        expected[:, :, i, j] = window.max(axis=(2, 3))
    assert_close(out, expected, name="out")


@given(pooling())
def test_the_cache_holds_the_arguments(student, case):
    """`cache` is the tuple `(x, pool_param)`."""
    x, pool_param, _ = case
    _, cache = student.max_pool_forward(x, pool_param)
    assert_equal(cache, (x, pool_param), name="cache")


@settings(max_examples=20)
@given(pooling(ties=False, max_side=4))
def test_gradient_agrees_with_central_differences(student, case):
    """Where no two cells are equal, `dx` is how sum(dout * out) moves when a cell is nudged."""
    x, pool_param, dout = case
    dx = student.max_pool_backward(dout, (x, pool_param))

    def value(nudged):
        out, _ = student.max_pool_forward(nudged, pool_param)
        assert_equal(out.shape, dout.shape, name="out.shape")
        return (dout * out).sum()

    # All cells differ by 1 or more, so a step of 0.1 changes no maximum and the differences are exact.
    assert_gradient(value, x, dx, name="dx", h=0.1)


@given(pooling())
def test_every_channel_passes_on_the_whole_gradient(student, case):
    """In each channel of each image, `dx` sums to what `dout` sums to, with ties and overlaps as well."""
    x, pool_param, dout = case
    dx = student.max_pool_backward(dout, (x, pool_param))
    assert_close(dx.sum(axis=(2, 3)), dout.sum(axis=(2, 3)), name="dx.sum(axis=(2, 3))")


@given(pooling())
def test_gradient_and_images_agree_with_dout_and_output(student, case):
    """The sum of dx * x equals that of dout * out, because twice the image has twice the maximum."""
    x, pool_param, dout = case
    out, cache = student.max_pool_forward(x, pool_param)
    assert_equal(out.shape, dout.shape, name="out.shape")
    dx = student.max_pool_backward(dout, cache)
    assert_equal(dx.shape, x.shape, name="dx.shape")
    assert_close(float((dx * x).sum()), float((dout * out).sum()), name="sum(dx * x)")


def test_the_first_of_two_maxima_receives_the_gradient(student):
    """In the window [[0, 1], [1, 0]] the 1 in the top row receives everything."""
    x = np.array([[[[0.0, 1.0], [1.0, 0.0]]]])
    dx = student.max_pool_backward(np.full((1, 1, 1, 1), 7.0), (x, _window(2, 2, stride=2)))
    assert_close(dx, np.array([[[[0.0, 7.0], [0.0, 0.0]]]]), name="dx")


def test_a_window_that_does_not_fit_is_an_error(student):
    """A window higher than the images is a `ValueError`."""
    assert_raises(ValueError, student.max_pool_forward, np.zeros((1, 1, 2, 3)), _window(3, 3, stride=1))


def _window(height, width, *, stride):
    return {"pool_height": height, "pool_width": width, "stride": stride}
