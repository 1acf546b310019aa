"""Remembers the answers with which examples kept their promise: the same bytes keep it again."""

import hashlib
from collections.abc import Sequence

MAX_KEPT = 64
"""Digests of one example; submissions that are right differ in the last bits only."""


def digest(answers: bytes) -> bytes:
    """What tells answers from others; nothing for none."""
    return hashlib.sha256(answers).digest() if answers else b""


class Familiar:
    """The answers, by their digests, that each example of a test was content with."""

    def __init__(self, known: Sequence[bytes]) -> None:
        """`known` has one digest of each example, empty where none is known."""
        self._known = [{one} - {b""} for one in known]

    def has(self, example: int, answers: bytes) -> bool:
        """Whether the example was content with these."""
        return answers in self._known[example]

    def add(self, example: int, answers: bytes) -> None:
        """The example is content with these."""
        known = self._known[example]
        if answers and len(known) < MAX_KEPT:
            known.add(answers)

    def first(self, example: int) -> bytes:
        """One of those that the example was content with; empty if there is none."""
        return next(iter(self._known[example]), b"")
