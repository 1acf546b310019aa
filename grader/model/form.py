"""The fixed items that one student gets, and how each is asked and scored."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from grader.model.item import Item
from grader.model.score import Score


@dataclass(frozen=True, slots=True)
class Question:
    """One item on a form.

    The item is the drawn one: no template is left in it. `order` holds, for each printed letter, the index
    of the option, the right of a matching or the step (empty for other items); `points` is what a full answer
    earns here; `scheme` names the rule in `grader.quiz.schemes`. `parts` are the questions under the stem of
    an item of parts; the `rule` of a part says its scheme in one sentence.
    """

    item: Item
    number: int
    points: Fraction
    scheme: str
    order: tuple[int, ...] = ()
    rule: str = ""
    parts: tuple["Question", ...] = ()


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

    @property
    def questions(self) -> tuple[Question, ...]:
        """Its questions in the order of the paper."""
        return tuple(question for section in self.sections for question in section.questions)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that a person has to decide about a response, and the points that can be given for it."""

    criterion: str
    points: Fraction
    response: str


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One marked response.

    `response` is what was typed, None where nothing was; `correct` is None where it cannot be said: for a
    blank one, for one with something `unread`, and for one that goes to a person. `unread` says what of it
    could not be understood, which is not marked and costs nothing; `pending` holds what a person has still to
    decide, for which `score` counts nothing so far.
    """

    id: str
    score: Score
    response: Any
    correct: bool | None
    feedback: str
    unread: str = ""
    pending: tuple[Waiting, ...] = ()
    amended: tuple[str, ...] = ()
