"""Public tests of `softmax_loss`: promises that can be checked without knowing a solution."""

import numpy as np
from hypothesis import given, settings

from grader.testing import assert_close, assert_gradient, assert_raises, class_scores

MODERATE = (0.0, 1.0, -1.0, 2.0, -2.0, 0.5, 3.25, -4.75, 10.0, -20.0)


def test_equal_scores_lose_the_logarithm_of_the_number_of_classes(student):
    """A row of equal scores has the loss ln C, whatever the score."""
    for classes in (1, 2, 7):
        for score in (0.0, 3.0, -1000.0):
            loss, _ = student.softmax_loss(np.full((3, classes), score), np.zeros(3, dtype=int))
            assert_close(loss, float(np.log(classes)), name="loss")


@settings(max_examples=10)
@given(class_scores(max_examples=3, max_classes=3, values=MODERATE))
def test_gradient_agrees_with_central_differences(student, scores):
    """`dx` is how the loss moves when a score is nudged."""
    x, y = scores
    _, dx = student.softmax_loss(x, y)
    assert_gradient(lambda nudged: student.softmax_loss(nudged, y)[0], x, dx, name="dx")


@given(class_scores(values=MODERATE))
def test_rows_of_the_gradient_sum_to_zero(student, scores):
    """Each row of `dx` sums to 0: what the right class gains, the others lose."""
    x, y = scores
    _, dx = student.softmax_loss(x, y)
    assert_close(dx.sum(axis=1), np.zeros(len(x)), name="dx.sum(axis=1)")


@given(class_scores())
def test_a_constant_added_to_a_row_changes_nothing(student, scores):
    """Adding one constant to all scores of a row leaves the loss and the gradient as they are."""
    x, y = scores
    loss, dx = student.softmax_loss(x, y)
    constants = 100.0 * (1.0 + np.arange(len(x)))[:, None]
    shifted_loss, shifted_dx = student.softmax_loss(x + constants, y)
    assert_close(shifted_loss, loss, name="`loss` after the shift", atol=1e-8)
    assert_close(shifted_dx, dx, name="`dx` after the shift", atol=1e-8)


@given(class_scores())
def test_a_batch_given_twice_has_the_same_mean(student, scores):
    """Every row given twice leaves the loss and halves the gradient of each copy."""
    x, y = scores
    loss, dx = student.softmax_loss(x, y)
    double_loss, double_dx = student.softmax_loss(np.concatenate([x, x]), np.concatenate([y, y]))
    assert_close(double_loss, loss, name="`loss` of the doubled batch")
    assert_close(2 * double_dx[: len(x)], dx, name="`2 * dx` of the doubled batch")


def test_large_scores_give_the_exact_loss(student):
    """Scores of 10000 and -10000 with the second class right lose 20000."""
    loss, dx = student.softmax_loss(np.array([[1e4, -1e4]]), np.array([1]))
    assert_close(loss, 20000.0, name="loss")
    assert_close(dx, np.array([[1.0, -1.0]]), name="dx")


def test_an_empty_batch_is_an_error(student):
    """A batch without rows has no mean: that is a `ValueError`."""
    assert_raises(ValueError, student.softmax_loss, np.zeros((0, 3)), np.zeros(0, dtype=int))
