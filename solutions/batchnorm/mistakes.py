"""Well-known wrong versions of `batchnorm_forward` and `batchnorm_backward`."""

import numpy as np

from grader.testing import mistake


def _checked(x, bn_param):
    if bn_param["mode"] not in ("train", "test"):
        raise ValueError("unknown mode")
    if bn_param["mode"] == "train" and len(x) == 0:
        raise ValueError("empty batch")


def _running(x, bn_param):
    zeros = np.zeros(x.shape[1], dtype=x.dtype)
    return bn_param.get("running_mean", zeros), bn_param.get("running_var", zeros)


def _store(x, bn_param, mean, variance):
    momentum = bn_param.get("momentum", 0.9)
    running_mean, running_var = _running(x, bn_param)
    bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * mean
    bn_param["running_var"] = momentum * running_var + (1 - momentum) * variance


def _forward(x, gamma, beta, bn_param, inverse=None, variance=None):
    """A forward pass with another inverse standard deviation or another variance than the right one."""
    _checked(x, bn_param)
    eps = bn_param.get("eps", 1e-5)
    inverse = inverse or (lambda var, eps: 1 / np.sqrt(var + eps))
    if bn_param["mode"] == "test":
        running_mean, running_var = _running(x, bn_param)
        return (gamma * (x - running_mean) * inverse(running_var, eps) + beta).astype(x.dtype), None
    mean, var = x.mean(axis=0), (variance or (lambda x: x.var(axis=0)))(x)
    _store(x, bn_param, mean, var)
    inv_std = inverse(var, eps)
    x_hat = (x - mean) * inv_std
    return (gamma * x_hat + beta).astype(x.dtype), (x_hat, gamma, inv_std)


def _backward(dout, cache):
    x_hat, gamma, inv_std = cache
    dbeta, dgamma = dout.sum(axis=0), (dout * x_hat).sum(axis=0)
    dx = gamma * inv_std * (dout - dbeta / len(dout) - x_hat * dgamma / len(dout))
    return dx.astype(dout.dtype), dgamma, dbeta


# --- forward ------------------------------------------------------------------------------------------------


@mistake(
    "divides the variance by N - 1",
    hint="Which average does the statement ask for: over N or over N - 1? What does `ddof` do?",
)
def batchnorm_forward(x, gamma, beta, bn_param):
    ddof = min(1, len(x) - 1)
    return _forward(x, gamma, beta, bn_param, variance=lambda x: x.var(axis=0, ddof=ddof))


@mistake(
    "normalizes each example over its features",
    hint="Which axis holds the batch? There is one mean for each feature, not one for each example.",
)
def batchnorm_forward(x, gamma, beta, bn_param):
    _checked(x, bn_param)
    if bn_param["mode"] == "test":
        return _forward(x, gamma, beta, bn_param)
    _store(x, bn_param, x.mean(axis=0), x.var(axis=0))
    inv_std = 1 / np.sqrt(x.var(axis=1, keepdims=True) + bn_param.get("eps", 1e-5))
    x_hat = (x - x.mean(axis=1, keepdims=True)) * inv_std
    return (gamma * x_hat + beta).astype(x.dtype), (x_hat, gamma, inv_std)


@mistake(
    "adds eps outside the root",
    hint="With eps = 0.5, is sqrt(var) + eps the same as sqrt(var + eps)? Which one is in the statement?",
)
def batchnorm_forward(x, gamma, beta, bn_param):
    return _forward(x, gamma, beta, bn_param, inverse=lambda var, eps: 1 / (np.sqrt(var) + eps))


@mistake(
    "leaves eps out",
    hint="What do you divide by when a feature is constant over the batch?",
)
def batchnorm_forward(x, gamma, beta, bn_param):
    return _forward(x, gamma, beta, bn_param, inverse=lambda var, eps: 1 / np.sqrt(var))


@mistake(
    "uses 1e-5 whatever eps is given",
    hint="Does your result change when `bn_param` holds eps = 0.5? Should it?",
)
def batchnorm_forward(x, gamma, beta, bn_param):
    return _forward(x, gamma, beta, bn_param, inverse=lambda var, eps: 1 / np.sqrt(var + 1e-5))


@mistake(
    "divides by the variance instead of its root",
    hint="If x is in meters, in which unit is its variance? The normalized values should have no unit.",
)
def batchnorm_forward(x, gamma, beta, bn_param):
    return _forward(x, gamma, beta, bn_param, inverse=lambda var, eps: 1 / (var + eps))


@mistake(
    "computes the variance as the mean of squares less the square of the mean",
    hint="Which digits are left when you subtract two numbers near 1e16? Center the values before squaring.",
)
def batchnorm_forward(x, gamma, beta, bn_param):
    def variance(x):
        return (x**2).mean(axis=0) - x.mean(axis=0) ** 2

    return _forward(x, gamma, beta, bn_param, variance=variance)


@mistake(
    "swaps gamma and beta",
    hint="Which of the two is the scale and which the shift? What is the mean of an output column?",
)
def batchnorm_forward(x, gamma, beta, bn_param):
    return _forward(x, beta, gamma, bn_param)


@mistake(
    "returns float64 whatever the batch is",
    hint="Print the dtype of every array for a float32 batch. Where does it become float64?",
)
def batchnorm_forward(x, gamma, beta, bn_param):
    out, cache = _forward(x, gamma, beta, bn_param)
    return out.astype(np.float64), cache


@mistake(
    "takes any other mode for training",
    hint='What does your code do when the mode is "eval"? The statement names the error.',
)
def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    bn_param["mode"] = "test" if mode == "test" else "train"
    result = _forward(x, gamma, beta, bn_param)
    bn_param["mode"] = mode
    return result


@mistake(
    "trains on an empty batch",
    hint="What is the mean of no rows? The statement names the error that says so.",
)
def batchnorm_forward(x, gamma, beta, bn_param):
    if bn_param["mode"] == "train" and len(x) == 0:
        return x.copy(), None
    return _forward(x, gamma, beta, bn_param)


# --- running statistics and test mode -----------------------------------------------------------------------


@mistake(
    "gives the momentum to the new statistics",
    hint="With momentum 0.9, whose weight is 0.9: that of the old mean or of the new one?",
)
def batchnorm_forward(x, gamma, beta, bn_param):
    momentum = bn_param.get("momentum", 0.9)
    result = _forward(x, gamma, beta, {**bn_param})
    if bn_param["mode"] == "train":
        bn_param["momentum"] = 1 - momentum
        _store(x, bn_param, x.mean(axis=0), x.var(axis=0))
        bn_param["momentum"] = momentum
    return result


@mistake(
    "stores a running variance divided by N - 1",
    hint="Does the running variance collect the variance that you normalize with, or another one?",
)
def batchnorm_forward(x, gamma, beta, bn_param):
    result = _forward(x, gamma, beta, {**bn_param})
    if bn_param["mode"] == "train":
        _store(x, bn_param, x.mean(axis=0), x.var(axis=0, ddof=min(1, len(x) - 1)))
    return result


@mistake(
    "stores the standard deviation as running variance",
    hint="What do you take the root of at test time? It must not be taken twice.",
)
def batchnorm_forward(x, gamma, beta, bn_param):
    result = _forward(x, gamma, beta, {**bn_param})
    if bn_param["mode"] == "train":
        _store(x, bn_param, x.mean(axis=0), x.std(axis=0))
    return result


@mistake(
    "never stores the running statistics",
    hint="Look at `bn_param` after a call in mode train. Which keys should have changed?",
)
def batchnorm_forward(x, gamma, beta, bn_param):
    return _forward(x, gamma, beta, {**bn_param})


@mistake(
    "starts the running variance at 1",
    hint="PyTorch starts the running variance at 1. What does the statement start with?",
)
def batchnorm_forward(x, gamma, beta, bn_param):
    bn_param.setdefault("running_var", np.ones(x.shape[1], dtype=x.dtype))
    return _forward(x, gamma, beta, bn_param)


@mistake(
    "uses the statistics of the batch at test time",
    hint="At test time an example gets the same output alone as among others. Which statistics allow that?",
)
def batchnorm_forward(x, gamma, beta, bn_param):
    if bn_param["mode"] == "test" and len(x):
        return _forward(x, gamma, beta, {**bn_param, "mode": "train"})
    return _forward(x, gamma, beta, bn_param)


@mistake(
    "updates the running statistics at test time",
    hint="Should looking at test data change the model? In which mode do the running statistics move?",
)
def batchnorm_forward(x, gamma, beta, bn_param):
    result = _forward(x, gamma, beta, bn_param)
    if bn_param["mode"] == "test" and len(x):
        _store(x, bn_param, x.mean(axis=0), x.var(axis=0))
    return result


# --- backward -----------------------------------------------------------------------------------------------


@mistake(
    "treats the mean and the variance as constants in the backward pass",
    hint="Nudge one x: do the outputs of the other examples move? Through what?",
)
def batchnorm_backward(dout, cache):
    _, gamma, inv_std = cache
    _, dgamma, dbeta = _backward(dout, cache)
    return (gamma * inv_std * dout).astype(dout.dtype), dgamma, dbeta


@mistake(
    "lets no gradient through the variance",
    hint="Stretch a column of x by a factor: the output stays almost as it is. Does your dx know that?",
)
def batchnorm_backward(dout, cache):
    _, gamma, inv_std = cache
    _, dgamma, dbeta = _backward(dout, cache)
    return (gamma * inv_std * (dout - dout.mean(axis=0))).astype(dout.dtype), dgamma, dbeta


@mistake(
    "lets no gradient through the mean",
    hint="Shift a column of x by a constant: the output stays. So what must each column of dx sum to?",
)
def batchnorm_backward(dout, cache):
    x_hat, gamma, inv_std = cache
    _, dgamma, dbeta = _backward(dout, cache)
    dx = gamma * inv_std * (dout - x_hat * dgamma / len(dout))
    return dx.astype(dout.dtype), dgamma, dbeta


@mistake(
    "forgets gamma in dx",
    hint="The output is gamma times the normalized value. What does the chain rule do with that factor?",
)
def batchnorm_backward(dout, cache):
    x_hat, gamma, inv_std = cache
    dx, _, _ = _backward(dout, (x_hat, np.ones_like(gamma), inv_std))
    _, dgamma, dbeta = _backward(dout, cache)
    return dx, dgamma, dbeta


@mistake(
    "averages dgamma and dbeta over the batch",
    hint="Each example uses gamma once. Do the contributions of N uses add up, or average out?",
)
def batchnorm_backward(dout, cache):
    dx, dgamma, dbeta = _backward(dout, cache)
    return dx, dgamma / len(dout), dbeta / len(dout)


@mistake(
    "divides by N - 1 in dx",
    hint="Differentiate the mean (1/N) sum x by one x. Which factor do you get?",
)
def batchnorm_backward(dout, cache):
    x_hat, gamma, inv_std = cache
    _, dgamma, dbeta = _backward(dout, cache)
    count = max(1, len(dout) - 1)
    dx = gamma * inv_std * (dout - dbeta / count - x_hat * dgamma / count)
    return dx.astype(dout.dtype), dgamma, dbeta


@mistake(
    "averages over the features in dx",
    hint="Along which axis does forward take the mean? The gradient goes back along the same one.",
)
def batchnorm_backward(dout, cache):
    x_hat, gamma, inv_std = cache
    _, dgamma, dbeta = _backward(dout, cache)
    scaled = gamma * dout
    along = (scaled * x_hat).mean(axis=1, keepdims=True)
    dx = inv_std * (scaled - scaled.mean(axis=1, keepdims=True) - x_hat * along)
    return dx.astype(dout.dtype), dgamma, dbeta


@mistake(
    "returns dgamma and dbeta in the wrong order",
    hint="The order is that of the forward arguments. Which of the two needs the normalized batch?",
)
def batchnorm_backward(dout, cache):
    dx, dgamma, dbeta = _backward(dout, cache)
    return dx, dbeta, dgamma


@mistake(
    "multiplies dout by itself in dgamma",
    hint="Differentiate gamma * x_hat + beta by gamma. Which array remains, and is it in your cache?",
)
def batchnorm_backward(dout, cache):
    dx, _, dbeta = _backward(dout, cache)
    return dx, (dout**2).sum(axis=0), dbeta


@mistake(
    "returns gradients in float64 whatever the batch is",
    hint="Print the dtype of each gradient for a float32 batch. Where does it become float64?",
)
def batchnorm_backward(dout, cache):
    dx, dgamma, dbeta = _backward(dout, cache)
    return dx.astype(np.float64), dgamma.astype(np.float64), dbeta.astype(np.float64)
