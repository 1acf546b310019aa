"""Hypothesis strategies for the data of course exercises.

Drawing is about half the cost of a property. So a whole array is drawn as one string of bytes, each of which
picks an entry from a short table: one choice in place of one an entry. The tables begin with the simplest
number and shapes with the smallest, so a failing example shrinks to a small array of zeros and ones. There is
no NaN anywhere, and no infinity.
"""

import math
from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

Array = npt.NDArray[Any]
Stride = Literal["any", "tiling", "overlapping"]

SMALL = (0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 3.0, -3.0, 0.25, -0.25, 1.75, -1.25, 2.5, -2.75, 1.5)
LARGE = (10.0, -10.0, 37.5, -62.25, 100.0, -100.0)
EXTREME = (700.0, -750.0, 1e3, -1e3, 1e4, -1e4)
TIED = (0.0, 1.0, -1.0, 2.0, -2.0)


@st.composite
def arrays_of(
    draw: st.DrawFn, shape: tuple[int, ...], values: Sequence[float] = SMALL, *, dtype: Any = np.float64
) -> Array:
    """An array of `shape` and `dtype` with entries from `values`, at most 256, the simplest first."""
    return _entries(draw, shape, values, dtype=dtype)


@cache
def shapes(*ranges: range) -> st.SearchStrategy[tuple[int, ...]]:
    """Tuples with one number out of each range, the smallest product first."""
    every = sorted(product(*ranges), key=lambda shape: (math.prod(shape), shape))
    return st.sampled_from(every)


@st.composite
def class_scores(
    draw: st.DrawFn,
    *,
    max_examples: int = 4,
    max_classes: int = 4,
    values: Sequence[float] = SMALL + LARGE + EXTREME,
    dtype: Any = np.float64,
) -> tuple[Array, Array]:
    """Scores `x` of shape (N, C) with labels `y` of shape (N,), int64, 0 <= y < C; N and C are 1 or more.

    The scores mix magnitudes up to 1e4 unless other `values` are given.
    """
    n, c = draw(shapes(range(1, max_examples + 1), range(1, max_classes + 1)))
    x = _entries(draw, (n, c), values, dtype=dtype)
    return x, _entries(draw, (n,), range(c), dtype=np.int64)


@st.composite
def batches(
    draw: st.DrawFn,
    *,
    min_rows: int = 1,
    max_rows: int = 5,
    max_features: int = 3,
    values: Sequence[float] = SMALL + LARGE,
) -> tuple[Array, Array, Array]:
    """A batch `x` of shape (N, D) with `gamma` and `beta` of shape (D,); gamma may be 0 or negative."""
    n, d = draw(shapes(range(min_rows, max_rows + 1), range(1, max_features + 1)))
    x = _entries(draw, (n, d), values)
    return x, _entries(draw, (d,), (1.0, *SMALL)), _entries(draw, (d,), SMALL)


@st.composite
def images(
    draw: st.DrawFn,
    *,
    max_images: int = 2,
    max_channels: int = 2,
    max_side: int = 5,
    ties: bool = True,
) -> Array:
    """Images of shape (N, C, H, W), float64: whole numbers from -2 to 2, so that ties are many.

    With `ties=False` all entries differ: whole numbers in some order, about half of them negative.
    """
    side = range(1, max_side + 1)
    shape = draw(shapes(range(1, max_images + 1), range(1, max_channels + 1), side, side))
    if ties:
        return _entries(draw, shape, TIED)
    size = math.prod(shape)
    order = np.random.default_rng(draw(st.integers(0, 2**16))).permutation(size)
    return (order - size // 2).reshape(shape).astype(np.float64)


@st.composite
def pooling(
    draw: st.DrawFn, *, stride: Stride = "any", ties: bool = True, max_side: int = 5
) -> tuple[Array, dict[str, int], Array]:
    """Images with a `pool_param` that fits them and an upstream gradient `dout` of whole numbers.

    `stride` bounds the stride: "tiling" to windows that never overlap (gaps may be left), "overlapping" to
    windows that do so wherever an image has two of them side by side, "any" to 1, 2, 3.
    """
    x = draw(images(max_side=max_side, ties=ties))
    height, width = x.shape[2:]
    pool_height, pool_width = draw(shapes(range(1, height + 1), range(1, width + 1)))
    step = draw(_strides(stride, pool_height, pool_width))
    rows, columns = 1 + (height - pool_height) // step, 1 + (width - pool_width) // step
    dout = _entries(draw, (*x.shape[:2], rows, columns), (1.0, 2.0, -1.0, 3.0, 0.0, -4.0, 7.0))
    return x, {"pool_height": pool_height, "pool_width": pool_width, "stride": step}, dout


def _entries(
    draw: st.DrawFn, shape: tuple[int, ...], values: Sequence[float], *, dtype: Any = np.float64
) -> Array:
    picks = np.frombuffer(draw(_bytes(math.prod(shape))), dtype=np.uint8)
    return np.asarray(values, dtype=dtype)[picks % len(values)].reshape(shape)


@cache
def _bytes(size: int) -> st.SearchStrategy[bytes]:
    return st.binary(min_size=size, max_size=size)


def _strides(stride: Stride, pool_height: int, pool_width: int) -> st.SearchStrategy[int]:
    longest = max(pool_height, pool_width)
    if stride == "tiling":
        return st.integers(longest, longest + 1)
    if stride == "overlapping":
        return st.integers(1, max(1, min(pool_height, pool_width) - 1))
    return st.integers(1, 3)
