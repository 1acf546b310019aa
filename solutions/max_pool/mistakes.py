"""Well-known wrong versions of `max_pool_forward` and `max_pool_backward`."""

import numpy as np

from grader.testing import mistake


def _sizes(pool_param):
    return pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]


def _pooled(x, pool_param, pool=np.max):
    """A forward pass that reduces each window with `pool`."""
    height, width, stride = _sizes(pool_param)
    if height > x.shape[2] or width > x.shape[3]:
        raise ValueError("the window does not fit")
    rows, columns = 1 + (x.shape[2] - height) // stride, 1 + (x.shape[3] - width) // stride
    out = np.zeros((*x.shape[:2], rows, columns), dtype=x.dtype)
    for n, c, i, j in np.ndindex(*out.shape):
        out[n, c, i, j] = pool(x[n, c, i * stride : i * stride + height, j * stride : j * stride + width])
    return out


def _routed(dout, cache, route):
    """A backward pass that changes each window of dx with `route(target, window, gradient)`."""
    x, pool_param = cache
    height, width, stride = _sizes(pool_param)
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(*dout.shape):
        place = (n, c, slice(i * stride, i * stride + height), slice(j * stride, j * stride + width))
        if x[place].size:
            route(dx[place], x[place], dout[n, c, i, j])
    return dx


def _first(window):
    return np.unravel_index(window.argmax(), window.shape)


# --- forward ------------------------------------------------------------------------------------------------


@mistake(
    "takes the mean of each window",
    hint="Which of the four numbers 1, 2, 3, 9 should max pooling keep?",
)
def max_pool_forward(x, pool_param):
    return _pooled(x, pool_param, np.mean), (x, pool_param)


@mistake(
    "starts the maximum at 0",
    hint="What is the maximum of a window of negative numbers? With what do you start comparing?",
)
def max_pool_forward(x, pool_param):
    return _pooled(x, pool_param, lambda window: max(0, window.max())), (x, pool_param)


@mistake(
    "pools by the largest absolute value",
    hint="Which is the maximum of -5 and 2? Does the sign count?",
)
def max_pool_forward(x, pool_param):
    return _pooled(x, pool_param, lambda window: window.flat[np.abs(window).argmax()]), (x, pool_param)


@mistake(
    "also pools windows that stick out of the image",
    hint="With 5 rows, windows of 2 and stride 2, how many windows fit whole? Do you round up or down?",
)
def max_pool_forward(x, pool_param):
    height, width, stride = _sizes(pool_param)
    if height > x.shape[2] or width > x.shape[3]:
        raise ValueError("the window does not fit")
    rows, columns = 1 - (height - x.shape[2]) // stride, 1 - (width - x.shape[3]) // stride
    out = np.full((*x.shape[:2], rows, columns), -np.inf, dtype=x.dtype)
    for n, c, i, j in np.ndindex(*out.shape):
        window = x[n, c, i * stride : i * stride + height, j * stride : j * stride + width]
        if window.size:
            out[n, c, i, j] = window.max()
    return out, (x, pool_param)


@mistake(
    "accepts a window that is larger than the image",
    hint="What is the output size if the window is 5 high and the image 4? Who tells the caller?",
)
def max_pool_forward(x, pool_param):
    height, width, _ = _sizes(pool_param)
    fitting = {**pool_param, "pool_height": min(height, x.shape[2]), "pool_width": min(width, x.shape[3])}
    return _pooled(x, fitting), (x, pool_param)


@mistake(
    "returns float64 whatever the images are",
    hint="What dtype does np.zeros give when you do not say? Which one do the images have?",
)
def max_pool_forward(x, pool_param):
    return _pooled(x, pool_param).astype(np.float64), (x, pool_param)


@mistake(
    "returns float64 whatever the images are",
    hint="What dtype does np.zeros give when you do not say? Which one do the images have?",
)
def max_pool_backward(dout, cache):
    return _routed(dout, cache, _add_at_first).astype(np.float64)


@mistake(
    "swaps the height and the width of the window",
    hint="Try a window 1 high and 3 wide on a small image. Along which axis does it lie in your code?",
)
def max_pool_forward(x, pool_param):
    height, width, stride = _sizes(pool_param)
    return _pooled(x, {"pool_height": width, "pool_width": height, "stride": stride}), (x, pool_param)


@mistake(
    "swaps the height and the width of the window",
    hint="Try a window 1 high and 3 wide on a small image. Along which axis does it lie in your code?",
)
def max_pool_backward(dout, cache):
    x, pool_param = cache
    height, width, stride = _sizes(pool_param)
    return _routed(dout, (x, {"pool_height": width, "pool_width": height, "stride": stride}), _add_at_first)


@mistake(
    "moves the windows by their own size instead of the stride",
    hint="With windows of 3 and stride 1, where does the second window begin?",
)
def max_pool_forward(x, pool_param):
    return _pooled(x, {**pool_param, "stride": pool_param["pool_height"]}), (x, pool_param)


@mistake(
    "moves the windows by their own size instead of the stride",
    hint="With windows of 3 and stride 1, where does the second window begin?",
)
def max_pool_backward(dout, cache):
    x, pool_param = cache
    return _routed(dout, (x, {**pool_param, "stride": pool_param["pool_height"]}), _add_at_first)


def _add_at_first(target, window, gradient):
    target[_first(window)] += gradient


# --- backward -----------------------------------------------------------------------------------------------


@mistake(
    "gives the whole gradient to each of several equal maxima",
    hint="How many cells of [[1, 1], [0, 0]] equal its maximum? How many may receive the gradient?",
)
def max_pool_backward(dout, cache):
    def route(target, window, gradient):
        target += (window == window.max()) * gradient

    return _routed(dout, cache, route)


@mistake(
    "splits the gradient among equal maxima",
    hint="The statement has a rule for ties: one cell receives everything. Which one?",
)
def max_pool_backward(dout, cache):
    def route(target, window, gradient):
        mask = window == window.max()
        target += mask * (gradient / mask.sum())

    return _routed(dout, cache, route)


@mistake(
    "sends the gradient to the last of several equal maxima",
    hint="Do you compare with > or with >=? Which of two equal cells survives the comparison?",
)
def max_pool_backward(dout, cache):
    def route(target, window, gradient):
        last = window.size - 1 - window[::-1, ::-1].argmax()
        target[np.unravel_index(last, window.shape)] += gradient

    return _routed(dout, cache, route)


@mistake(
    "looks for the first maximum column by column",
    hint="In [[0, 1], [1, 0]], which 1 comes first if you read row by row? In which order do your loops run?",
)
def max_pool_backward(dout, cache):
    def route(target, window, gradient):
        column, row = _first(window.T)
        target[row, column] += gradient

    return _routed(dout, cache, route)


@mistake(
    "overwrites the gradient where windows overlap",
    hint="A cell can be the maximum of two windows. What happens at your `=` to the gradient of the first?",
)
def max_pool_backward(dout, cache):
    def route(target, window, gradient):
        target[_first(window)] = gradient

    return _routed(dout, cache, route)


@mistake(
    "spreads the gradient evenly over the window",
    hint="That is how average pooling does it. How far does the maximum move if you nudge a smaller cell?",
)
def max_pool_backward(dout, cache):
    def route(target, window, gradient):
        target += gradient / window.size

    return _routed(dout, cache, route)


@mistake(
    "sends no gradient to maxima below 0",
    hint="That is what a ReLU does. Does the maximum of -3 and -1 move when the -1 is nudged?",
)
def max_pool_backward(dout, cache):
    def route(target, window, gradient):
        if window.max() > 0:
            target[_first(window)] += gradient

    return _routed(dout, cache, route)


@mistake(
    "sends the gradient to the largest absolute value",
    hint="Which cell of a window with -5 and 2 is its maximum? Does the sign count?",
)
def max_pool_backward(dout, cache):
    def route(target, window, gradient):
        target[_first(np.abs(window))] += gradient

    return _routed(dout, cache, route)


@mistake(
    "multiplies the gradient by the maximum",
    hint="If the maximum moves by 0.1, how far does the output move? Does its size matter for that?",
)
def max_pool_backward(dout, cache):
    def route(target, window, gradient):
        target[_first(window)] += gradient * window.max()

    return _routed(dout, cache, route)


@mistake(
    "looks for one maximum across all channels",
    hint="Each channel has an output of its own. Along which axes may the maximum be taken?",
)
def max_pool_backward(dout, cache):
    x, pool_param = cache
    height, width, stride = _sizes(pool_param)
    dx = np.zeros_like(x)
    if x.size == 0:
        return dx
    for n, i, j in np.ndindex(dout.shape[0], *dout.shape[2:]):
        place = (
            n,
            slice(None),
            slice(i * stride, i * stride + height),
            slice(j * stride, j * stride + width),
        )
        dx[place][_first(x[place])] += dout[n, :, i, j].sum()
    return dx
