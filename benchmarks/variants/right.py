"""Each function of `deep` as students write it; `NAME__STYLE` becomes `NAME` in a submission."""

import numpy as np


def softmax_loss__shifted(x, y):
    n = len(x)
    rows = np.arange(n)
    shifted = x - x.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    totals = exponentials.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(totals[:, 0]) - shifted[rows, y])
    dx = exponentials / totals
    dx[rows, y] -= 1
    return float(loss), dx / n


def softmax_loss__one_hot(x, y):
    one_hot = np.eye(x.shape[1])[y]
    shifted = x - np.max(x, axis=1)[:, None]
    totals = np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    logs = shifted - totals
    loss = -np.sum(logs * one_hot) / x.shape[0]
    return loss, (np.exp(logs) - one_hot) / x.shape[0]


def softmax_loss__rows(x, y):
    n, c = x.shape
    loss, dx = 0.0, np.zeros((n, c))
    for i in range(n):
        shifted = x[i] - x[i].max()
        exponentials = np.exp(shifted)
        totals = exponentials.sum()
        loss += np.log(totals) - shifted[y[i]]
        dx[i] = exponentials / totals
        dx[i, y[i]] -= 1
    dx /= n
    return loss / n, dx


def softmax_loss__nested(x, y):
    def log_softmax(shifted):
        shifted = shifted - shifted.max(axis=1, keepdims=True)
        return shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))

    logs = log_softmax(x)
    rows = range(len(y))
    dx = np.exp(logs)
    dx[rows, y] -= 1.0
    return -logs[rows, y].mean(), np.divide(dx, len(y))


def batchnorm_forward__tuple(x, gamma, beta, eps):
    centered = x - x.mean(axis=0)
    inverse = 1 / np.sqrt((centered**2).mean(axis=0) + eps)
    x_hat = centered * inverse
    return gamma * x_hat + beta, (centered, x_hat, gamma, inverse)


def batchnorm_forward__var(x, gamma, beta, eps):
    mu, variance = np.mean(x, axis=0), np.var(x, axis=0)
    std = np.sqrt(variance + eps)
    x_hat = (x - mu) / std
    out = x_hat * gamma + beta
    cache = (x - mu, x_hat, gamma, 1.0 / std)
    return out, cache


def batchnorm_forward__columns(x, gamma, beta, eps):
    out, x_hat, centered = np.empty_like(x), np.empty_like(x), np.empty_like(x)
    inverse = np.empty(x.shape[1])
    for d in range(x.shape[1]):
        centered[:, d] = x[:, d] - x[:, d].mean()
        inverse[d] = (np.square(centered[:, d]).mean() + eps) ** -0.5
        x_hat[:, d] = centered[:, d] * inverse[d]
        out[:, d] = gamma[d] * x_hat[:, d] + beta[d]
    return out, (centered, x_hat, gamma, inverse)


def batchnorm_backward__short(dout, cache):
    _, x_hat, gamma, inverse = cache
    n = len(dout)
    dbeta = dout.sum(axis=0)
    dgamma = (dout * x_hat).sum(axis=0)
    return gamma * inverse / n * (n * dout - dbeta - x_hat * dgamma), dgamma, dbeta


def batchnorm_backward__steps(dout, cache):
    centered, x_hat, gamma, inverse = cache
    n = dout.shape[0]
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout * x_hat, axis=0)
    dx_hat = dout * gamma
    dvariance = np.sum(dx_hat * centered, axis=0) * -0.5 * inverse**3
    dmu = -np.sum(dx_hat * inverse, axis=0) + dvariance * -2.0 * centered.mean(axis=0)
    dx = dx_hat * inverse + dvariance * 2.0 * centered / n + dmu / n
    return dx, dgamma, dbeta


def max_pool_backward__vectorized(dout, x, size, stride):
    dx = np.zeros_like(x)
    images, channels = np.ogrid[: x.shape[0], : x.shape[1]]
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            window = x[:, :, i * stride : i * stride + size, j * stride : j * stride + size]
            first = window.reshape(*window.shape[:2], -1).argmax(axis=2)
            dx[images, channels, i * stride + first // size, j * stride + first % size] += dout[:, :, i, j]
    return dx


def max_pool_backward__loops(dout, x, size, stride):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*dout.shape):
        top, left = i * stride, j * stride
        window = x[n, c, top : top + size, left : left + size]
        a, b = np.unravel_index(np.argmax(window), window.shape)
        dx[n, c, top + a, left + b] += dout[n, c, i, j]
    return dx


def max_pool_backward__flat(dout, x, size, stride):
    dx = np.zeros_like(x)
    for n in range(x.shape[0]):
        for c in range(x.shape[1]):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
                    place = int(window.ravel().argmax())
                    dx[n, c, i * stride + place // size, j * stride + place % size] += dout[n, c, i, j]
    return dx
