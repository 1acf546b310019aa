"""Lets a test go on after a promise is broken, for whoever only wants to see what it does."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ParamSpec

from grader.testing.mismatch import Mismatch

P = ParamSpec("P")

_IS_LENIENT: ContextVar[bool] = ContextVar("lenient", default=False)


def judging(check: Callable[P, None]) -> Callable[P, None]:
    """A check that raises `Mismatch`, unless nobody judges."""

    @functools.wraps(check)
    def judged(*arguments: P.args, **named: P.kwargs) -> None:
        try:
            check(*arguments, **named)
        except Mismatch:
            if not _IS_LENIENT.get():
                raise

    return judged


@contextmanager
def lenient() -> Iterator[None]:
    """Inside, no check of this package raises `Mismatch`."""
    before = _IS_LENIENT.set(True)
    try:
        yield
    finally:
        _IS_LENIENT.reset(before)
