"""`assert_close` passes what is close and nothing else."""

from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.testing import Mismatch, Rung, assert_close

FINITE = st.floats(-1e6, 1e6)
INF, NAN = np.inf, np.nan


def mismatch(actual: Any, expected: Any, **tolerances: float) -> Mismatch:
    with pytest.raises(Mismatch) as caught:
        assert_close(actual, expected, name="dx", **tolerances)
    return caught.value


def sentence(actual: Any, expected: Any, **tolerances: float) -> str:
    return str(mismatch(actual, expected, **tolerances))


# --- what passes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (0.5, 0.5),
        (1, 1.0),
        (np.float32(0.5), 0.5),
        (np.int64(2), 2.0),
        (np.longdouble(0.5), 0.5),
        (-0.0, 0.0),
        (0.5 + 4e-8, 0.5),
        (INF, INF),
        (NAN, NAN),
        (1j, 1j),
        (1.0, 1 + 0j),
        (np.zeros((0, 3)), np.zeros((0, 3))),
        (np.array(1.5), np.array(1.5)),
        (np.array([-0.0]), np.array([0.0])),
        (np.array([NAN, INF, -INF, 1.0]), np.array([NAN, INF, -INF, 1.0])),
        (np.array([True, False]), np.array([True, False])),
        (np.array([complex(NAN, INF)]), np.array([complex(NAN, INF)])),
        (np.array([[1.0, 2.0], [3.0, 4.0]]).T, np.array([[1.0, 3.0], [2.0, 4.0]])),
    ],
    ids=repr,
)
def test_the_same_value_in_another_guise_passes(actual: Any, expected: Any) -> None:
    assert_close(actual, expected, name="dx")


@given(hnp.array_shapes(max_dims=3, max_side=3).flatmap(lambda shape: _pairs(shape)))
def test_finite_arrays_of_one_shape_pass_exactly_when_numpy_calls_them_close(pair: tuple[Any, Any]) -> None:
    actual, expected = pair
    is_close = np.allclose(actual, expected, rtol=1e-3, atol=1e-3)
    if is_close:
        assert_close(actual, expected, name="dx", rtol=1e-3, atol=1e-3)
    else:
        assert mismatch(actual, expected, rtol=1e-3, atol=1e-3).rung is Rung.VALUE


def _pairs(shape: tuple[int, ...]) -> st.SearchStrategy[tuple[Any, Any]]:
    arrays = hnp.arrays(np.float64, shape, elements=FINITE)
    noise = hnp.arrays(np.float64, shape, elements=st.sampled_from([0.0, 1e-4, -1e-4, 2e-3, 1.0]))
    return st.tuples(arrays, noise).map(lambda pair: (pair[0] + pair[1], pair[0]))


def test_the_tolerance_grows_with_the_expected_value_and_not_with_the_actual_one() -> None:
    assert_close(np.array([1000.9]), np.array([1000.0]), name="dx", rtol=1e-3, atol=0.0)
    assert mismatch(np.array([1000.0]), np.array([1.0]), rtol=0.999, atol=0.0).rung is Rung.VALUE


# --- what must not pass -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actual", "expected", "rung"),
    [
        (None, 0.0, Rung.RESULTS),
        (False, 0.0, Rung.RESULTS),
        (np.bool_(True), 1.0, Rung.RESULTS),
        ("0.5", 0.5, Rung.RESULTS),
        (0.5 + 0j, 0.5, Rung.RESULTS),
        (np.array(0.5), 0.5, Rung.RESULTS),
        (np.array([0.5]), 0.5, Rung.RESULTS),
        ([1.0, 2.0], np.array([1.0, 2.0]), Rung.RESULTS),
        (1.0, np.ones(3), Rung.RESULTS),
        (np.float64(1.0), np.ones(3), Rung.RESULTS),
        (np.ma.masked_array([1.0, 9.0], [False, True]), np.array([1.0, 2.0]), Rung.RESULTS),
        (np.zeros(0), np.zeros(3), Rung.SHAPE),
        (np.zeros((0, 3)), np.zeros((0, 4)), Rung.SHAPE),
        (np.ones(1), np.ones(3), Rung.SHAPE),
        (np.array(1.0), np.ones(3), Rung.SHAPE),
        (np.ones((3, 1)), np.ones(3), Rung.SHAPE),
        (np.ones(3, dtype=np.float32), np.ones(3), Rung.DTYPE),
        (np.ones(3, dtype=np.int64), np.ones(3), Rung.DTYPE),
        (np.ones(3, dtype=np.longdouble), np.ones(3), Rung.DTYPE),
        (np.ones(3, dtype=object), np.ones(3), Rung.DTYPE),
        (np.ones(3, dtype=complex), np.ones(3), Rung.DTYPE),
        (np.ones(3, dtype=bool), np.ones(3), Rung.DTYPE),
        (np.array(["1"]), np.ones(1), Rung.DTYPE),
        (np.array([NAN, 1.0]), np.ones(2), Rung.NAN),
        (np.array([1.0, 2.0]), np.array([INF, 2.0]), Rung.NAN),
        (np.array([-INF]), np.array([INF]), Rung.NAN),
        (np.array([INF]), np.array([NAN]), Rung.NAN),
        (np.array([complex(0, NAN)]), np.array([complex(NAN, 0)]), Rung.NAN),
        (NAN, 0.5, Rung.NAN),
        (INF, 1e308, Rung.NAN),
        (1e308, INF, Rung.NAN),
        (np.array([1e308]), np.array([-1e308]), Rung.VALUE),
        (np.array([255], dtype=np.uint8), np.array([0], dtype=np.uint8), Rung.VALUE),
        (np.array([0], dtype=np.uint8), np.array([1], dtype=np.uint8), Rung.VALUE),
        (np.array([True]), np.array([False]), Rung.VALUE),
        (10**400, 1.0, Rung.VALUE),
        (1.0 + 1e-6, 1.0, Rung.VALUE),
    ],
    ids=repr,
)
def test_every_difference_is_told_on_its_own_rung(actual: Any, expected: Any, rung: Rung) -> None:
    assert mismatch(actual, expected).rung is rung


@pytest.mark.parametrize(
    "expected", [None, True, "1", [1.0], np.array([None]), np.array(["1"]), np.ones(2, dtype=np.longdouble)]
)
def test_an_expectation_that_cannot_be_compared_is_the_fault_of_the_test(expected: Any) -> None:
    with pytest.raises(TypeError, match="assert_close compares"):
        assert_close(expected, expected, name="dx")


def test_a_tolerance_that_is_not_a_number_lets_nothing_pass() -> None:
    assert mismatch(np.ones(1), np.ones(1), atol=NAN).rung is Rung.VALUE
    assert mismatch(1.0, 1.0, atol=NAN).rung is Rung.VALUE


# --- what is said -------------------------------------------------------------------------------------------

GRID = np.array([[1.0, 2.0, 0.25], [4.0, -3.0, 7.0]])


@pytest.mark.parametrize(
    ("actual", "expected", "text"),
    [
        (2 * GRID, GRID, "`dx` at (0, 0): expected 1, got 2; every entry is 2 times the expected one"),
        (
            GRID / 3,
            GRID,
            "`dx` at (0, 0): expected 1, got 0.333333; every entry is 1/3 times the expected one",
        ),
        (
            GRID * 1.37,
            GRID,
            "`dx` at (0, 0): expected 1, got 1.37; every entry is 1.37 times the expected one",
        ),
        (-GRID, GRID, "`dx` at (0, 0): expected 1, got -1; every entry has the opposite sign"),
        (0 * GRID, GRID, "`dx` at (0, 0): expected 1, got 0; every entry is 0"),
        (
            GRID[:, ::-1].copy(),
            GRID,
            "`dx` at (0, 0): expected 1, got 0.25; it is the expected array reversed along axis 1",
        ),
        (
            GRID[::-1, ::-1].copy(),
            GRID,
            "`dx` at (0, 0): expected 1, got 7; it is the expected array reversed along axes 0 and 1",
        ),
        (
            GRID[:, :2].T.copy(),
            GRID[:, :2],
            "`dx` at (0, 1): expected 2, got 4; it is the transpose of the expected array",
        ),
        (
            GRID[:, [1, 0, 2]],
            GRID,
            "`dx` at (0, 0): expected 1, got 2; the entries are the expected ones in another order",
        ),
        (GRID.T, GRID, "`dx`: expected shape (2, 3), got (3, 2); it is the transpose of the expected array"),
        (
            GRID.ravel(),
            GRID,
            "`dx`: expected shape (2, 3), got (6,); the entries are right, only their shape differs",
        ),
        (GRID[:1], GRID, "`dx`: expected shape (2, 3), got (1, 3)"),
        (
            GRID + np.array([0, 1, 0]),
            GRID,
            "`dx` at (0, 1): expected 2, got 3; it is right in all columns but 1",
        ),
        (
            GRID + np.array([[1, 0, 0], [0, 1, 0]]),
            GRID,
            "`dx` at (0, 0): expected 1, got 2; 2 of 6 entries differ",
        ),
        (
            np.roll(GRID, 1, axis=1),
            GRID,
            "`dx` at (0, 0): expected 1, got 0.25; each entry stands one place later along axis 1",
        ),
        (
            np.array([2.0, 3.0, 5.0, 0.0]),
            np.array([1.0, 2.0, 3.0, 5.0]),
            "`dx` at (0,): expected 1, got 2; each entry stands one place earlier along axis 0",
        ),
        (
            GRID + np.array([[0, 1, 0], [0, 0, 5]]),
            GRID,
            "`dx` at (0, 1): expected 2, got 3; 2 of 6 entries differ, the most at (1, 2)",
        ),
        (np.where(GRID == 7, NAN, 0), GRID, "`dx` at (1, 2): expected 7, got nan; 6 of 6 entries differ"),
        (GRID.astype(np.float32), GRID, "`dx`: expected dtype float64, got dtype float32"),
        (1.5, 0.5, "`dx`: expected 0.5, got 1.5; that is 3 times the expected value"),
        (-0.5, 0.5, "`dx`: expected 0.5, got -0.5; only the sign differs"),
        (0.37, 0.5, "`dx`: expected 0.5, got 0.37"),
        (0.50000006, 0.5, "`dx`: expected 0.5, got a number that differs from it by 6e-08"),
        (None, 0.5, "`dx`: expected a number, got None"),
        ([0.5], np.array([0.5]), "`dx`: expected an array of shape (1,), got a list"),
        (NAN, 0.5, "`dx`: expected 0.5, got nan"),
    ],
)
def test_the_sentence_says_what_was_seen(actual: Any, expected: Any, text: str) -> None:
    assert sentence(actual, expected) == text


def test_whole_numbers_too_large_for_a_float_get_no_pattern() -> None:
    actual, expected = np.array([2**62 + 1025]), np.array([2**62])
    assert sentence(actual, expected, rtol=0.0, atol=0.0).startswith(
        "`dx` at (0,): expected 4611686018427387904"
    )
    assert "reversed" not in sentence(actual, expected, rtol=0.0, atol=0.0)


@given(hnp.arrays(np.float64, (3, 3), elements=st.integers(-3, 3).map(float)), st.data())
def test_a_pattern_is_claimed_only_if_it_holds_for_the_whole_array(
    expected: Any, data: st.DataObject
) -> None:
    elements = st.sampled_from([expected.T, expected[::-1], 2 * expected, -expected, expected[:, [1, 0, 2]]])
    actual = data.draw(elements).copy()
    if data.draw(st.booleans()):
        actual[data.draw(st.integers(0, 2)), 1] += 1
    if np.array_equal(actual, expected):
        return
    text = sentence(actual, expected)
    claims = {
        "transpose": np.array_equal(actual, expected.T),
        "reversed along axis 0": np.array_equal(actual, expected[::-1]),
        "reversed along axis 1": np.array_equal(actual, expected[:, ::-1]),
        "reversed along axes 0 and 1": np.array_equal(actual, expected[::-1, ::-1]),
        " 2 times": np.array_equal(actual, 2 * expected),
        "opposite sign": np.array_equal(actual, -expected),
        "later along axis 0": np.array_equal(actual[1:], expected[:-1]),
        "earlier along axis 0": np.array_equal(actual[:-1], expected[1:]),
        "later along axis 1": np.array_equal(actual[:, 1:], expected[:, :-1]),
        "earlier along axis 1": np.array_equal(actual[:, :-1], expected[:, 1:]),
        "another order": np.array_equal(np.sort(actual, axis=None), np.sort(expected, axis=None)),
    }
    assert all(is_true for claim, is_true in claims.items() if claim in text)
    assert any(claims.values()) <= any(claim in text for claim in (*claims, "every entry is"))


@pytest.mark.parametrize("axes", list(permutations(range(3)))[1:])
def test_the_order_of_the_axes_is_named(axes: tuple[int, ...]) -> None:
    actual = np.arange(24.0).reshape(2, 3, 4)
    assert f"with its axes in the order {axes}" in sentence(actual, actual.transpose(axes))


def test_the_rungs_stand_in_the_order_in_which_a_student_reads_them() -> None:
    assert sorted(Rung) == [Rung.RESULTS, Rung.SHAPE, Rung.DTYPE, Rung.NAN, Rung.MODIFIED, Rung.VALUE]


def test_a_name_in_words_keeps_its_own_backticks() -> None:
    with pytest.raises(Mismatch, match=r"^`dx` of one row: expected 1, got 2"):
        assert_close(2.0, 1.0, name="`dx` of one row")
