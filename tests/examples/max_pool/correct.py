"""Max pooling in plain loops that never call max or argmax."""

import numpy as np


class Pool:
    def __init__(self, pool_param):
        self.h = int(pool_param["pool_height"])
        self.w = int(pool_param["pool_width"])
        self.s = int(pool_param["stride"])

    def out_shape(self, H, W):
        if self.h > H or self.w > W:
            raise ValueError("window larger than image")
        return 1 + (H - self.h) // self.s, 1 + (W - self.w) // self.s

    def winner(self, plane, i, j):
        best = (i * self.s, j * self.s)
        for a in range(i * self.s, i * self.s + self.h):
            for b in range(j * self.s, j * self.s + self.w):
                if plane[a][b] > plane[best[0]][best[1]]:
                    best = (a, b)
        return best


def max_pool_forward(x, pool_param):
    pool = Pool(pool_param)
    N, C, H, W = x.shape
    H_out, W_out = pool.out_shape(H, W)
    out = np.ndarray((N, C, H_out, W_out), dtype=x.dtype)
    for n in range(N):
        for c in range(C):
            for i in range(H_out):
                for j in range(W_out):
                    out[n, c, i, j] = x[n, c][pool.winner(x[n, c], i, j)]
    return out, (x, pool_param)


def max_pool_backward(dout, cache):
    x, pool_param = cache
    pool = Pool(pool_param)
    dx = x * 0 if np.isfinite(x).all() else np.zeros(x.shape, x.dtype)
    for (n, c, i, j), gradient in np.ndenumerate(dout):
        a, b = pool.winner(x[n, c], i, j)
        dx[n, c, a, b] = dx[n, c, a, b] + gradient
    return dx
