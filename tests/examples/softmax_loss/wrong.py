"""Softmax loss that forgets what a mean does to a gradient."""

import numpy as np


def softmax_loss(x, y):
    if x.shape[0] == 0:
        raise ValueError("empty batch")
    logits = np.array(x, dtype=np.result_type(x.dtype, np.float32) if x.dtype.kind == "f" else np.float64)
    logits -= logits.max(axis=1)[:, np.newaxis]
    log_sums = np.log(np.exp(logits).sum(axis=1))
    picked = np.take_along_axis(logits, y[:, np.newaxis], axis=1)[:, 0]
    gradient = np.exp(logits - log_sums[:, np.newaxis])
    for row, label in enumerate(y):
        gradient[row, label] -= 1
    return float((log_sums - picked).mean()), gradient
