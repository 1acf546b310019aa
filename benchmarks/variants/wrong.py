"""Mistakes that students make in `deep`; `NAME__MISTAKE` takes the place of a right `NAME`."""

import numpy as np


def softmax_loss__without_the_mean(x, y):
    rows = np.arange(len(x))
    shifted = x - x.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    totals = exponentials.sum(axis=1, keepdims=True)
    dx = exponentials / totals
    dx[rows, y] -= 1
    return float(np.mean(np.log(totals[:, 0]) - shifted[rows, y])), dx


def softmax_loss__sums(x, y):
    rows = np.arange(len(x))
    shifted = x - x.max(axis=1, keepdims=True)
    totals = np.exp(shifted).sum(axis=1, keepdims=True)
    dx = np.exp(shifted) / totals
    dx[rows, y] -= 1
    return float(np.sum(np.log(totals[:, 0]) - shifted[rows, y])), dx


def softmax_loss__overflows(x, y):
    n = len(x)
    exponentials = np.exp(x)
    dx = exponentials / exponentials.sum(axis=1, keepdims=True)
    loss = -np.mean(np.log(dx[np.arange(n), y]))
    dx[np.arange(n), y] -= 1
    return float(loss), dx / n


def softmax_loss__maximum_of_all(x, y):
    n = len(x)
    shifted = x - x.max()
    exponentials = np.exp(shifted)
    totals = exponentials.sum(axis=1)
    dx = exponentials / totals[:, None]
    dx[np.arange(n), y] -= 1
    return float(np.mean(np.log(totals) - shifted[np.arange(n), y])), dx / n


def batchnorm_forward__ddof(x, gamma, beta, eps):
    centered = x - x.mean(axis=0)
    inverse = 1 / np.sqrt(x.var(axis=0, ddof=1) + eps)
    x_hat = centered * inverse
    return gamma * x_hat + beta, (centered, x_hat, gamma, inverse)


def batchnorm_forward__eps_outside(x, gamma, beta, eps):
    centered = x - x.mean(axis=0)
    inverse = 1 / (x.std(axis=0) + eps)
    x_hat = centered * inverse
    return gamma * x_hat + beta, (centered, x_hat, gamma, inverse)


def batchnorm_forward__rows(x, gamma, beta, eps):
    centered = x - x.mean(axis=1, keepdims=True)
    inverse = 1 / np.sqrt(x.var(axis=1, keepdims=True) + eps)
    x_hat = centered * inverse
    return gamma * x_hat + beta, (centered, x_hat, gamma, inverse)


def batchnorm_backward__constant_statistics(dout, cache):
    _, x_hat, gamma, inverse = cache
    return gamma * inverse * dout, (dout * x_hat).sum(axis=0), dout.sum(axis=0)


def batchnorm_backward__without_the_variance(dout, cache):
    _, x_hat, gamma, inverse = cache
    dx = gamma * inverse * (dout - dout.mean(axis=0))
    return dx, (dout * x_hat).sum(axis=0), dout.sum(axis=0)


def batchnorm_backward__means(dout, cache):
    _, x_hat, gamma, inverse = cache
    dbeta, dgamma = dout.mean(axis=0), (dout * x_hat).mean(axis=0)
    return gamma * inverse * (dout - dbeta - x_hat * dgamma), dgamma, dbeta


def max_pool_backward__assigns(dout, x, size, stride):
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(*dout.shape):
        top, left = i * stride, j * stride
        window = x[n, c, top : top + size, left : left + size]
        a, b = np.unravel_index(window.argmax(), window.shape)
        dx[n, c, top + a, left + b] = dout[n, c, i, j]
    return dx


def max_pool_backward__strides_by_size(dout, x, size, stride):
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(*dout.shape):
        top, left = i * size, j * size
        window = x[n, c, top : top + size, left : left + size]
        if window.size:
            a, b = np.unravel_index(window.argmax(), window.shape)
            dx[n, c, top + a, left + b] += dout[n, c, i, j]
    return dx


def max_pool_backward__ties_share(dout, x, size, stride):
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(*dout.shape):
        top, left = i * stride, j * stride
        window = x[n, c, top : top + size, left : left + size]
        dx[n, c, top : top + size, left : left + size] += (window == window.max()) * dout[n, c, i, j]
    return dx
