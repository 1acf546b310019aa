"""The fixed items that one student gets, and how each is asked and scored."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from grader.model.item import Item
from grader.model.score import Score


@dataclass(frozen=True, slots=True)
class Question:
    """One item on a form.

    `order` holds, for each printed letter, the index of the option in the bank (empty for items without
    options); `points` is what a full answer earns here; `scheme` names the rule in `grader.quiz.schemes`.
    """

    item: Item
    number: int
    points: Fraction
    scheme: str
    order: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Questions of one sort under one heading, with the scoring rule in one sentence."""

    title: str
    rule: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A paper; the same blueprint, bank and seed give it again.

    `id` is what a responses file names in `paper:`.
    """

    id: str
    title: str
    seed: int
    minutes: int
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One marked response.

    `response` is what was typed, None where nothing was; `correct` is None for a blank one, and for one that
    could not be understood, which is not marked.
    """

    id: str
    score: Score
    response: Any
    correct: bool | None
    feedback: str
