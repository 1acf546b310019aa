"""Marks responses: each beside its item, with points and a sentence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from grader.errors import Finding
from grader.exam.again import Forms
from grader.exam.given import Responses, Unclear
from grader.exam.judging import RIGHT, Judged, as_text, judge
from grader.exam.printed import key_letters, part_name
from grader.exam.questions import loose_question
from grader.exam.solution import solution
from grader.exam.unusable import unclear, unknown
from grader.model.form import Form, ItemResult, Question, Waiting
from grader.model.item import Bank, Code, Essay, Parts
from grader.model.score import Score
from grader.quiz.cells import read_parts
from grader.quiz.schemes import points
from grader.quiz.selection import UnclearError, is_blank

BLANK = "Left blank."
NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class CodeMark:
    """What the marking of an exercise says of a source: its share of the points, None where there is none."""

    share: Fraction | None
    feedback: str


MarkCode = Callable[[str, str], CodeMark]
"""Marks a source for an exercise; the engine, which this room does not know, is behind it."""


@dataclass(frozen=True, slots=True)
class MarkedPaper:
    """The marked items in the order of the paper with their questions, and what could not be used."""

    results: tuple[ItemResult, ...]
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...] = ()


def mark_responses(
    course: Path, bank: Bank, responses: Responses, mark_code: MarkCode | None = None
) -> MarkedPaper:
    """Marks a filled-in paper; the form it names is drawn anew from its blueprint and seed.

    Raises:
        UsageError: the form cannot be drawn again: another bank, or no such blueprint.
    """
    return mark_with(Forms(course, bank), responses, mark_code)


def mark_with(forms: Forms, responses: Responses, mark_code: MarkCode | None = None) -> MarkedPaper:
    """The same for one paper of many: no form is drawn twice.

    Without `paper` the items named are marked, with letters in the bank's order; with it all items of the
    form, of which a missing one is blank.

    Raises:
        UsageError: the form cannot be drawn again.
    """
    items = forms.bank.items
    if responses.paper is None:
        known_items = (items[name] for name in responses.answers if name in items)
        loose = (loose_question(item, responses.seed) for item in known_items)
        questions = tuple(replace(question, number=number) for number, question in enumerate(loose, 1))
    else:
        questions = forms.form(responses.paper).questions
    results = tuple(
        mark_one(question, responses.answers.get(question.item.id), mark_code) for question in questions
    )
    strange = unknown(responses, {question.item.id for question in questions}, forms)
    findings = sorted((*responses.findings, *strange, *unclear(responses, results)))
    return MarkedPaper(results, tuple(findings), questions)


def form_again(course: Path, bank: Bank, paper: str) -> Form:
    """The form with the id `paper`, drawn anew.

    Raises:
        UsageError: today's bank or blueprint gives another form.
        ContentError: it gives none.
    """
    return Forms(course, bank).form(paper)


def mark_one(question: Question, response: Any, mark_code: MarkCode | None = None) -> ItemResult:
    """One response; one that cannot be understood is not marked, and its feedback says what would be.

    What only a person can decide waits: an essay, a formula that is neither equal nor different, and code
    where `mark_code` is not given or cannot mark.
    """
    if isinstance(response, Unclear):
        return _unread(question, response.typed, f"Not marked: {response.why}.")
    if is_blank(response):
        return _result(question, None, _blank(question), None, f"{BLANK} {solution(question)}")
    try:
        match question.item:
            case Essay() as essay:
                return _waiting(question, response, essay)
            case Code() as code:
                return _code(question, response, code, mark_code)
            case Parts():
                return _parts(question, response, mark_code)
        return _judged(question, response, judge(question, response))
    except UnclearError as error:
        return _unread(question, _plain(response), f"Not marked: {error}.")


def _blank(question: Question) -> Fraction:
    """What a blank answer earns: nothing, unless the scheme pays for the options it rightly leaves alone."""
    if question.parts:
        return sum(map(_blank, question.parts), NOTHING)
    options = len(question.order)
    return points(question.scheme, question.points, frozenset(), key_letters(question), options=options)


def _judged(question: Question, response: Any, judged: Judged) -> ItemResult:
    earned, possible = (
        points(
            question.scheme,
            question.points,
            selected,
            judged.key,
            options=judged.options,
            credits=judged.credits,
        )
        for selected in (judged.selected, judged.selected | judged.waiting)
    )
    if judged.selected == judged.key:
        return _result(question, response, earned, True, "Right.")
    # A person decides how much lies between what is right for sure and what may be.
    doubt = Waiting(_doubt(judged), possible - earned, as_text(response))
    is_open = judged.key <= judged.selected | judged.waiting | judged.unread.keys()
    return replace(
        _result(question, response, earned, None if is_open else False, judged.feedback.strip()),
        unread=" ".join(judged.unread.values()),
        pending=(doubt,) if possible > earned else (),
    )


def _doubt(judged: Judged) -> str:
    names = ", ".join(sorted(judged.waiting - {RIGHT}))
    return f"{names} right" if names else "the answer is right"


# --- what a person marks, or another program ---------------------------------------------------------------


def _waiting(question: Question, response: Any, essay: Essay) -> ItemResult:
    if not isinstance(response, str):
        raise UnclearError("write your answer as text")
    share = question.points / sum((one.points for one in essay.rubric), NOTHING)
    pending = tuple(Waiting(one.criterion, one.points * share, response) for one in essay.rubric)
    return replace(_result(question, response, NOTHING, None, solution(question)), pending=pending)


def _code(question: Question, response: Any, code: Code, mark_code: MarkCode | None) -> ItemResult:
    if not isinstance(response, str):
        raise UnclearError(f"write the text of your `{code.exercise}.py`")
    mark = mark_code(code.exercise, response) if mark_code else CodeMark(None, "It was not run here.")
    if mark.share is None:
        criterion = f"keeps the promises of the exercise `{code.exercise}`"
        pending = (Waiting(criterion, question.points, response),)
        return replace(_result(question, response, NOTHING, None, mark.feedback), pending=pending)
    full = mark.share == 1
    judged = Judged(
        frozenset({RIGHT if full else "partly right"}),
        frozenset({RIGHT}),
        2,
        f"{mark.feedback} {question.item.explanation.strip()}",
        {RIGHT: Fraction(1), "partly right": mark.share},
    )
    return _judged(question, response, judged)


# --- parts -------------------------------------------------------------------------------------------------


def _parts(question: Question, response: Any, mark_code: MarkCode | None) -> ItemResult:
    given = read_parts(response, len(question.parts))
    names = [part_name(part) for part in question.parts]
    results = [mark_one(part, one, mark_code) for part, one in zip(question.parts, given, strict=True)]
    shares = {
        name: result.score.earned / question.points for name, result in zip(names, results, strict=True)
    }
    every = frozenset(names)
    earned = points(question.scheme, question.points, every, every, options=len(every), credits=shares)
    pairs = list(zip(names, results, strict=True))
    told = [f"({name}) {result.feedback}" for name, result in pairs if result.correct is not True]
    pending = [
        replace(one, criterion=f"({name}) {one.criterion}")
        for name, result in pairs
        for one in result.pending
    ]
    return ItemResult(
        question.item.id,
        Score(earned, question.points),
        _plain(response),
        _whole(results),
        " ".join([*told, question.item.explanation.strip()]) if told else "Right.",
        unread=" ".join(f"({name}) {result.unread}" for name, result in pairs if result.unread),
        pending=tuple(pending),
    )


def _whole(results: Sequence[ItemResult]) -> bool | None:
    """Whether all parts are right; not known while one is open that was answered and none is wrong."""
    if all(result.correct for result in results):
        return True
    is_lost = any(result.correct is False or result.response is None for result in results)
    return False if is_lost else None


def _plain(response: Any) -> Any:
    """A response as it was typed, for a report."""
    if isinstance(response, Unclear):
        return response.typed
    if isinstance(response, Mapping):
        return {str(key): _plain(value) for key, value in response.items()}
    return list(map(_plain, response)) if isinstance(response, list | tuple) else response


def _result(
    question: Question, response: Any, earned: Fraction, correct: bool | None, feedback: str
) -> ItemResult:
    score = Score(earned, question.points)
    return ItemResult(question.item.id, score, _plain(response), correct, feedback)


def _unread(question: Question, typed: Any, why: str) -> ItemResult:
    return replace(_result(question, typed, NOTHING, None, why), unread=why)
