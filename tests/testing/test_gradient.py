"""`assert_gradient` holds a gradient to central differences."""

from typing import Any

import numpy as np
import pytest

from grader.testing import Mismatch, Rung, assert_gradient
from grader.testing.gradient import central_points

X = np.array([[0.5, -1.0, 2.0], [3.0, 0.25, -0.75]])


def cubes(x: Any) -> float:
    return float((x**3).sum())


def mismatch(gradient: Any, function: Any = cubes, x: Any = X) -> Mismatch:
    with pytest.raises(Mismatch) as caught:
        assert_gradient(function, x, gradient, name="dx")
    return caught.value


def test_the_gradient_of_the_function_passes() -> None:
    assert_gradient(cubes, X, 3 * X**2, name="dx")
    assert_gradient(cubes, X, (3 * X**2).astype(np.float32), name="dx")
    assert_gradient(lambda x: np.float64(x**2), 1.5, 3.0, name="dx")
    assert_gradient(cubes, np.zeros((0, 3)), np.zeros((0, 3)), name="dx")


def test_a_gradient_is_held_to_all_its_entries() -> None:
    for place in np.ndindex(*X.shape):
        gradient = 3 * X**2
        gradient[place] += 1e-3
        assert f"at {place}" in str(mismatch(gradient))


def test_the_worst_entry_is_told_with_what_the_differences_give() -> None:
    gradient = 3 * X**2
    gradient[0, 0] += 1.0
    gradient[1, 0] -= 5.0
    assert str(mismatch(gradient)) == (
        "`dx` at (1, 0): central differences give 27, got 22; it is right in all columns but 0"
    )


def test_a_constant_factor_is_told() -> None:
    assert str(mismatch(6 * X**2)).endswith("every entry is 2 times the expected one")


@pytest.mark.parametrize(
    ("gradient", "rung"),
    [
        (None, Rung.RESULTS),
        ((3 * X**2).tolist(), Rung.RESULTS),
        (3.0, Rung.RESULTS),
        ((3 * X**2).T, Rung.SHAPE),
        (np.zeros(0), Rung.SHAPE),
        (np.array(3.0), Rung.SHAPE),
        (np.zeros(X.shape, dtype=np.int64), Rung.DTYPE),
        (np.zeros(X.shape, dtype=complex), Rung.DTYPE),
        (np.zeros(X.shape, dtype=object), Rung.DTYPE),
        (np.full(X.shape, np.nan), Rung.NAN),
        (np.full(X.shape, np.inf), Rung.NAN),
        (np.zeros(X.shape), Rung.VALUE),
    ],
    ids=str,
)
def test_what_is_no_gradient_is_told_on_its_own_rung(gradient: Any, rung: Rung) -> None:
    assert mismatch(gradient).rung is rung


@pytest.mark.parametrize(
    ("value", "rung"),
    [(None, Rung.RESULTS), (X, Rung.RESULTS), (np.nan, Rung.NAN), (np.inf, Rung.NAN)],
    ids=str,
)
def test_a_function_without_a_finite_number_has_no_gradient(value: Any, rung: Rung) -> None:
    caught = mismatch(np.zeros(X.shape), function=lambda x: value)
    assert caught.rung is rung
    assert "the value that `dx` is the gradient of" in str(caught)


def test_a_tie_of_two_maxima_has_no_gradient_of_one_and_zero() -> None:
    assert "central differences give 0.5" in str(mismatch(np.array([1.0, 0.0]), np.max, np.zeros(2)))


def test_the_array_is_left_as_it_is() -> None:
    x = X.copy()

    def spoiling(point: Any) -> float:
        value = cubes(point)
        point[:] = 0
        return value

    assert_gradient(spoiling, x, 3 * x**2, name="dx")
    assert np.array_equal(x, X)


def test_the_points_are_known_before_the_first_call() -> None:
    points = central_points(np.array([1.0, 2.0]), 0.5)
    assert [point.tolist() for point in points] == [[1.5, 2.0], [0.5, 2.0], [1.0, 2.5], [1.0, 1.5]]


def test_steps_in_whole_parts_of_two_are_exact() -> None:
    assert_gradient(
        lambda x: float(x.max()), np.arange(6.0), np.eye(6)[5], name="dx", h=0.125, rtol=0, atol=0
    )
