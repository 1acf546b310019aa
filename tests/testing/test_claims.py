"""A fault that was made on purpose is told by its name; what is claimed holds for all inputs that failed."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.testing import Mismatch, Rung, assert_close, assert_equal
from grader.testing.claims import sentence_of

Array = np.ndarray[Any, np.dtype[np.float64]]

SHAPES = st.lists(st.integers(3, 6), min_size=2, max_size=3).map(tuple)


@st.composite
def arrays(draw: st.DrawFn) -> Array:
    """Arrays of different numbers, so that no two of their entries, rows or axes are alike."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    return rng.normal(size=draw(SHAPES)) + 0.01


def mismatch(actual: Any, expected: Any, name: str = "dx") -> Mismatch:
    with pytest.raises(Mismatch) as caught:
        assert_close(actual, expected, name=name)
    return caught.value


def retold(first: Mismatch, *others: Mismatch | None) -> str:
    assert first.compared is not None
    return sentence_of(first.rung, first.compared, others)


def damaged(array: Array, rows: list[int]) -> Array:
    wrong = array.copy()
    wrong[rows] = np.random.default_rng(1).normal(size=wrong[rows].shape)
    return wrong


def shuffled(array: Array) -> Array:
    order = np.random.default_rng(2).permutation(array.size)
    # An order that is none of a turn, a flip or a shift.
    order[[0, 1]] = order[[1, 0]]
    return np.asarray(array.ravel()[order].reshape(array.shape))


FAULTS: dict[str, tuple[Callable[[Array], Array], str]] = {
    "factor": (lambda a: 3 * a, "every entry is 3 times the expected one"),
    "fraction": (lambda a: a / 7, "every entry is 1/7 times the expected one"),
    "sign": (lambda a: -a, "every entry has the opposite sign"),
    "zero": (lambda a: 0 * a, "every entry is 0"),
    "transpose": (lambda a: a.transpose().copy(), "the expected array"),
    "flip": (lambda a: a[::-1].copy(), "it is the expected array reversed along axis 0"),
    "later": (lambda a: np.roll(a, 1, axis=0), "each entry stands one place later along axis 0"),
    "earlier": (lambda a: np.roll(a, -1, axis=1), "each entry stands one place earlier along axis 1"),
    "order": (shuffled, "the entries are the expected ones in another order"),
    "row": (lambda a: damaged(a, [1]), "it is right in all "),
}


@pytest.mark.parametrize("fault", FAULTS)
@given(expected=arrays())
def test_a_fault_has_its_sentence(fault: str, expected: Array) -> None:
    make, text = FAULTS[fault]
    assert text in str(mismatch(make(expected), expected))


@given(arrays(), st.data())
def test_a_shift_is_told_whatever_comes_in_at_the_end(expected: Array, data: st.DataObject) -> None:
    actual = np.roll(expected, 1, axis=-1)
    actual[..., 0] = data.draw(st.sampled_from([0.0, 9.0]))
    axis = expected.ndim - 1
    assert f"one place later along axis {axis}" in str(mismatch(actual, expected))


@given(st.integers(4, 9), st.data())
def test_the_wrong_rows_are_named(n: int, data: st.DataObject) -> None:
    rows = sorted(data.draw(st.sets(st.integers(0, n - 1), min_size=1, max_size=n // 2)))
    expected = np.random.default_rng(n).normal(size=(n, 5))
    text = str(mismatch(damaged(expected, rows), expected))
    words = f"rows but {len(rows)} of {n}" if len(rows) > 4 else f"rows but {rows[0]}"
    assert f"it is right in all {words}" in text


@given(expected=arrays(), seed=st.integers(0, 2**32))
def test_of_a_random_wrong_array_nothing_is_claimed(expected: Array, seed: int) -> None:
    actual = np.random.default_rng([3, seed]).normal(size=expected.shape)
    text = str(mismatch(actual, expected))
    assert f"{expected.size} of {expected.size} entries differ" in text
    assert not any(claim in text for _, claim in FAULTS.values())


class TestAmongOthers:
    """A claim about one input is told only if the others that failed do not speak against it."""

    EXPECTED = np.array([[1.0, 2.0], [3.0, 5.0]])

    def test_what_holds_for_all_is_told_as_it_is(self) -> None:
        first, other = mismatch(2 * self.EXPECTED, self.EXPECTED), mismatch(np.ones(3) * 8, np.ones(3) * 4)
        assert retold(first, other).endswith("; every entry is 2 times the expected one")

    def test_another_factor_elsewhere_makes_it_one_of_this_input(self) -> None:
        first, other = mismatch(2 * self.EXPECTED, self.EXPECTED), mismatch(np.ones(3) * 3, np.ones(3))
        assert retold(first, other).endswith("; every entry is 2 times the expected one on this input")

    def test_what_does_not_hold_elsewhere_is_not_told(self) -> None:
        other = mismatch(np.array([[1.0, 7.0], [3.0, 5.0]]), self.EXPECTED)
        for make in (lambda a: 2 * a, lambda a: -a, np.transpose, lambda a: a[::-1], lambda a: a[:, ::-1]):
            text = retold(mismatch(make(self.EXPECTED).copy(), self.EXPECTED), other)
            assert text.endswith("entries differ, the most at (1, 1)") or "entries differ" in text

    def test_of_two_claims_the_one_that_holds_for_all_is_told(self) -> None:
        alike = np.array([[1.0, 2.0], [2.0, 1.0]])
        first = mismatch(alike[::-1].copy(), alike)
        assert "reversed along axis 0" in str(first)
        other = mismatch(self.EXPECTED[:, ::-1].copy(), self.EXPECTED)
        assert retold(first, other).endswith("reversed along axis 1")

    def test_a_lone_number_is_a_multiple_of_any_other(self) -> None:
        first = mismatch(3.0, 1.0)
        assert str(first).endswith("that is 3 times the expected value")
        assert retold(first, mismatch(6.0, 2.0)).endswith("that is 3 times the expected value")
        assert retold(first, mismatch(5.0, 2.0)) == "`dx`: expected 1, got 3"
        arrays = mismatch(2 * self.EXPECTED, self.EXPECTED)
        assert retold(arrays, mismatch(np.array([6.0]), np.array([3.0]))).endswith("the expected one")

    @pytest.mark.parametrize("other", [None, "name", "nan"])
    def test_a_failure_that_says_nothing_of_it_leaves_it_to_this_input(self, other: str | None) -> None:
        others = {
            None: None,
            "name": mismatch(2.0, 1.0, name="loss"),
            "nan": mismatch(np.array([np.nan]), np.array([1.0])),
        }
        text = retold(mismatch(-self.EXPECTED, self.EXPECTED), others[other])
        assert text.endswith("; every entry has the opposite sign on this input")

    def test_other_shapes_count_too(self) -> None:
        wide = np.arange(6.0).reshape(2, 3)
        first = mismatch(self.EXPECTED.T.copy(), self.EXPECTED)
        assert retold(first, mismatch(wide.T.copy(), wide)).endswith(
            "; it is the transpose of the expected array"
        )
        assert retold(first, mismatch(wide[:1], wide)).endswith("2 of 4 entries differ")


@pytest.mark.parametrize(
    ("actual", "expected"), [([1, 2], [1, 3]), ({"a": 1}, {"a": 2}), (3, 4), ("a", "b"), ((1,), (1, 2))]
)
def test_values_of_any_kind_are_carried_whole(actual: Any, expected: Any) -> None:
    with pytest.raises(Mismatch) as caught:
        assert_equal(actual, expected, name="found")
    compared = caught.value.compared
    assert compared is not None
    assert (compared.name, compared.actual, compared.expected) == ("found", actual, expected)
    assert sentence_of(caught.value.rung, compared) == str(caught.value)


def test_the_rung_of_a_mismatch_without_values_still_counts() -> None:
    assert Mismatch(Rung.VALUE, "no values").compared is None
