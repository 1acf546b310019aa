"""Marks the code in a paper as `grade` marks an exercise."""

import importlib
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from grader.exam.marking import CodeMark


class CodeMarker:
    """Marks a source for an exercise; a context manager that opens a sandbox when the first one comes.

    A source that was marked before is not run again.
    """

    def __init__(self, course: Path, isolation: str | None = None) -> None:
        self._course = course
        self._isolation = isolation
        self._stack = ExitStack()
        self._runs: Any = None
        self._known: dict[tuple[str, str], CodeMark] = {}

    def __call__(self, exercise: str, source: str) -> CodeMark:
        if self._runs is None:
            # Most papers hold no code, and what runs it takes a second to import.
            room = importlib.import_module("grader.cli.code_runs")
            self._runs = room.CodeRuns(self._course, self._isolation, self._stack)
        # In a folder of papers many hand in the same: the stub, or what they wrote together.
        if (exercise, source) not in self._known:
            self._known[exercise, source] = self._runs.mark(exercise, source)
        return self._known[exercise, source]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
