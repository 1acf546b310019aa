"""The exception that says how a value differs from what was promised."""

from enum import IntEnum


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


class Mismatch(AssertionError):
    """A value is not what was promised: `rung` says in which respect, the text in a plain sentence."""

    def __init__(self, rung: Rung, sentence: str) -> None:
        super().__init__(sentence)
        self.rung = rung
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence

    def __reduce__(self) -> tuple[type["Mismatch"], tuple[Rung, str]]:
        return type(self), (self.rung, self.sentence)
