"""That a result is wrong only at equal entries of an input is told where it says something."""

from typing import Any

import numpy as np
import pytest

from grader.engine.tape import Call, Failure
from grader.engine.ties import ties_sentence
from grader.testing import Mismatch, assert_close

X = np.array([[1.0, 1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 6.0, 8.0], [1.0, 2.0, 3.0, 4.0, 5.0]])
TIED = np.array([[1, 1, 0, 0, 0], [0, 1, 0, 1, 0], [0, 0, 0, 0, 0]], dtype=bool)
SAID = "All entries that differ stand where `x` has equal entries."


def failure(x: Any, wrong: Any, **arguments: Any) -> Failure:
    expected = np.arange(float(x.size)).reshape(x.shape)
    with pytest.raises(Mismatch) as caught:
        assert_close(expected + wrong, expected, name="dx")
    return Failure(caught.value, (Call("f", {"x": x, **arguments}),))


def test_it_is_told_where_all_that_is_wrong_is_tied() -> None:
    assert ties_sentence(failure(X, TIED), ()) == SAID
    assert ties_sentence(failure(X, TIED), (failure(X, TIED[::-1] & TIED),)) == SAID


def test_an_array_in_a_tuple_is_named_by_its_place() -> None:
    one = failure(X, TIED)
    inside = Failure(one.error, (Call("f", {"cache": (X, {"size": 2})}),))
    assert ties_sentence(inside, ()) == SAID.replace("`x`", "`cache[0]`")


def test_one_wrong_entry_elsewhere_contradicts_it_on_any_input() -> None:
    wrong = TIED.copy()
    wrong[2, 0] = True
    assert ties_sentence(failure(X, wrong), ()) is None
    assert ties_sentence(failure(X, TIED), (failure(X, wrong),)) is None


def test_where_nearly_all_entries_are_equal_it_says_nothing() -> None:
    assert ties_sentence(failure(np.zeros((3, 5)), TIED), ()) is None


def test_of_random_damage_it_is_not_told() -> None:
    rng = np.random.default_rng(0)
    for _ in range(50):
        x = rng.integers(0, 9, (4, 6)).astype(np.float64)
        assert ties_sentence(failure(x, rng.normal(size=x.shape)), ()) is None


@pytest.mark.parametrize("error", [Mismatch, ValueError])
def test_a_failure_without_values_says_nothing(error: type[Exception]) -> None:
    made = Mismatch(6, "no values") if error is Mismatch else ValueError()  # type: ignore[arg-type]
    assert ties_sentence(Failure(made, (Call("f", {"x": X}),)), ()) is None
    assert ties_sentence(failure(X, TIED), (Failure(made, ()),)) is None
