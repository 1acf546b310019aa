"""Runs work on a cluster of dask.distributed that is already there."""

import importlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self, TypeVar

from grader.errors import UsageError

A = TypeVar("A")
R = TypeVar("R")

CONNECT_SECONDS = 20
MISSING = "`--engine dask` needs dask.distributed: `pip install 'grade[cluster]'`"
NO_SCHEDULER = (
    "no scheduler answers at `{address}` ({why}); start `dask scheduler` and give the address it prints"
)
LOST = "the scheduler at `{address}` is gone; start it again, then run the same command to go on"
SPARE = 2
"""Pieces of work for each thread of the cluster: one to do, one that is already there when that is done."""


class ClusterEngine:
    """The workers of a scheduler; both belong to somebody else and are left as they are.

    Raises:
        UsageError: dask.distributed is not installed, or no scheduler answers.
    """

    def __init__(self, address: str) -> None:
        try:
            distributed = importlib.import_module("distributed")
        except ImportError:
            raise UsageError(MISSING) from None
        self._address = address
        try:
            self._client: Any = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            why = type(error).__name__
            raise UsageError(NO_SCHEDULER.format(address=address, why=why)) from None
        # Not pure: what failed is to be tried again, and a second look is not the memory of the first.
        self._executor: Any = self._client.get_executor(pure=False)

    @property
    def in_flight(self) -> int:
        # Looked up each time: workers come and go, on a queue of jobs first of all.
        with self._told():
            threads: int = sum(self._client.nthreads().values())
        return SPARE * max(1, threads)

    def submit(self, work: Callable[[A], R], argument: A) -> Future[R]:
        with self._told():
            future: Future[R] = self._executor.submit(work, argument)
        return future

    def alone(self, work: Callable[[A], R], argument: A) -> R:
        # One of the workers does it; the others go on with theirs. The scheduler tries several before it
        # gives up on work that ends them.
        return self.submit(work, argument).result()

    def mend(self) -> None:
        if self._client.status != "running":
            raise UsageError(LOST.format(address=self._address))

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Makes a sentence with a cure of what dask raises when its scheduler does not answer."""
        try:
            yield
        except (OSError, RuntimeError):
            raise UsageError(LOST.format(address=self._address)) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._executor.shutdown(wait=error is None)
        self._client.close()
