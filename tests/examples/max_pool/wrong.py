"""Max pooling whose backward pass marks every maximum with a mask."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def max_pool_forward(x, pool_param):
    h, w, s = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    if h > x.shape[2] or w > x.shape[3]:
        raise ValueError("window larger than image")
    windows = sliding_window_view(x, (h, w), axis=(2, 3))[:, :, ::s, ::s]
    return windows.max(axis=(4, 5)) if x.size else np.zeros(windows.shape[:4], x.dtype), (x, pool_param)


def max_pool_backward(dout, cache):
    x, pool_param = cache
    h, w, s = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    dx = np.zeros(x.shape, dtype=x.dtype)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            window = x[:, :, i * s : i * s + h, j * s : j * s + w]
            mask = window == window.max(axis=(2, 3), keepdims=True)
            dx[:, :, i * s : i * s + h, j * s : j * s + w] += mask * dout[:, :, i, j][:, :, None, None]
    return dx
