"""Findings and the few exceptions raised on purpose."""

import difflib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

MAX_LISTED = 200
MAX_NAMED = 30


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing an author has to mend: where it is, which rule it breaks and what cures it.

    `line` and `column` count from 1, as editors do.
    """

    path: Path
    line: int
    column: int
    rule: str
    what: str
    cure: str

    def __str__(self) -> str:
        # A line each, whatever stands in a name or a key that they quote.
        found = f"{self.path}:{self.line}:{self.column}: {self.rule}: {self.what}".replace("\n", " ")
        return f"{found}\n  cure: {self.cure}"


class GradeError(Exception):
    """The root of every exception that this package raises on purpose."""


class UsageError(GradeError):
    """What the caller asked for cannot be done: an unknown name, a path that is not there (exit code 2)."""


def no_such(kind: str, name: str, known: Collection[str]) -> UsageError:
    """The error of a name that is not known; asks for the nearest, or lists them all where they are few."""
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return UsageError(f"there is no {kind} `{name}`. Did you mean `{near[0]}`?")
    if not known:
        return UsageError(f"there is no {kind} `{name}`, nor any other")
    told = ", ".join(f"`{one}`" for one in islice(known, MAX_NAMED))
    more = f" and {len(known) - MAX_NAMED} more" if len(known) > MAX_NAMED else ""
    return UsageError(f"there is no {kind} `{name}`; there are: {told}{more}")


class ContentError(GradeError):
    """A course, bank or blueprint cannot be used as it stands (exit code 2)."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(listed(findings))
        self.findings = tuple(findings)


def listed(findings: Sequence[Finding]) -> str:
    """The findings to be read; of very many the first, and how many there are."""
    told = [str(finding) for finding in findings[:MAX_LISTED]]
    more = len(findings) - len(told)
    return "\n".join([*told, f"and {more} more"] if more else told)
