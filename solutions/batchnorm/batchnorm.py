"""Batch normalization, forward and backward."""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    """Normalize every column of `x` (N, D); returns `out` and what backward needs.

    In mode "train" the running statistics in `bn_param` are replaced by new arrays.

    Raises:
        ValueError: the mode is neither "train" nor "test", or there are no rows to train on.
    """
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1], dtype=x.dtype))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1], dtype=x.dtype))

    if mode == "test":
        # No batch statistics here: the answer for one example must not depend on its neighbors.
        out = gamma * (x - running_mean) / np.sqrt(running_var + eps) + beta
        return out.astype(x.dtype, copy=False), None
    if mode != "train":
        raise ValueError(f"mode must be 'train' or 'test', not {mode!r}")
    if len(x) == 0:
        raise ValueError("an empty batch has no mean")

    # The variance comes from the centered values. mean(x**2) - mean(x)**2 is the same on paper, but for a
    # large mean it subtracts two huge numbers that agree in all their digits.
    mean = x.mean(axis=0)
    centered = x - mean
    variance = (centered**2).mean(axis=0)

    # eps stands under the root, so that a constant feature is divided by sqrt(eps) and not by 0.
    inv_std = 1 / np.sqrt(variance + eps)
    x_hat = centered * inv_std
    out = gamma * x_hat + beta

    bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * mean
    bn_param["running_var"] = momentum * running_var + (1 - momentum) * variance
    return out.astype(x.dtype, copy=False), (x_hat, gamma, inv_std)


def batchnorm_backward(dout, cache):
    """The gradients with respect to x, gamma and beta, from the upstream gradient `dout` (N, D)."""
    x_hat, gamma, inv_std = cache
    n = len(dout)

    # Every example uses the same gamma and beta, so their gradients add up over the batch.
    dbeta = dout.sum(axis=0)
    dgamma = (dout * x_hat).sum(axis=0)

    # An x acts in three ways: through its own x_hat (n * dout), through the mean of the batch (dbeta) and
    # through its variance (x_hat * dgamma). The last two take from dout what shifting or stretching the whole
    # column would change, because normalization undoes both.
    dx = gamma * inv_std / n * (n * dout - dbeta - x_hat * dgamma)
    return dx.astype(dout.dtype, copy=False), dgamma, dbeta
