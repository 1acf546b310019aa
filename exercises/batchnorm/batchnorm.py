"""Batch normalization, forward and backward."""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    """Normalize every feature over the batch, then scale and shift it.

    Args:
        x: the batch, shape (N, D), float64 or float32; not modified.
        gamma: the scale of each feature, shape (D,), in the dtype of x; not modified.
        beta: the shift of each feature, shape (D,), in the dtype of x; not modified.
        bn_param: a dict with
            mode: "train" or "test";
            eps: added to the variance, 1e-5 if absent;
            momentum: the weight of the old running statistics, 0.9 if absent;
            running_mean, running_var: shape (D,), zeros if absent. In mode "train" both are replaced.

    Returns:
        out: shape (N, D), in the dtype of x.
        cache: whatever your batchnorm_backward needs (None in mode "test").

    Raises:
        ValueError: the mode is another one, or N is 0 in mode "train".
    """
    # TODO: README.md has the formulas for both modes.
    raise NotImplementedError("batchnorm_forward")


def batchnorm_backward(dout, cache):
    """The gradients of batch normalization in mode "train".

    Args:
        dout: the upstream gradient, shape (N, D), in the dtype of x; not modified.
        cache: what your batchnorm_forward returned.

    Returns:
        dx: the gradient with respect to x, shape (N, D).
        dgamma: the gradient with respect to gamma, shape (D,).
        dbeta: the gradient with respect to beta, shape (D,).
        All three are in the dtype of x.
    """
    # TODO: the mean and the variance depend on x, too.
    raise NotImplementedError("batchnorm_backward")
