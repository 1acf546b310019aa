"""What the answers to a question earn, as a page can look it up: worked out here by what marks papers.

So no rule of scoring is written twice. The page finds out which options are selected, or how many pairs,
cells or steps are right, and reads the points from the table.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from grader.exam.marking import mark_one
from grader.exam.printed import blank_names, key_letters, letter_of
from grader.exam.solution import right_answer
from grader.export.page_checks import check_of
from grader.model.answer import NearMiss
from grader.model.form import Question
from grader.model.item import (
    Matching,
    MultipleChoice,
    Ordering,
    Parts,
    ShortAnswer,
    SingleChoice,
    Table,
    TrueFalse,
)
from grader.quiz.schemes import points
from grader.quiz.selection import letter

MAX_TICKED = 10
"""Options of which any may be ticked, up to which all patterns are in the table: a thousand of them."""


def marking(question: Question) -> dict[str, Any]:
    """What a page needs to mark a question; points are texts, `3/2`, so that none is rounded."""
    blank = mark_one(question, None).score.earned
    return {"worth": str(question.points), "blank": str(blank), **_table(question)}


def _table(question: Question) -> dict[str, Any]:
    match question.item:
        case TrueFalse():
            return {"key": right_answer(question), "pays": _patterns(question, ["true", "false"])}
        case SingleChoice():
            return {"key": right_answer(question), "pays": _patterns(question, _letters(question))}
        case MultipleChoice():
            return {"key": "".join(sorted(key_letters(question))), "pays": _ticked(question)}
        case Matching(pairs=pairs):
            key = [letter_of(question, index) for index in range(len(pairs))]
            return {"key": "".join(key), "pays": _by_count(question, len(pairs))}
        case Ordering(steps=steps):
            neighbours = len(steps) * (len(steps) - 1) // 2
            return {"key": right_answer(question), "pays": _by_count(question, neighbours)}
        case Table() as table:
            blanks = blank_names(table)
            checks = {name: check_of(blank) for name, blank in blanks.items()}
            return {"checks": checks, "pays": _by_count(question, len(blanks))}
        case ShortAnswer() as item:
            return {"check": check_of(item), "pays": _typed(question, item.near_misses)}
        case Parts():
            return {}
    return {"pays": None}


def _letters(question: Question) -> list[str]:
    return [letter(index) for index in range(len(question.order))]


def _ticked(question: Question) -> dict[str, str] | None:
    """The points of each set of options; of none where there are too many sets."""
    names = _letters(question)
    if len(names) > MAX_TICKED:
        return None
    sets = (set_ for size in range(1, len(names) + 1) for set_ in combinations(names, size))
    return _patterns(question, map("".join, sets))


def _patterns(question: Question, patterns: Iterator[str] | Sequence[str]) -> dict[str, str]:
    """The points of each answer; one that cannot be read, such as "none of them" beside another, has none."""
    results = ((pattern, mark_one(question, pattern)) for pattern in patterns)
    return {pattern: str(result.score.earned) for pattern, result in results if not result.unread}


def _by_count(question: Question, count: int) -> list[str]:
    """The points for none right, one right, and so on up to all; a pair of steps is right where in order."""
    key = frozenset(map(str, range(count)))
    return [str(_earned(question, right, key)) for right in range(count + 1)]


def _earned(question: Question, right: int, key: frozenset[str]) -> Fraction:
    # A wrong entry is one that is no key; in an ordering each pair that is not in order is one.
    names = [str(number) if number < right else f"not {number}" for number in range(len(key))]
    return points(question.scheme, question.points, frozenset(names), key, options=2 * len(key))


def _typed(question: Question, misses: Sequence[NearMiss]) -> dict[str, Any]:
    return {
        "right": str(question.points),
        "wrong": str(_of_credit(question, Fraction(0))),
        "misses": [str(_of_credit(question, miss.credit or Fraction(0))) for miss in misses],
    }


def _of_credit(question: Question, credit: Fraction) -> Fraction:
    key, near = frozenset({"right"}), frozenset({"near"})
    return points(question.scheme, question.points, near, key, options=2, credits={"near": credit})
