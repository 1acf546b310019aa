"""Names papers so that each can be found again: by blueprint, seed, form and what it says."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from grader.errors import UsageError
from grader.exam.solution import right_answer
from grader.model.form import Question, Section
from grader.model.item import (
    Essay,
    Key,
    Matching,
    MultipleChoice,
    Option,
    Ordering,
    Parts,
    SingleChoice,
    Table,
    TrueFalse,
)
from grader.quiz.selection import letter

_FORM = re.compile(r"(.+)-([0-9]{1,18})(?:-([A-Z])([1-9][0-9]?))?-[^-]+")


class UnknownPaperError(UsageError):
    """A paper is named that nobody made, or not with what the course is made of today."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Which paper is meant: the form with an index, from 0, of so many that a seed draws of a blueprint."""

    blueprint: str
    seed: int
    form: int = 0
    forms: int = 1

    @property
    def letter(self) -> str:
        """What the form is called beside its parallels; nothing where it is alone."""
        return letter(self.form) if self.forms > 1 else ""


def form_of(paper: str) -> Drawn:
    """What the id of a form says about it.

    Raises:
        UnknownPaperError: the text is no id of a form.
    """
    found = _FORM.fullmatch(paper)
    form = ord(found[3]) - ord("A") if found and found[3] else 0
    forms = int(found[4]) if found and found[4] else 1
    if not found or form >= forms:
        raise UnknownPaperError(f"`{paper}` is not the name of a paper; it looks like `midterm-7-3f9a1c`")
    return Drawn(found[1], int(found[2]), form, forms)


def id_of(drawn: Drawn, sections: Sequence[Section]) -> str:
    """The id of a form: `midterm-7-3f9a1c`, or `midterm-7-B3-3f9a1c` for form B of three."""
    among = f"-{drawn.letter}{drawn.forms}" if drawn.forms > 1 else ""
    return f"{drawn.blueprint}-{drawn.seed}{among}-{_digest(sections)}"


def _digest(sections: Sequence[Section]) -> str:
    """Tells a form from one that was made of other words: of a bank that has changed since."""
    content = [_content(question) for section in sections for question in section.questions]
    return hashlib.sha256(json.dumps(content).encode("ascii")).hexdigest()[:6]


def _content(question: Question) -> list[Any]:
    """What a student reads, what is right and how it is scored; a new field of the bank renames no paper."""
    item = question.item
    stated = [item.id, item.stem, str(question.points), question.scheme, list(question.order)]
    return [*stated, *_asked(question)]


def _asked(question: Question) -> list[Any]:
    match question.item:
        case SingleChoice(options=options) | MultipleChoice(options=options):
            return [[[_option_text(option), isinstance(option, Key)] for option in options]]
        case Matching() as item:
            return [[[pair.left, pair.right] for pair in item.pairs], list(item.extras)]
        case Ordering(steps=steps):
            return [list(steps)]
        case Table(columns=columns, rows=rows):
            return [
                list(columns),
                [[cell if isinstance(cell, str) else "" for cell in row] for row in rows],
                right_answer(question),
            ]
        case Parts():
            return [[_content(part) for part in question.parts]]
        case Essay(rubric=rubric):
            return [[[one.criterion, str(one.points)] for one in rubric]]
        case TrueFalse(answer=answer):
            return [[[str(answer), True]]]
    return [[[right_answer(question), True]]]


def _option_text(option: Option) -> str:
    return option if isinstance(option, str) else option.text
