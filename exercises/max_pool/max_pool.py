"""Max pooling, forward and backward."""

import numpy as np


def max_pool_forward(x, pool_param):
    """The maximum of every window.

    Args:
        x: images, shape (N, C, H, W), float64 or float32; not modified.
        pool_param: a dict with the integers pool_height, pool_width and stride, all at least 1; not modified.

    Returns:
        out: shape (N, C, H_out, W_out) with H_out = 1 + (H - pool_height) // stride, W_out likewise, in
            the dtype of x.
        cache: the tuple (x, pool_param).

    Raises:
        ValueError: a window is higher or wider than the images.
    """
    # TODO: there is no padding; rows and columns that no window covers are left out.
    raise NotImplementedError("max_pool_forward")


def max_pool_backward(dout, cache):
    """The gradient of max pooling with respect to the images.

    Args:
        dout: the upstream gradient, shape (N, C, H_out, W_out), in the dtype of x; not modified.
        cache: the tuple (x, pool_param); neither is modified.

    Returns:
        dx: shape (N, C, H, W), in the dtype of x.
    """
    # TODO: README.md says which cell receives the gradient when several are equal.
    raise NotImplementedError("max_pool_backward")
