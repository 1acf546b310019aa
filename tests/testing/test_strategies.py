"""The strategies draw what they promise."""

from typing import Any

import numpy as np
import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from grader.testing import arrays_of, batches, class_scores, images, mistake, pooling, shapes


@given(class_scores(max_examples=3, max_classes=5))
def test_every_row_of_scores_has_a_label_among_its_classes(scores: tuple[Any, Any]) -> None:
    x, y = scores
    assert x.dtype == np.float64
    assert y.dtype == np.int64
    assert 1 <= x.shape[0] <= 3
    assert 1 <= x.shape[1] <= 5
    assert y.shape == x.shape[:1]
    assert ((y >= 0) & (y < x.shape[1])).all()
    assert np.abs(x).max() <= 1e4


@given(batches(min_rows=3))
def test_a_batch_has_a_scale_and_a_shift_for_each_feature(batch: tuple[Any, Any, Any]) -> None:
    x, gamma, beta = batch
    assert x.shape[0] >= 3
    assert gamma.shape == beta.shape == x.shape[1:]
    assert np.isfinite(x).all()


@pytest.mark.parametrize("stride", ["any", "tiling", "overlapping"])
@given(st.data())
def test_windows_fit_their_images(stride: Any, data: st.DataObject) -> None:
    x, param, dout = data.draw(pooling(stride=stride))
    height, width, step = param["pool_height"], param["pool_width"], param["stride"]
    assert 1 <= height <= x.shape[2]
    assert 1 <= width <= x.shape[3]
    assert dout.shape[:2] == x.shape[:2]
    assert dout.shape[2] == 1 + (x.shape[2] - height) // step
    assert dout.shape[3] == 1 + (x.shape[3] - width) // step
    assert (stride != "tiling") or step >= max(height, width)
    assert (stride != "overlapping") or step < max(2, min(height, width))


@given(images(ties=False))
def test_images_without_ties_have_no_ties(x: Any) -> None:
    assert len(np.unique(x)) == x.size


def test_a_counterexample_shrinks_to_a_small_one() -> None:
    x, y = find(class_scores(), lambda scores: bool(scores[0].max() >= 1000.0))
    assert x.shape == (1, 1)
    assert x.tolist() == [[1000.0]]
    assert y.tolist() == [0]
    assert find(arrays_of((2, 2)), lambda array: bool(array.any())).sum() == 1.0
    assert find(shapes(range(1, 4), range(1, 4)), lambda shape: shape[0] * shape[1] > 2) == (1, 3)


def test_a_mark_leaves_the_function_as_it_is() -> None:
    def wrong(x: int) -> int:
        return x + 1

    assert mistake("adds 1", hint="What is x for x = 0?")(wrong) is wrong
