"""Max pooling, forward and backward."""

import numpy as np


def _windows(x, pool_param):
    """Every output position with its window: i, j and a view of shape (N, C, pool_height, pool_width)."""
    height, width, stride = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    # // rounds down: a window that would stick out is not taken, and the cells it alone covers stay unused.
    for i in range(1 + (x.shape[2] - height) // stride):
        for j in range(1 + (x.shape[3] - width) // stride):
            top, left = i * stride, j * stride
            yield i, j, x[:, :, top : top + height, left : left + width]


def max_pool_forward(x, pool_param):
    """The maximum of every window of `x` (N, C, H, W), with the cache `(x, pool_param)`.

    Raises:
        ValueError: a window is higher or wider than the images.
    """
    height, width, stride = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    n, channels, rows, columns = x.shape
    if height > rows or width > columns:
        raise ValueError(f"a window of {height} by {width} does not fit an image of {rows} by {columns}")
    out = np.empty(
        (n, channels, 1 + (rows - height) // stride, 1 + (columns - width) // stride), dtype=x.dtype
    )
    for i, j, window in _windows(x, pool_param):
        out[:, :, i, j] = window.max(axis=(2, 3))
    return out, (x, pool_param)


def max_pool_backward(dout, cache):
    """The gradient with respect to the images: the first maximum of each window receives its `dout`."""
    x, pool_param = cache
    dx = np.zeros_like(x)
    n, channels = np.ogrid[: x.shape[0], : x.shape[1]]

    # A window of dx is a view, so adding to it adds to dx.
    both = zip(_windows(x, pool_param), _windows(dx, pool_param), strict=True)
    for (i, j, window), (_, _, target) in both:
        height, width = window.shape[2:]
        # argmax counts row by row and stops at the first maximum. A mask `window == max` would instead give
        # the whole gradient to each of several equal cells, and these are common: a ReLU makes many zeros.
        first = window.reshape(*window.shape[:2], height * width).argmax(axis=2)
        # += because windows may overlap: one cell can be the maximum of several.
        target[n, channels, first // width, first % width] += dout[:, :, i, j]
    return dx
