"""What a student's page shows question by question: what was asked and answered, what it earned, why."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from grader.exam.papers import Standing
from grader.exam.solution import solution
from grader.export.composing import document
from grader.export.document import Asked, Body, Choices, Entry, Grid
from grader.model.form import Form, ItemResult, Question
from grader.model.item import Code, Essay, MultipleChoice, SingleChoice, Table
from grader.model.score import Score, in_points, show_points, total
from grader.quiz.cells import read_cells, read_parts
from grader.quiz.selection import UnclearError, is_blank, read_letters
from grader.sandbox.text import printable

OF_OTHERS = {"odd-paper"}
"""Findings that tell of other students' papers."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a student answered: in a line, or in several as they were typed; nothing where it was left blank.

    `chosen` holds the letters of the options that were ticked; `is_shown` says that it stands in the body, in
    options or cells.
    """

    line: str = ""
    lines: str = ""
    chosen: frozenset[str] = frozenset()
    is_shown: bool = False


@dataclass(frozen=True, slots=True)
class MarkedQuestion:
    """A question as a student reads it after marking; `parts` are those under its stem."""

    asked: Asked
    given: Given
    parts: tuple["MarkedQuestion", ...] = ()
    sign: str = ""
    verdict: str = ""
    style: str = ""
    earned: str = ""
    feedback: str = ""
    waiting: tuple[str, ...] = ()
    amended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedSection:
    """Questions under one heading, with the scoring rule and what they earned together."""

    title: str
    rule: str
    score: str
    questions: tuple[MarkedQuestion, ...]


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """All that stands on a student's page, and nothing of anybody else."""

    student: str
    title: str
    paper: str
    score: str
    waiting: str
    findings: tuple[tuple[str, str], ...]
    is_marked: bool
    sections: tuple[MarkedSection, ...]


class Asking:
    """What the forms ask, made once for each form however many students had it."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, tuple[Asked, ...]]] = {}

    def page(self, one: Standing) -> MarkedPage:
        """The page of a student."""
        sections = tuple(self._sections(one, one.form)) if one.form else ()
        return MarkedPage(
            printable(one.student),
            one.form.title if one.form else "A paper that was handed in",
            printable(one.paper or ""),
            _of(one.score),
            in_points(one.waiting) if one.waiting else "",
            tuple(
                (printable(finding.what), printable(finding.cure))
                for finding in one.findings
                if finding.rule not in OF_OTHERS
            ),
            not one.error,
            sections,
        )

    def _sections(self, one: Standing, form: Form) -> list[MarkedSection]:
        results = {result.id: result for result in one.results}
        asked = self._asked(form)
        sections = []
        for index, section in enumerate(form.sections):
            marked = [results[question.item.id] for question in section.questions]
            questions = tuple(
                _marked(shown, question, result)
                for shown, question, result in zip(asked[str(index)], section.questions, marked, strict=True)
            )
            score = total(result.score for result in marked)
            sections.append(MarkedSection(section.title, section.rule, _of(score), questions))
        return sections

    def _asked(self, form: Form) -> dict[str, tuple[Asked, ...]]:
        if form.id not in self._known or not form.id:
            open_, solved = (document(form, is_solved=is_solved).chapters for is_solved in (False, True))
            self._known[form.id] = {
                str(index): tuple(map(_joined, chapter.questions, key.questions))
                for index, (chapter, key) in enumerate(zip(open_, solved, strict=True))
            }
        return self._known[form.id]


def _unsolved(asked: Asked) -> Asked:
    """The question with nothing said about what is right."""
    body = asked.body
    if isinstance(body, Choices):
        body = replace(body, entries=tuple(Entry(one.name, one.text) for one in body.entries))
    return replace(asked, body=body, solution=None, parts=tuple(map(_unsolved, asked.parts)))


def _of(score: Score) -> str:
    """A score in words, with a real minus."""
    return f"{show_points(score.earned)} of {in_points(score.possible)}".replace("-", "−")


def _joined(asked: Asked, solved: Asked) -> Asked:
    """The question as it stood on the paper, its options with what is right about them."""
    body = solved.body if isinstance(solved.body, Choices) else asked.body
    parts = tuple(map(_joined, asked.parts, solved.parts))
    return replace(asked, body=body, solution=solved.solution, parts=parts, box=None)


def _marked(asked: Asked, question: Question, result: ItemResult) -> MarkedQuestion:
    sign, verdict, style = _verdict(result)
    if result.unread:  # it can still be mended
        asked = _unsolved(asked)
    return replace(
        _answered(asked, question, result.response),
        sign=sign,
        verdict=verdict,
        style=style,
        earned=_of(result.score),
        feedback=_feedback(asked, question, result),
        waiting=tuple(f"{one.criterion} ({in_points(one.points)})" for one in result.pending),
        amended=tuple(map(printable, result.amended)),
    )


def _feedback(asked: Asked, question: Question, result: ItemResult) -> str:
    """What is told beside the solution, which stands below and need not be said twice."""
    stands_beside = isinstance(asked.body, Choices) and not result.unread
    if result.correct or result.response is None or stands_beside:
        return ""
    told = result.feedback
    for said in filter(None, (solution(question), question.item.explanation.strip())):
        told = told.replace(said, "")
    return printable(told).strip()


def _answered(asked: Asked, question: Question, response: Any) -> MarkedQuestion:
    """A question, or a part of one, with what was answered to it."""
    parts: tuple[MarkedQuestion, ...] = ()
    if question.parts:
        given: Any = [None] * len(question.parts)
        with suppress(UnclearError):
            given = read_parts(response, len(question.parts))
        parts = tuple(map(_answered, asked.parts, question.parts, given))
    body = _with_answer(asked.body, question, response)
    is_told = any(part.given != Given() for part in parts)
    told = Given() if is_told else _given(question, response, is_shown=body != asked.body)
    return MarkedQuestion(replace(asked, body=body), told, parts)


def _given(question: Question, response: Any, *, is_shown: bool) -> Given:
    if is_blank(response):
        return Given()
    if isinstance(question.item, Code | Essay) and isinstance(response, str):
        return Given(lines=printable(response))
    chosen: frozenset[str] = frozenset()
    if isinstance(question.item, SingleChoice | MultipleChoice):
        with suppress(UnclearError):
            chosen = read_letters(response, len(question.order))
    if chosen or is_shown:
        return Given(chosen=chosen, is_shown=True)
    return Given(printable(_typed(response)))


def _typed(response: Any) -> str:
    """A response as somebody writes it in one line."""
    match response:
        case bool():
            return str(response).lower()
        case Mapping():
            return "; ".join(f"{key}: {_typed(value)}" for key, value in response.items())
        case list() | tuple():
            return ", ".join(map(_typed, response))
    return "" if response is None else str(response)


def _with_answer(body: Body | None, question: Question, response: Any) -> Body | None:
    """A table with what was written into its cells."""
    if not isinstance(question.item, Table) or not isinstance(body, Grid) or is_blank(response):
        return body
    try:
        given = read_cells(response, tuple(question.item.blanks), len(body.columns))
    except UnclearError:
        return body
    rows = tuple(
        tuple(
            replace(cell, text=printable(_typed(given.get((row, column))))) if cell.blank else cell
            for column, cell in enumerate(cells)
        )
        for row, cells in enumerate(body.rows)
    )
    return replace(body, rows=rows)


def _verdict(result: ItemResult) -> tuple[str, str, str]:
    """A sign, a word and a style; the word says all, the others repeat it."""
    if result.amended and not result.score.possible:
        return "–", "counts for nothing", "open"
    if result.pending:
        return "…", "waits for a person", "open"
    if result.unread:
        return "?", "not marked", "open"
    if result.correct:
        return "✓", "right", "good"
    if result.response is None:
        return "·", "left blank", "open"
    return ("◐", "partly right", "part") if result.score.earned > 0 else ("✗", "not right", "lost")
