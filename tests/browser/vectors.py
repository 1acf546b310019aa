"""Questions with answers to them, marked by the script of the page as well as by Python."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from grader.exam.marking import mark_one
from grader.export.taking import on_page
from grader.model.form import Question
from tests.browser.conftest import Page

STATED: Any = {"id": "x", "stem": "What?", "explanation": "So."}
WORTH = Fraction(7, 2)


@dataclass(frozen=True, slots=True)
class Case:
    """A question, and answers as the page holds them."""

    question: Question
    answers: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Marked:
    """What the page says of an answer, and what it writes into the responses file."""

    earned: Fraction
    waits: Fraction
    told: str
    response: Any


SCORE = """cases => cases.map(([question, answers]) => answers.map(answer => {
  const text = (points) => `${points.above}/${points.below}`;
  const marked = mark(question, answer);
  const response = JSON.stringify(exported(question, answer) ?? null);
  return [text(marked.earned), text(marked.waits), marked.told, response];
}))"""


def scored(page: Page, cases: Sequence[Case]) -> Iterator[tuple[Question, Any, Marked]]:
    sent = [[on_page(one.question, "q1", is_marked=True), one.answers] for one in cases]
    for case, found in zip(cases, page.evaluate(SCORE, sent), strict=True):
        for answer, (earned, waits, told, response) in zip(case.answers, found, strict=True):
            marked = Marked(Fraction(earned), Fraction(waits), told, json.loads(response))
            yield case.question, answer, marked


def differences(page: Page, cases: Sequence[Case], *, all_decided: bool = True) -> list[str]:
    """Where the page and Python differ; what waits may still earn all or lose some."""
    found = []
    for question, answer, marked in scored(page, cases):
        result = mark_one(question, marked.response)
        pending = sum((one.points for one in result.pending), Fraction(0))
        most = marked.earned + marked.waits
        is_same = result.score.earned + pending <= most if marked.waits else result.score.earned == most
        is_blank = (result.response is None) == (marked.told == "left blank")
        if not is_same or not is_blank or (all_decided and (marked.waits or pending)):
            found.append(f"{question.scheme} {answer!r}: {marked} but {result.score.earned} + {pending}")
    return found
