"""Properties of `deep`, 100 examples each, drawn with the strategies that any author would take."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from grader.testing import assert_close, assert_gradient


def _floats(bound):
    return st.floats(-bound, bound, allow_nan=False)


@st.composite
def _scores(draw, *, bound, max_rows, max_classes):
    n, c = draw(st.integers(1, max_rows)), draw(st.integers(2, max_classes))
    x = draw(npst.arrays(np.float64, (n, c), elements=_floats(bound)))
    return x, draw(npst.arrays(np.int64, n, elements=st.integers(0, c - 1)))


@st.composite
def _batches(draw, *, max_rows, max_features):
    n, d = draw(st.integers(2, max_rows)), draw(st.integers(1, max_features))
    x = draw(npst.arrays(np.float64, (n, d), elements=_floats(5)))
    return x, *(draw(npst.arrays(np.float64, d, elements=_floats(3))) for _ in ("gamma", "beta"))


@st.composite
def _pooled(draw):
    images, channels = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    height, width = draw(st.integers(2, 9)), draw(st.integers(2, 9))
    size, stride = draw(st.integers(1, min(3, height, width))), draw(st.integers(1, 3))
    whole = st.integers(-4, 4).map(float)  # so that ties are many
    x = draw(npst.arrays(np.float64, (images, channels, height, width), elements=whole))
    rows, columns = 1 + (height - size) // stride, 1 + (width - size) // stride
    return draw(npst.arrays(np.float64, (images, channels, rows, columns), elements=whole)), x, size, stride


@pytest.mark.points(3)
@given(_scores(bound=1000, max_rows=10, max_classes=12))
def test_softmax_loss_is_that_of_the_reference(student, reference, scores):
    """The loss and its gradient are right for scores up to 1000."""
    loss, dx = student.softmax_loss(*scores)
    expected_loss, expected_dx = reference.softmax_loss(*scores)
    assert_close(loss, expected_loss, name="loss")
    assert_close(dx, expected_dx, name="dx")


@pytest.mark.points(3)
@given(_scores(bound=5, max_rows=6, max_classes=8))
def test_softmax_gradient_agrees_with_central_differences(student, scores):
    """`dx` is how the loss moves when a score is nudged."""
    x, y = scores
    _, dx = student.softmax_loss(x, y)
    assert_gradient(lambda nudged: student.softmax_loss(nudged, y)[0], x, dx, name="dx")


@pytest.mark.points(3)
@given(_batches(max_rows=10, max_features=12), st.sampled_from([0.5, 1e-2, 1e-4]))
def test_batchnorm_output_is_that_of_the_reference(student, reference, batch, eps):
    """The output is gamma times the normalized batch plus beta."""
    out, _ = student.batchnorm_forward(*batch, eps)
    expected, _ = reference.batchnorm_forward(*batch, eps)
    assert_close(out, expected, name="out")


@pytest.mark.points(3)
@given(_batches(max_rows=6, max_features=5), st.data())
def test_batchnorm_gradients_agree_with_central_differences(student, reference, batch, data):
    """`dx` is how sum(dout * out) moves when an entry is nudged; `dgamma` and `dbeta` are right."""
    x, gamma, beta = batch
    dout = data.draw(npst.arrays(np.float64, x.shape, elements=_floats(2)), label="dout")
    _, cache = student.batchnorm_forward(x, gamma, beta, 0.5)
    dx, dgamma, dbeta = student.batchnorm_backward(dout, cache)
    _, kept = reference.batchnorm_forward(x, gamma, beta, 0.5)
    _, expected_dgamma, expected_dbeta = reference.batchnorm_backward(dout, kept)
    assert_close(dgamma, expected_dgamma, name="dgamma")
    assert_close(dbeta, expected_dbeta, name="dbeta")

    def value(nudged):
        return float((dout * student.batchnorm_forward(nudged, gamma, beta, 0.5)[0]).sum())

    assert_gradient(value, x, dx, name="dx", atol=1e-6)


@pytest.mark.points(3)
@given(_pooled())
def test_max_pool_gradient_is_that_of_the_reference(student, reference, case):
    """The first maximum of each window receives the gradient of the window."""
    assert_close(student.max_pool_backward(*case), reference.max_pool_backward(*case), name="dx")
