"""Runs work in processes of this machine, and says what it asks of any other place to run it."""

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Protocol, Self, TypeVar

A = TypeVar("A")
R = TypeVar("R")

SPAWN = multiprocessing.get_context("spawn")
"""Nothing is inherited: no open file, no lock held by another thread."""


class Engine(Protocol):
    """Where work is done; a context manager, which on an error leaves at once what is still at work."""

    @property
    def in_flight(self) -> int:
        """How many pieces of work keep it busy; more would only wait, and be lost together."""

    def submit(self, work: Callable[[A], R], argument: A) -> Future[R]: ...

    def alone(self, work: Callable[[A], R], argument: A) -> R:
        """Does the work where nothing else is done, so that whatever it ends is its own doing."""

    def mend(self) -> None:
        """Makes it fit for work again after work that failed.

        Raises:
            GradeError: that cannot be done.
        """

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class LocalEngine:
    """Worker processes of this machine, none of which outlives this one, however it ends."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool = _Pool(workers)
        self._cell: _Pool | None = None

    @property
    def in_flight(self) -> int:
        return self._workers + 1

    def submit(self, work: Callable[[A], R], argument: A) -> Future[R]:
        try:
            return self._pool.executor.submit(work, argument)
        except BrokenProcessPool as error:  # it broke since the last look
            failed: Future[R] = Future()
            failed.set_exception(error)
            return failed

    def alone(self, work: Callable[[A], R], argument: A) -> R:
        self._cell = self._cell or _Pool(1)
        try:
            return self._cell.executor.submit(work, argument).result()
        except Exception:
            self._cell.end()
            self._cell = None
            raise

    def mend(self) -> None:
        if self._pool.is_broken():
            self._pool.end()
            self._pool = _Pool(self._workers)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pool in filter(None, (self._pool, self._cell)):
            if error is None:
                pool.executor.shutdown()
            pool.end()


class _Pool:
    """An executor and the leash of its processes."""

    def __init__(self, workers: int) -> None:
        theirs, self._leash = SPAWN.Pipe(duplex=False)
        self.executor = ProcessPoolExecutor(workers, SPAWN, initializer=_begin, initargs=(theirs,))

    def is_broken(self) -> bool:
        try:
            self.executor.submit(os.getpid)
        except BrokenProcessPool:
            return True
        return False

    def end(self) -> None:
        """Ends the processes at once, and what they are doing with them."""
        self._leash.close()
        self.executor.shutdown(cancel_futures=True)


def _begin(leash: Connection) -> None:
    """Sees to it that this process ends with the one that started it, even when that is killed."""
    # Ctrl-C in a terminal is for the one that started it, which decides what to do.
    os.setsid()
    threading.Thread(target=_end_with, args=(leash,), daemon=True).start()


def _end_with(leash: Connection) -> None:
    # Nothing is ever sent: it becomes readable when the other end is closed, by whomever.
    wait([leash])
    os._exit(0)
