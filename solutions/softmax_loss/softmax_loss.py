"""Softmax loss with its gradient."""

import numpy as np


def softmax_loss(x, y):
    """Mean cross-entropy of the scores `x` (N, C) with labels `y` (N,), and its gradient (N, C).

    Raises:
        ValueError: N is 0.
    """
    n = len(x)
    if n == 0:
        raise ValueError("the mean over an empty batch is not defined")
    if not np.issubdtype(x.dtype, np.floating):
        x = x.astype(np.float64)  # differences of small integers would wrap around
    rows = np.arange(n)

    # exp overflows above 709 in float64. A constant taken off a row cancels in the softmax, so take the
    # largest score: every exponent is then at most 0, and one of them is exactly 0. It must be the maximum of
    # the row; less that of the whole batch, a row of small scores would underflow to 0 / 0.
    shifted = x - x.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    totals = exponentials.sum(axis=1, keepdims=True)

    # -ln p = ln(sum of exponentials) - score. Written this way, no probability that has underflowed to 0 goes
    # into a logarithm; the sum is at least 1.
    loss = np.mean(np.log(totals[:, 0]) - shifted[rows, y])

    # d/dx_k of ln(sum of exponentials) is p_k, and of the score at the label it is 1 there and 0 elsewhere.
    # The loss is a mean over n rows, so each row has a share of 1/n.
    dx = exponentials / totals
    dx[rows, y] -= 1
    dx /= n
    return float(loss), dx
