"""What a test calls `student`: each attribute is a function of the submission."""

from collections.abc import Callable
from typing import Any

from grader.engine.bench import Bench


class Student:
    """Sends calls to whichever submission is on the bench, so that one fixture serves them all."""

    def __init__(self) -> None:
        self._bench: Bench | None = None

    def put(self, bench: Bench | None) -> None:
        """From now on, calls go to this submission."""
        self._bench = bench

    def __getattr__(self, name: str) -> Callable[..., Any]:
        bench = self._bench
        if bench is None or name not in bench.exercise.functions:
            # An author's slip: pytest shows it as an error of the test, which makes the test broken.
            raise AttributeError(f"`exercise.yaml` declares no function `{name}`")

        def call(*positional: Any, **named: Any) -> Any:
            return bench.call(name, positional, named)

        return call
