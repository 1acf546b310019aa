"""One small function for each thing that a contract can say."""

import math


def double(x):
    y = 2 * x
    return y, float(y.sum())


def split(x):
    low = math.floor(x)
    return low, {"rest": x - low}


def join(low, rest):
    return low + rest["rest"]


def tally(state, step):
    state["count"] = state.get("count", 0) + step
    return state["count"]


def climb(height, steps):
    return max(height(i) for i in range(steps))
