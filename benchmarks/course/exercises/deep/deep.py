"""Four functions of a deep network."""

import numpy as np


def softmax_loss(x, y):
    """The mean cross-entropy of the scores x (N, C) with labels y (N,), and its gradient (N, C)."""
    # TODO
    raise NotImplementedError("softmax_loss")


def batchnorm_forward(x, gamma, beta, eps):
    """The normalized, scaled and shifted batch x (N, D), and a cache for backward."""
    # TODO
    raise NotImplementedError("batchnorm_forward")


def batchnorm_backward(dout, cache):
    """The gradients with respect to x (N, D), gamma (D,) and beta (D,)."""
    # TODO
    raise NotImplementedError("batchnorm_backward")


def max_pool_backward(dout, x, size, stride):
    """The gradient of max pooling with respect to the images x (N, C, H, W)."""
    # TODO
    raise NotImplementedError("max_pool_backward")
