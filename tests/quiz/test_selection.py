"""Letters and truth values as they are written in a responses file."""

from typing import Any

import pytest

from grader.quiz.selection import UnclearError, is_blank, letter, read_letters, read_truth


@pytest.mark.parametrize("response", [None, "", "  ", [], ()])
def test_nothing_is_blank(response: Any) -> None:
    assert is_blank(response)


@pytest.mark.parametrize("response", [False, True, 0, "A", ["A"], "false"])
def test_an_answer_is_not_blank(response: Any) -> None:
    assert not is_blank(response)


@pytest.mark.parametrize(
    "response", ["A, C", "ac", "AC", "(a) (c)", ["A", "C"], ("c", "a"), "A and C", "a;c", "AAC"]
)
def test_letters_may_be_written_in_many_ways(response: Any) -> None:
    assert read_letters(response, 4) == {"A", "C"}


@pytest.mark.parametrize("response", ["E", "A, 1", ["A", 3], [["A"]], {"A": True}, 5, True])
def test_letters_that_no_option_has_are_unclear(response: Any) -> None:
    with pytest.raises(UnclearError, match="letters from A to D"):
        read_letters(response, 4)


@pytest.mark.parametrize(
    ("response", "truth"),
    [(True, True), ("True", True), ("T", True), (False, False), ("no", False), (" f. ", False)],
)
def test_truth_is_read_from_words(response: Any, truth: bool) -> None:
    assert read_truth(response) is truth


@pytest.mark.parametrize("response", ["maybe", "A", ["true"], 2, 0.5])
def test_anything_else_is_neither_true_nor_false(response: Any) -> None:
    with pytest.raises(UnclearError, match="true or false"):
        read_truth(response)


def test_options_are_lettered_from_a() -> None:
    assert [letter(index) for index in (0, 1, 25)] == ["A", "B", "Z"]
