"""Holds one response against its question: what of it is right, and what the student is told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from typing import Any

from grader.exam.printed import (
    blank_names,
    key_letters,
    letter_of,
    none_letter,
    printed_options,
)
from grader.exam.solution import solution
from grader.model.form import Question
from grader.model.item import (
    Matching,
    MultipleChoice,
    Ordering,
    ShortAnswer,
    SingleChoice,
    Table,
    TrueFalse,
)
from grader.quiz.answers import check_answer
from grader.quiz.cells import read_cells
from grader.quiz.selection import UnclearError, letter, read_letters, read_order, read_pairs, read_truth

RIGHT = "right"
NEAR = "nearly right"

Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """What was selected beside the key, as a scoring scheme wants it, and what the student is told.

    `waiting` names what would be selected if a person finds it right; `unread` says of each name that was
    answered in a way that is not understood why.
    """

    selected: Names
    key: Names
    options: int
    feedback: str = ""
    credits: Mapping[str, Fraction] = field(default_factory=dict)
    waiting: Names = frozenset()
    unread: Mapping[str, str] = field(default_factory=dict)


def judge(question: Question, response: Any) -> Judged:
    """What a response that is not blank is beside the key.

    Raises:
        UnclearError: it cannot be understood.
    """
    match question.item:
        case TrueFalse() as statement:
            given = read_truth(response)
            key, selected = frozenset({str(statement.answer)}), frozenset({str(given)})
            return Judged(selected, key, 2, "" if selected == key else solution(question))
        case SingleChoice() | MultipleChoice():
            return _choice(question, response)
        case ShortAnswer() as item:
            return _short_answer(question, item, response)
        case Matching() as item:
            return _matching(question, item, response)
        case Ordering() as item:
            return _ordering(question, item, response)
        case Table() as item:
            return _table(question, item, response)
    raise TypeError(f"{question.item.type} is not judged by itself")


def as_text(response: Any) -> str:
    """A response as somebody types it in one line."""
    if isinstance(response, Mapping):
        return "; ".join(f"{key}: {as_text(value)}" for key, value in response.items())
    return ", ".join(map(as_text, response)) if isinstance(response, list | tuple) else str(response)


# --- options -----------------------------------------------------------------------------------------------


def _choice(question: Question, response: Any) -> Judged:
    none = none_letter(question)
    if none and isinstance(response, str) and response.strip(" .\n").casefold() == "none of the above":
        response = none
    selected, key = read_letters(response, len(question.order)), key_letters(question)
    if not selected:
        raise UnclearError("no option is named")
    if isinstance(question.item, SingleChoice) and len(selected) > 1:
        raise UnclearError("choose one option")
    if none in selected and len(selected) > 1:
        raise UnclearError(f"{none} says that none of the others is right; take it out, or the others")
    feedback = " ".join(_option_feedback(question, selected)) if selected != key else ""
    credits_ = {
        letter(index): option.credit
        for index, option in enumerate(printed_options(question))
        if not isinstance(option, str) and option.credit is not None
    }
    return Judged(selected, key, len(question.order), feedback, credits_)


def _option_feedback(question: Question, selected: Names) -> Iterator[str]:
    """What the author says to whoever ticked or missed an option, then the explanation."""
    key = key_letters(question)
    for index, option in enumerate(printed_options(question)):
        name = letter(index)
        if (name in selected) == (name in key):
            continue
        told = None if isinstance(option, str) else option.feedback
        yield f"{name} {'is right' if name in key else 'is not right'}{f': {told}' if told else '.'}"
    yield question.item.explanation.strip()


# --- what is typed -----------------------------------------------------------------------------------------


def _short_answer(question: Question, item: ShortAnswer, response: Any) -> Judged:
    check = check_answer(item, as_text(response))
    right: Names = frozenset({RIGHT})
    if check.undecided:
        return Judged(frozenset(), right, 2, check.feedback, waiting=right)
    if check.correct is None:
        return Judged(frozenset(), right, 2, check.feedback, unread={RIGHT: check.feedback})
    if check.correct:
        return Judged(right, right, 2)
    feedback = f"{check.feedback} {solution(question)}"
    return Judged(frozenset({NEAR}), right, 2, feedback, {NEAR: check.credit})


def _table(question: Question, table: Table, response: Any) -> Judged:
    places = dict(zip(table.blanks, blank_names(table), strict=True))
    given = read_cells(response, tuple(places), len(table.columns))
    right, waiting, wrong, told = set[str](), set[str](), set[str](), []
    unread: dict[str, str] = {}
    for place, name in places.items():
        if place not in given:
            wrong.add(name)
            continue
        check = check_answer(table.blanks[place], as_text(given[place]))
        if check.correct:
            right.add(name)
            continue
        told.append(f"{name}: {check.feedback}")
        if check.undecided:
            waiting.add(name)
        elif check.correct is None:
            unread[name] = f"{name}: {check.feedback}"
        else:
            wrong.add(name)
    if wrong:
        told.append(solution(question))
    key = frozenset(places.values())
    feedback = " ".join(told)
    return Judged(frozenset(right), key, len(key), feedback, waiting=frozenset(waiting), unread=unread)


# --- pairs and orders --------------------------------------------------------------------------------------


def _matching(question: Question, item: Matching, response: Any) -> Judged:
    given = read_pairs(response, len(item.pairs), len(question.order))
    belongs = {index + 1: letter_of(question, index) for index in range(len(item.pairs))}
    selected = frozenset(f"{number}{name}" for number, name in given.items())
    key = frozenset(f"{number}{name}" for number, name in belongs.items())
    told = [f"{number} belongs to {name}." for number, name in belongs.items() if given.get(number) != name]
    feedback = " ".join([*told, item.explanation.strip()]) if told else ""
    return Judged(selected, key, len(item.pairs) * len(question.order), feedback)


def _ordering(question: Question, item: Ordering, response: Any) -> Judged:
    given = read_order(response, len(item.steps))
    right = [letter_of(question, index) for index in range(len(item.steps))]
    selected, key = (frozenset(f"{a}{b}" for a, b in combinations(order, 2)) for order in (given, right))
    feedback = "" if selected == key else solution(question)
    return Judged(selected, key, 2 * len(key), feedback)
