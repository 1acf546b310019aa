"""Tells whoever runs a test what it is about to ask for, so that the calls can be made together."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

Asked = Sequence[Callable[[], Any]]

_PREPARED: ContextVar[Callable[[Asked], None] | None] = ContextVar("prepared", default=None)


def prepare(asked: Asked) -> None:
    """Says what will be asked for next: every one of `asked`, in their order, each without side effects."""
    told = _PREPARED.get()
    if told is not None:
        told(asked)


@contextmanager
def prepared_by(told: Callable[[Asked], None]) -> Iterator[None]:
    """Inside, `told` hears of what will be asked for."""
    before = _PREPARED.set(told)
    try:
        yield
    finally:
        _PREPARED.reset(before)
