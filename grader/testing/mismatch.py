"""The exception that says how a value differs from what was promised."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any


class Rung(IntEnum):
    """How far down the ladder of plain sentences a value came; of two mismatches the earlier is told.

    RESULTS covers the wrong number and the wrong kind of results, NAN also infinities out of place. MODIFIED
    (a changed argument) is raised by the engine only.
    """

    RESULTS = 1
    SHAPE = 2
    DTYPE = 3
    NAN = 4
    MODIFIED = 5
    VALUE = 6


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """The two values that a check held against one another, under the name that it has for them.

    `head` says how they differ first; `extent` is what can be added where they have nothing in common.
    """

    name: str
    actual: Any
    expected: Any
    head: str
    extent: str = ""
    rtol: float = 0.0
    atol: float = 0.0


class Mismatch(AssertionError):
    """A value is not what was promised: `rung` says in which respect, the text in a plain sentence.

    A check that knows both values gives them as `compared`.
    """

    def __init__(self, rung: Rung, sentence: str, compared: Compared | None = None) -> None:
        super().__init__(sentence)
        self.rung = rung
        self.sentence = sentence
        self.compared = compared

    def __str__(self) -> str:
        return self.sentence

    def __reduce__(self) -> tuple[type["Mismatch"], tuple[Rung, str]]:
        return type(self), (self.rung, self.sentence)
