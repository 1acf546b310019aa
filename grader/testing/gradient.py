"""`assert_gradient`: a gradient held to central differences."""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any

import numpy as np

from grader.testing.ahead import prepare
from grader.testing.claims import mismatch
from grader.testing.close import is_real, real_number
from grader.testing.closeness import Array, close_places
from grader.testing.difference import place_of
from grader.testing.judging import judging
from grader.testing.mismatch import Compared, Mismatch, Rung
from grader.testing.wording import comparison, kind_of, titled


@judging
def assert_gradient(
    function: Callable[[Any], Any],
    x: Any,
    gradient: Any,
    *,
    name: str,
    h: float = 1e-5,
    rtol: float = 1e-5,
    atol: float = 1e-7,
) -> None:
    """Hold `gradient` to the central differences of `function`, which turns an array like `x` into a number.

    `x` is an array of any shape, or a number; it is left as it is, and `function` gets float64 copies of it.
    `gradient` has its shape and any real floating dtype. Keep `x` at least `h` away from kinks: at a tie of
    two maxima central differences give each of them one half.

    What agrees with the slope along a direction in which every entry moves, far more closely than it has to,
    is right in all entries but for a coincidence of one in a million; only else is each entry tried.

    Raises:
        Mismatch: `function` gives no finite number, or `gradient` is not its gradient; the text names the
            entry that is farthest off.
    """
    start = np.array(x, dtype=np.float64)
    seen = _gradient_array(gradient, start, name=name)
    if _agrees_along_a_direction(function, start, seen, h=h, rtol=rtol, atol=atol):
        return
    points = central_points(start, h)
    values = [_value(value, name) for value in _values(function, points)]
    expected: Array = (np.array(values[::2]) - np.array(values[1::2])) / _steps(points)
    expected = expected.reshape(start.shape)
    close = close_places(seen, expected, rtol=rtol, atol=atol)
    if not close.all():
        raise _mismatch(gradient, seen, expected, name=name, rtol=rtol, atol=atol)


def central_points(x: Array, h: float) -> list[Array]:
    """All points at which the function is needed: for each entry of `x` one `h` above, then one below."""
    points = []
    for index in range(x.size):
        for step in (h, -h):
            point = x.copy()
            point.flat[index] += step
            points.append(point)
    return points


def _values(function: Callable[[Any], Any], points: Sequence[Array]) -> list[Any]:
    """The function at all points, which whoever runs the test may have asked for together."""
    asked = [partial(function, point.copy() if point.ndim else float(point)) for point in points]
    prepare(asked)
    return [ask() for ask in asked]


def _agrees_along_a_direction(
    function: Callable[[Any], Any], x: Array, gradient: Array, *, h: float, rtol: float, atol: float
) -> bool:
    if x.size < 2 or not np.isfinite(gradient).all():
        return False
    step = h * _direction(x.shape)
    above, below = x + step, x - step
    values = _values(function, [above, below])
    if not all(is_real(value) for value in values):
        return False
    rise = float(values[0]) - float(values[1])
    tolerance = atol / 4 + rtol / 64 * np.abs(gradient).max()
    # What is not a number disagrees.
    return bool(abs(rise - (gradient * (above - below)).sum()) <= tolerance * 2 * h)


@lru_cache(maxsize=256)
def _direction(shape: tuple[int, ...]) -> Array:
    """A step of 1/2 to 1 either way for each entry, of sizes so mixed that errors do not cancel."""
    rng = np.random.default_rng(shape)
    direction: Array = rng.uniform(0.5, 1.0, shape) * rng.choice([-1.0, 1.0], shape)
    return direction


def _steps(points: list[Array]) -> Array:
    """How far apart the two points of each entry really are: 2 h but for rounding."""
    pairs = zip(points[::2], points[1::2], strict=True)
    return np.array([above.flat[index] - below.flat[index] for index, (above, below) in enumerate(pairs)])


def _value(value: Any, name: str) -> float:
    source = f"the value that {titled(name)} is the gradient of"
    number = real_number(value, what=source)
    if not np.isfinite(number):
        raise Mismatch(Rung.NAN, f"{source} is {number}")
    return number


def _gradient_array(gradient: Any, x: Array, *, name: str) -> Array:
    if x.ndim == 0 and type(gradient) is not np.ndarray:
        return np.array(real_number(gradient, what=titled(name)))
    if type(gradient) is not np.ndarray:
        raise Mismatch(Rung.RESULTS, f"{titled(name)}: expected {kind_of(x)}, got {kind_of(gradient)}")
    if gradient.shape != x.shape:
        raise Mismatch(Rung.SHAPE, f"{titled(name)}: expected shape {x.shape}, got {gradient.shape}")
    if gradient.dtype.kind != "f" or gradient.dtype.itemsize > 8:
        raise Mismatch(Rung.DTYPE, f"{titled(name)}: expected a floating dtype, got dtype {gradient.dtype}")
    return gradient.astype(np.float64)


def _mismatch(
    gradient: Any, actual: Array, expected: Array, *, name: str, rtol: float, atol: float
) -> Mismatch:
    """The sentence about the worst entry: one that is not finite, else the one farthest off."""
    with np.errstate(all="ignore"):
        gaps = np.abs(actual - expected)
    worst = place_of(np.unravel_index(np.where(np.isfinite(gaps), gaps, np.inf).argmax(), gaps.shape))
    where = f"{titled(name)} at {worst}" if worst else titled(name)
    head = f"{where}: {comparison(expected[worst], actual[worst], source='central differences give')}"
    rung = Rung.VALUE if np.isfinite(actual).all() else Rung.NAN
    return mismatch(rung, Compared(name, gradient, expected, head, rtol=rtol, atol=atol))
