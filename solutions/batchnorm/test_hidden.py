"""Hidden tests of `batchnorm`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.testing import arrays_of, assert_close, assert_raises, batches

EPS = st.sampled_from([0.5, 1e-3, 1e-5])
# Constant features shrink best, but on them several mistakes give the same dx and could not be told apart.
VARIED = batches(min_rows=3, values=(0.0, 1.0, -1.0, 2.0, -3.0)).filter(
    lambda batch: batch[0].std(axis=0).all()
)


@pytest.mark.points(2)
@given(batches(), EPS)
def test_output_is_normalized_scaled_and_shifted(student, reference, batch, eps):
    """In mode "train" the output is gamma times the normalized batch plus beta."""
    out, _ = student.batchnorm_forward(*batch, {"mode": "train", "eps": eps})
    expected, _ = reference.batchnorm_forward(*batch, {"mode": "train", "eps": eps})
    assert_close(out, expected, name="out")


@pytest.mark.points(1)
def test_large_means_and_float32_keep_their_spread(student):
    """A mean of 1e8 in float64 or 1e4 in float32 leaves the output right, in the dtype of the batch."""
    spread = np.array([[-3.0, 2.0], [-1.0, 0.0], [1.0, -4.0], [3.0, 2.0]])
    for dtype, mean, tolerance in ((np.float64, 1e8, 1e-6), (np.float32, 1e4, 1e-2), (np.float32, 0.0, 1e-5)):
        x = (mean + spread).astype(dtype)
        gamma, beta = np.array([2.0, -1.0], dtype=dtype), np.array([0.5, 3.0], dtype=dtype)
        expected = gamma * (spread - spread.mean(axis=0)) / np.sqrt(spread.var(axis=0) + 1e-5) + beta
        out, _ = student.batchnorm_forward(x, gamma, beta, {"mode": "train"})
        assert_close(out, expected.astype(dtype), name=f"`out` for a mean of {mean:g}", atol=tolerance)


@pytest.mark.points(2)
@given(batches(), st.sampled_from([0.75, 0.9, 0.0]), st.data())
def test_running_statistics_move_toward_those_of_the_batch(student, reference, batch, momentum, data):
    """Mode "train" mixes the statistics of the batch into the running ones, which start at 0 by default."""
    x = batch[0]
    mean = data.draw(arrays_of((x.shape[1],)), label="running_mean")
    var = data.draw(arrays_of((x.shape[1],), (4.0, 1.0, 0.0, 2.5)), label="running_var")
    for given_statistics in ({"momentum": momentum, "running_mean": mean, "running_var": var}, {}):
        seen = {"mode": "train", **given_statistics}
        expected = {"mode": "train", **given_statistics}
        student.batchnorm_forward(*batch, seen)
        reference.batchnorm_forward(*batch, expected)
        assert_close(seen.get("running_mean"), expected["running_mean"], name="running_mean")
        assert_close(seen.get("running_var"), expected["running_var"], name="running_var")


@pytest.mark.points(1)
@given(batches(), EPS, st.data())
def test_mode_test_uses_the_running_statistics(student, reference, batch, eps, data):
    """In mode "test" the running statistics normalize every row, and stay as they are."""
    x, gamma, beta = batch
    mean = data.draw(arrays_of((x.shape[1],)), label="running_mean")
    var = data.draw(arrays_of((x.shape[1],), (4.0, 1.0, 0.0, 2.5)), label="running_var")
    given_param = {"mode": "test", "eps": eps, "running_mean": mean, "running_var": var}
    for rows in (x, x[:1], x[:0]):
        seen = dict(given_param)
        out, _ = student.batchnorm_forward(rows, gamma, beta, seen)
        expected, _ = reference.batchnorm_forward(rows, gamma, beta, dict(given_param))
        assert_close(out, expected, name=f"`out` of {len(rows)} rows")
        assert_close(seen.get("running_mean"), mean, name="running_mean")
        assert_close(seen.get("running_var"), var, name="running_var")


@pytest.mark.points(2)
@pytest.mark.needs("test_output_is_normalized_scaled_and_shifted")
@given(batches(), EPS, st.data())
def test_dgamma_and_dbeta_are_sums_over_the_batch(student, reference, batch, eps, data):
    """`dbeta` is the sum of dout over the batch, and `dgamma` that of dout times the normalized batch."""
    dout = data.draw(arrays_of(batch[0].shape), label="dout")
    _, cache = student.batchnorm_forward(*batch, {"mode": "train", "eps": eps})
    _, dgamma, dbeta = student.batchnorm_backward(dout, cache)
    _, kept = reference.batchnorm_forward(*batch, {"mode": "train", "eps": eps})
    _, expected_dgamma, expected_dbeta = reference.batchnorm_backward(dout, kept)
    assert_close(dgamma, expected_dgamma, name="dgamma")
    assert_close(dbeta, expected_dbeta, name="dbeta")


@pytest.mark.points(4)
@pytest.mark.needs("test_output_is_normalized_scaled_and_shifted")
@given(batches(), EPS, st.data())
def test_dx_flows_through_the_mean_and_the_variance(student, reference, batch, eps, data):
    """`dx` is the gradient through x itself, through the mean and through the variance of the batch."""
    dout = data.draw(arrays_of(batch[0].shape), label="dout")
    _, cache = student.batchnorm_forward(*batch, {"mode": "train", "eps": eps})
    dx, _, _ = student.batchnorm_backward(dout, cache)
    _, kept = reference.batchnorm_forward(*batch, {"mode": "train", "eps": eps})
    expected, _, _ = reference.batchnorm_backward(dout, kept)
    assert_close(dx, expected, name="dx")


@pytest.mark.points(1)
@pytest.mark.needs("test_output_is_normalized_scaled_and_shifted")
@given(VARIED, st.data())
def test_gradients_in_float32_stay_in_float32(student, reference, batch, data):
    """A batch in float32 has the right gradients in float32."""
    dout = data.draw(arrays_of(batch[0].shape), label="dout")
    _, kept = reference.batchnorm_forward(*batch, {"mode": "train", "eps": 0.5})
    expected = reference.batchnorm_backward(dout, kept)
    single = [array.astype(np.float32) for array in batch]
    _, cache = student.batchnorm_forward(*single, {"mode": "train", "eps": 0.5})
    gradients = student.batchnorm_backward(dout.astype(np.float32), cache)
    for name, seen, wanted in zip(("dx", "dgamma", "dbeta"), gradients, expected, strict=True):
        assert_close(seen, wanted.astype(np.float32), name=name, rtol=1e-5, atol=5e-5)


@pytest.mark.points(1)
@pytest.mark.needs("test_output_is_normalized_scaled_and_shifted")
def test_degenerate_batches_have_an_answer(student):
    """One row, a constant feature, no rows and an unknown mode give what the statement says."""
    gamma, beta = np.array([2.0, -3.0]), np.array([0.5, -0.5])
    out, cache = student.batchnorm_forward(np.array([[3.0, 4.0]]), gamma, beta, {"mode": "train"})
    dx, dgamma, dbeta = student.batchnorm_backward(np.array([[1.0, 2.0]]), cache)
    assert_close(out, np.array([[0.5, -0.5]]), name="`out` of one row")
    assert_close(dx, np.zeros((1, 2)), name="`dx` of one row")
    assert_close(dgamma, np.zeros(2), name="`dgamma` of one row")
    assert_close(dbeta, np.array([1.0, 2.0]), name="`dbeta` of one row")
    out, _ = student.batchnorm_forward(np.full((3, 2), 0.1), gamma, beta, {"mode": "train"})
    assert_close(out, np.tile(beta, (3, 1)), name="`out` of constant features")
    assert_raises(ValueError, student.batchnorm_forward, np.zeros((0, 2)), gamma, beta, {"mode": "train"})
    assert_raises(ValueError, student.batchnorm_forward, np.ones((3, 2)), gamma, beta, {"mode": "eval"})
