"""Batch normalization that confuses whose weight the momentum is."""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    N, D = x.shape
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(D, dtype=x.dtype))
    running_var = bn_param.get("running_var", np.zeros(D, dtype=x.dtype))
    if mode == "test":
        return (x - running_mean) / np.sqrt(running_var + eps) * gamma + beta, None
    if mode != "train" or N == 0:
        raise ValueError("mode must be train with rows, or test")
    mu, var = np.mean(x, axis=0), np.var(x, axis=0)
    normalized = (x - mu) / np.sqrt(var + eps)
    bn_param["running_mean"] = (1 - momentum) * running_mean + momentum * mu
    bn_param["running_var"] = (1 - momentum) * running_var + momentum * var
    return gamma * normalized + beta, (normalized, gamma, var, eps)


def batchnorm_backward(dout, cache):
    normalized, gamma, var, eps = cache
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout * normalized, axis=0)
    dnormalized = dout * gamma
    dx = dnormalized - dnormalized.mean(axis=0) - normalized * (dnormalized * normalized).mean(axis=0)
    return dx / np.sqrt(var + eps), dgamma, dbeta
