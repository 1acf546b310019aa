"""Says on standard error how far a long run has come."""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

import click

from grader.batch.run import Progress

LINE_SECONDS = 10.0
LINE_SHARE = 0.1
"""Where nobody looks, a line after so long or so much of the work, whichever is first."""


class Ticker:
    """One line that is written over at a terminal; elsewhere a line now and then."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic, is_live: bool | None = None) -> None:
        self._clock = clock
        self._is_live = sys.stderr.isatty() if is_live is None else is_live
        self._start = self._told_at = clock()
        self._told = 0
        self._shown: str | None = None

    def __call__(self, progress: Progress) -> None:
        if self._is_live:
            self._show(f"\r\033[K{line(progress, self._clock() - self._start)}", end="")
        elif self._is_due(progress):
            self._told, self._told_at = progress.done, self._clock()
            self._show(line(progress, self._clock() - self._start), end="\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leaves the last line where it is and begins a new one."""
        if self._is_live and self._shown is not None:
            click.echo(err=True)

    def _show(self, text: str, *, end: str) -> None:
        if text != self._shown:
            click.echo(text + end, nl=False, err=True)
            self._shown = text

    def _is_due(self, progress: Progress) -> bool:
        if progress.done == self._told:
            return False
        is_last = progress.done == progress.total
        is_much = progress.done - self._told >= LINE_SHARE * progress.total
        return is_last or is_much or self._clock() - self._told_at >= LINE_SECONDS


def line(progress: Progress, seconds: float) -> str:
    """How much is done, how fast it goes and what is left; what was in the ledger takes no time."""
    parts = [f"{progress.done:,} of {progress.total:,}"]
    rate = progress.marked / seconds if seconds > 0 else 0.0
    if rate:
        parts.append(f"{rate:.1f} a second")
        parts.append(f"{_span((progress.total - progress.done) / rate)} left")
    if progress.quarantined:
        parts.append(f"{progress.quarantined:,} in quarantine")
    return ", ".join(parts)


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes:02} min"
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
