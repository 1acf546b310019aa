"""Four functions of a deep network."""

import numpy as np


def softmax_loss(x, y):
    """Mean cross-entropy of the scores `x` (N, C) with labels `y` (N,), and its gradient."""
    n = len(x)
    rows = np.arange(n)
    shifted = x - x.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    totals = exponentials.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(totals[:, 0]) - shifted[rows, y])
    dx = exponentials / totals
    dx[rows, y] -= 1
    return float(loss), dx / n


def batchnorm_forward(x, gamma, beta, eps):
    """The normalized, scaled and shifted batch, and what backward needs of it."""
    centered = x - x.mean(axis=0)
    inverse = 1 / np.sqrt((centered**2).mean(axis=0) + eps)
    x_hat = centered * inverse
    return gamma * x_hat + beta, (x_hat, gamma, inverse)


def batchnorm_backward(dout, cache):
    """The gradients with respect to x, gamma and beta."""
    x_hat, gamma, inverse = cache
    n = len(dout)
    dbeta = dout.sum(axis=0)
    dgamma = (dout * x_hat).sum(axis=0)
    return gamma * inverse / n * (n * dout - dbeta - x_hat * dgamma), dgamma, dbeta


def max_pool_backward(dout, x, size, stride):
    """The gradient of max pooling: the first maximum of each window receives its share."""
    dx = np.zeros_like(x)
    images, channels = np.ogrid[: x.shape[0], : x.shape[1]]
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            window = x[:, :, i * stride : i * stride + size, j * stride : j * stride + size]
            first = window.reshape(*window.shape[:2], -1).argmax(axis=2)
            rows, columns = i * stride + first // size, j * stride + first % size
            dx[images, channels, rows, columns] += dout[:, :, i, j]
    return dx
