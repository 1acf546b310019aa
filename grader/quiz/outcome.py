"""What comes of holding a typed answer against the author's: right, wrong, not read, or undecided."""

from dataclasses import dataclass
from fractions import Fraction

MAX_QUOTED = 60


class UnusableKeyError(ValueError):
    """An author's answer cannot be read, so that nothing can be held against it."""


@dataclass(frozen=True, slots=True)
class AnswerCheck:
    """Whether a typed answer is right.

    `correct` is None where it cannot be read, which is told and costs nothing, and where it is `undecided`:
    then a person has to look. `credit` is the share of the points that a wrong answer still earns.
    """

    correct: bool | None
    feedback: str
    undecided: bool = False
    credit: Fraction = Fraction(0)


RIGHT = AnswerCheck(True, "")


def wrong(why: str) -> AnswerCheck:
    return AnswerCheck(False, why)


def not_read(typed: str, why: str) -> AnswerCheck:
    """Not marked: the student can write it again."""
    shown = " ".join(typed.split())[:MAX_QUOTED]
    return AnswerCheck(None, f"`{shown}` was not marked: {why}.")


def undecided(why: str) -> AnswerCheck:
    """Not marked by us: a person decides."""
    return AnswerCheck(None, f"{why} A person will look at it; until then it costs nothing.", undecided=True)
