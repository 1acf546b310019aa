"""Softmax loss with its gradient."""

import numpy as np


def softmax_loss(x, y):
    """Mean cross-entropy of softmax scores, with its gradient.

    Args:
        x: scores, shape (N, C), float64 or float32 (whole numbers count as float64); not modified.
        y: the right class of each row, shape (N,), integers with 0 <= y < C; not modified.

    Returns:
        loss: the mean over the rows of ln(sum_k exp(x[i, k])) - x[i, y[i]], a float.
        dx: the gradient of the loss with respect to x, shape (N, C), in the dtype of x.

    Raises:
        ValueError: N is 0.
    """
    # TODO: compute the loss, then the gradient. README.md says what happens to very large scores.
    raise NotImplementedError("softmax_loss")
