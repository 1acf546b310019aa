"""Example tests of `deep`: one call or two with numbers that paper can check."""

import numpy as np
import pytest

from grader.testing import assert_close


@pytest.mark.points(1)
def test_equal_scores_lose_the_logarithm_of_the_classes(student):
    """Equal scores lose ln C, and their gradient is 1 / C less 1 at the label, over N."""
    loss, dx = student.softmax_loss(np.zeros((2, 4)), np.array([1, 3]))
    expected = np.array([[0.25, -0.75, 0.25, 0.25], [0.25, 0.25, 0.25, -0.75]]) / 2
    assert_close(loss, float(np.log(4.0)), name="loss")
    assert_close(dx, expected, name="dx")


@pytest.mark.points(1)
def test_large_scores_stay_finite(student):
    """Scores of 1000 lose what their differences say."""
    loss, dx = student.softmax_loss(np.array([[1000.0, 1000.0], [-1000.0, 0.0]]), np.array([0, 1]))
    assert_close(loss, float(np.log(2.0)) / 2, name="loss")
    assert_close(dx, np.array([[-0.25, 0.25], [0.0, 0.0]]), name="dx")


@pytest.mark.points(1)
def test_a_column_is_normalized(student):
    """The column 1, 3 becomes -1, 1; gamma and beta stretch and shift it."""
    out, _ = student.batchnorm_forward(
        np.array([[1.0, 5.0], [3.0, 5.0]]), np.array([2.0, 3.0]), np.array([0.5, -1.0]), 0.0001
    )
    x_hat = 1 / np.sqrt(1.0001)
    assert_close(out, np.array([[0.5 - 2 * x_hat, -1.0], [0.5 + 2 * x_hat, -1.0]]), name="out")


@pytest.mark.points(1)
def test_a_common_shift_has_no_gradient(student):
    """An upstream gradient of ones gives `dx` 0, `dgamma` 0 and `dbeta` N."""
    x = np.array([[1.0, -2.0], [3.0, 0.0], [8.0, 5.0]])
    _, cache = student.batchnorm_forward(x, np.array([2.0, -1.0]), np.zeros(2), 0.01)
    dx, dgamma, dbeta = student.batchnorm_backward(np.ones((3, 2)), cache)
    assert_close(dx, np.zeros((3, 2)), name="dx")
    assert_close(dgamma, np.zeros(2), name="dgamma")
    assert_close(dbeta, np.full(2, 3.0), name="dbeta")


@pytest.mark.points(1)
def test_overlapping_windows_add_up(student):
    """The maximum of four windows receives the gradients of all four; of equal entries, the first does."""
    x = np.array([[[[0.0, 1.0, 1.0], [0.0, 5.0, 0.0], [2.0, 0.0, 0.0]]]])
    dout = np.array([[[[1.0, 2.0], [3.0, 4.0]]]])
    expected = np.zeros_like(x)
    expected[0, 0, 1, 1] = 10.0
    assert_close(student.max_pool_backward(dout, x, 2, 1), expected, name="dx")
    dx = student.max_pool_backward(np.array([[[[7.0]]]]), np.ones((1, 1, 2, 3)), 2, 2)
    assert_close(dx, np.array([[[[7.0, 0.0, 0.0], [0.0, 0.0, 0.0]]]]), name="`dx` of equal entries")
