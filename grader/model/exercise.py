"""One coding task and the contract of the functions it asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Literal

Kind = Literal["float", "int", "bool", "number", "list", "tuple", "dict", "function", "opaque"]


@dataclass(frozen=True, slots=True)
class Value:
    """What one argument or result must be: a scalar or container kind, or an array of a kind and a shape.

    `shape` is None for anything but an array; its entries are sizes or the names of sizes ("N").
    """

    kind: Kind
    shape: tuple[str | int, ...] | None = None

    def __str__(self) -> str:
        if self.shape is None:
            return self.kind
        comma = "," if len(self.shape) == 1 else ""
        return f"({', '.join(map(str, self.shape))}{comma}) {self.kind}"


@dataclass(frozen=True, slots=True)
class Function:
    """The contract of one function: its arguments and results by name, in order.

    `updates` names the arguments that the function may change in place.
    """

    name: str
    arguments: Mapping[str, Value]
    returns: Mapping[str, Value]
    updates: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one test, and one exercise as a whole, may use: wall-clock seconds and bytes of memory.

    `packages` lets a submission import every installed package, not only numpy and the standard library.
    """

    seconds: float = 10.0
    total_seconds: float = 30.0
    memory: int = 512 * 2**20
    packages: bool = False


class Feedback(StrEnum):
    """What the tests that a student does not hold may tell: all, the mistake's name, or the verdict alone."""

    FULL = "full"
    DIAGNOSIS = "diagnosis"
    VERDICT = "verdict"


@dataclass(frozen=True, slots=True)
class Mistake:
    """A well-known wrong version of some of an exercise's functions.

    `source` is a whole submission: the reference with the wrong function in place of the right one.
    """

    name: str
    hint: str
    function: str
    line: int
    source: str


@dataclass(frozen=True, slots=True)
class Exercise:
    """One coding task: what a student receives and what it is marked with.

    `due` is when tests `after_due_date` come into sight, never where it is None; `shows_solution` lets
    `grade solution` show the reference after full marks.
    """

    id: str
    title: str
    topic: str
    difficulty: int
    source: tuple[str, ...]
    functions: Mapping[str, Function]
    hints: tuple[str, ...]
    folder: Path
    solution_folder: Path | None
    limits: Limits = field(default_factory=Limits)
    feedback: Feedback = Feedback.FULL
    due: datetime | None = None
    shows_solution: bool = True

    @property
    def stub(self) -> Path:
        """The file handed out, which a student edits."""
        return self.folder / f"{self.id}.py"

    @property
    def public_tests(self) -> Path:
        return self.folder / "test_public.py"

    @property
    def reference(self) -> Path | None:
        return self.solution_folder and self.solution_folder / f"{self.id}.py"

    @property
    def hidden_tests(self) -> Path | None:
        return self.solution_folder and self.solution_folder / "test_hidden.py"

    @property
    def test_files(self) -> tuple[Path, ...]:
        """The test files that are there."""
        files = (self.public_tests, self.hidden_tests)
        return tuple(file for file in files if file and file.exists())
