"""Hidden tests of `softmax_loss`."""

import numpy as np
import pytest
from hypothesis import example, given

from grader.testing import assert_close, assert_raises, class_scores

MODERATE = (0.0, 1.0, -1.0, 2.0, -2.0, 0.5, 3.25, -4.75, 10.0, -20.0)


@pytest.mark.points(1)
@given(class_scores(values=MODERATE))
def test_loss_is_the_mean_cross_entropy(student, reference, scores):
    """The loss is the mean cross-entropy of the batch."""
    loss, _ = student.softmax_loss(*scores)
    expected, _ = reference.softmax_loss(*scores)
    assert_close(loss, expected, name="loss")


@pytest.mark.points(1)
def test_small_batches_can_be_worked_out_by_hand(student):
    """One row, one class, equal scores give what paper says, and no rows at all are a `ValueError`."""
    loss, _ = student.softmax_loss(np.array([[1.0, 3.0]]), np.array([0]))
    assert_close(loss, float(np.log1p(np.exp(2.0))), name="`loss` of one row")
    loss, _ = student.softmax_loss(np.array([[5.0], [-2.0]]), np.array([0, 0]))
    assert_close(loss, 0.0, name="`loss` of one class")
    loss, _ = student.softmax_loss(np.full((2, 4), 3.0), np.array([1, 2]))
    assert_close(loss, float(np.log(4.0)), name="`loss` of equal scores")
    assert_raises(ValueError, student.softmax_loss, np.zeros((0, 3)), np.zeros(0, dtype=np.int64))


@pytest.mark.points(2)
@given(class_scores(values=MODERATE))
def test_gradient_is_the_softmax_less_one_at_the_label(student, reference, scores):
    """`dx` is the softmax less 1 at each row's label, divided by the number of rows."""
    x, y = scores
    _, dx = student.softmax_loss(x, y)
    _, expected = reference.softmax_loss(x, y)
    assert_close(dx, expected, name="dx")
    _, dx = student.softmax_loss(np.repeat(x, 2, axis=1)[:, ::2], y)
    assert_close(dx, expected, name="`dx` for a view")


@pytest.mark.points(1)
@given(class_scores(values=(0.0, 1.0, -1.0, 2.0, 3.0, -4.0, 10.0, -30.0), dtype=np.float32))
def test_gradient_has_the_dtype_of_the_scores(student, reference, scores):
    """Scores in float32 give the right gradient in float32, whole-number scores in float64."""
    x, y = scores
    loss, expected = reference.softmax_loss(x.astype(np.float64), y)
    # A float32 loss may be the difference of two numbers as large as the scores.
    rounding = 4e-7 * (1.0 + float(np.abs(x).max()))
    seen, dx = student.softmax_loss(x, y.astype(np.int32))
    assert_close(dx, expected.astype(np.float32), name="dx", rtol=1e-5, atol=rounding)
    assert_close(seen, loss, name="loss", rtol=1e-5, atol=rounding)
    seen, dx = student.softmax_loss(x.astype(np.int64), y)
    assert_close(dx, expected, name="`dx` for whole-number scores")
    assert_close(seen, loss, name="`loss` for whole-number scores")


@pytest.mark.points(1)
@example(scores=(np.array([[1e4, 0.0], [-1e4, -1e4]]), np.array([0, 1])))
@example(scores=(np.array([[1e4, -1e4]]), np.array([1])))
@given(class_scores())
def test_extreme_scores_stay_exact(student, reference, scores):
    """Scores up to 10000 give the exact loss and gradient, also when the next row is small."""
    loss, dx = student.softmax_loss(*scores)
    expected_loss, expected_dx = reference.softmax_loss(*scores)
    assert_close(loss, expected_loss, name="loss")
    assert_close(dx, expected_dx, name="dx")


@pytest.mark.points(1)
@given(class_scores(values=MODERATE))
def test_minus_infinity_means_impossible(student, reference, scores):
    """A wrong class with the score -inf counts for nothing; a right one makes the loss inf."""
    x, y = scores
    rows = np.arange(len(x))
    x = np.concatenate([x, np.zeros((len(x), 1))], axis=1)
    x[rows, (y + 1) % x.shape[1]] = -np.inf
    loss, dx = student.softmax_loss(x, y)
    expected_loss, expected_dx = reference.softmax_loss(x, y)
    assert_close(loss, expected_loss, name="loss")
    assert_close(dx, expected_dx, name="dx")
    impossible, _ = student.softmax_loss(x, (y + 1) % x.shape[1])
    assert_close(impossible, np.inf, name="`loss` with an impossible label")


@pytest.mark.points(1)
@pytest.mark.limits(seconds=10)
def test_a_large_batch_takes_seconds(student, reference):
    """The loss of 1000 examples in 1000 classes, a view of a larger array, takes less than 10 seconds."""
    rng = np.random.default_rng(20)
    x, y = 10.0 * rng.standard_normal((1000, 2000)).T[::2], rng.integers(0, 1000, 1000)
    loss, _ = student.softmax_loss(x, y)
    expected, _ = reference.softmax_loss(x, y)
    assert_close(loss, expected, name="loss")
