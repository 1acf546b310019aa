"""Public tests of `batchnorm`: promises that can be checked without knowing a solution."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.testing import arrays_of, assert_close, assert_gradient, assert_raises, batches

SPREAD = (0.0, 1.0, -1.0, 0.5, 2.0, -2.5, 1.75, -0.25)
EPS = st.sampled_from([0.5, 1e-3])


@given(batches(), EPS)
def test_output_columns_have_the_promised_mean_and_variance(student, batch, eps):
    """Each output column has mean beta and variance gamma**2 * var / (var + eps)."""
    x, gamma, beta = batch
    out, _ = student.batchnorm_forward(x, gamma, beta, {"mode": "train", "eps": eps})
    variance = x.var(axis=0)
    assert_close(out.mean(axis=0), beta, name="out.mean(axis=0)")
    assert_close(out.var(axis=0), gamma**2 * variance / (variance + eps), name="out.var(axis=0)")


def test_running_statistics_are_mixed_with_momentum(student):
    """With momentum 0.75, a quarter of the batch mean and variance enters the running statistics."""
    bn_param = {
        "mode": "train",
        "momentum": 0.75,
        "running_mean": np.array([4.0, 0.0]),
        "running_var": np.array([8.0, 4.0]),
    }
    x = np.array([[1.0, 2.0], [3.0, 2.0], [5.0, 2.0]])
    student.batchnorm_forward(x, np.ones(2), np.zeros(2), bn_param)
    assert_close(bn_param.get("running_mean"), np.array([3.75, 0.5]), name="running_mean")
    assert_close(bn_param.get("running_var"), np.array([6.0 + 2.0 / 3.0, 3.0]), name="running_var")


def test_rows_are_independent_at_test_time(student):
    """At test time a row is normalized by the running statistics, whatever else is in the batch."""
    x = np.array([[1.0, 4.0], [100.0, -50.0]])
    gamma, beta = np.array([2.0, 1.0]), np.array([0.0, -1.0])
    statistics = {"running_mean": np.array([0.0, 2.0]), "running_var": np.array([3.0, 0.0])}
    bn_param = {"mode": "test", "eps": 1.0, **statistics}
    for rows in (x, x[:1]):
        out, _ = student.batchnorm_forward(rows, gamma, beta, dict(bn_param))
        assert_close(out[0], np.array([1.0, 1.0]), name="out[0]")


@settings(max_examples=10)
@given(batches(min_rows=3, max_rows=4, max_features=2, values=SPREAD), EPS, st.data())
def test_gradients_agree_with_central_differences(student, batch, eps, data):
    """`dx`, `dgamma` and `dbeta` are how sum(dout * out) moves when an entry is nudged."""
    x, gamma, beta = batch
    dout = data.draw(arrays_of(x.shape), label="dout")

    def value(x, gamma, beta):
        out, _ = student.batchnorm_forward(x, gamma, beta, {"mode": "train", "eps": eps})
        return (dout * out).sum()

    _, cache = student.batchnorm_forward(x, gamma, beta, {"mode": "train", "eps": eps})
    dx, dgamma, dbeta = student.batchnorm_backward(dout, cache)
    assert_gradient(lambda nudged: value(x, gamma, nudged), beta, dbeta, name="dbeta")
    assert_gradient(lambda nudged: value(x, nudged, beta), gamma, dgamma, name="dgamma")
    assert_gradient(lambda nudged: value(nudged, gamma, beta), x, dx, name="dx", atol=1e-6)


@given(batches(), EPS, st.data())
def test_columns_of_dx_sum_to_zero(student, batch, eps, data):
    """Each column of `dx` sums to 0: moving all examples together changes nothing."""
    x, gamma, beta = batch
    dout = data.draw(arrays_of(x.shape), label="dout")
    _, cache = student.batchnorm_forward(x, gamma, beta, {"mode": "train", "eps": eps})
    dx, _, _ = student.batchnorm_backward(dout, cache)
    assert_close(dx.sum(axis=0), np.zeros(x.shape[1]), name="dx.sum(axis=0)")


def test_an_empty_batch_cannot_train(student):
    """A batch without rows has no statistics: in mode "train" that is a `ValueError`."""
    ones = np.ones(2)
    assert_raises(ValueError, student.batchnorm_forward, np.zeros((0, 2)), ones, ones, {"mode": "train"})
