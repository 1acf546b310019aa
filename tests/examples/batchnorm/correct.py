"""Batch normalization feature by feature, with a class for the statistics and einsum for the sums."""

import math

import numpy as np


class Column:
    """One feature of the batch, in Python floats."""

    def __init__(self, values, eps):
        self.mean = math.fsum(values) / len(values)
        self.centered = [value - self.mean for value in values]
        self.var = math.fsum(c * c for c in self.centered) / len(values)
        self.std = math.sqrt(self.var + eps)


def batchnorm_forward(x, gamma, beta, bn_param):
    if bn_param["mode"] not in {"train", "test"}:
        raise ValueError("mode")
    N, D = x.shape
    eps, m = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    means = bn_param.get("running_mean", np.zeros(D))
    variances = bn_param.get("running_var", np.zeros(D))
    if bn_param["mode"] == "test":
        out = np.empty_like(x)
        for n in range(N):
            for d in range(D):
                out[n, d] = gamma[d] * (x[n, d] - means[d]) / math.sqrt(variances[d] + eps) + beta[d]
        return out, None
    if not N:
        raise ValueError("nothing to train on")
    columns = [Column(x[:, d].tolist(), eps) for d in range(D)]
    bn_param["running_mean"] = np.array([m * means[d] + (1 - m) * columns[d].mean for d in range(D)])
    bn_param["running_var"] = np.array([m * variances[d] + (1 - m) * columns[d].var for d in range(D)])
    bn_param["steps"] = bn_param.get("steps", 0) + 1
    centered = np.array([column.centered for column in columns], dtype=np.float64).T
    std = np.array([column.std for column in columns])
    out = (np.einsum("d,nd->nd", gamma, centered / std) + beta).astype(x.dtype)
    return out, {"centered": centered, "std": std, "gamma": gamma}


def batchnorm_backward(dout, cache):
    centered, std, gamma = cache["centered"], cache["std"], cache["gamma"]
    N = dout.shape[0]
    dbeta = np.einsum("nd->d", dout)
    dgamma = np.einsum("nd,nd->d", dout, centered / std)
    dhat = np.einsum("nd,d->nd", dout, gamma)
    dvar = np.einsum("nd,nd->d", dhat, centered) * -0.5 / std**3
    dmean = -dhat.sum(0) / std - 2 * dvar * centered.mean(0)
    dx = dhat / std + 2 * dvar * centered / N + dmean / N
    return dx.astype(dout.dtype), dgamma.astype(dout.dtype), dbeta.astype(dout.dtype)
