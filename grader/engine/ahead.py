"""Asks the submission for the calls that a test is known to make before the test makes them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any

import numpy as np

from grader.sandbox import codec
from grader.sandbox.client import Worker, call_frame
from grader.sandbox.codec import Handle, WireError
from grader.sandbox.replies import Contract
from grader.sandbox.request import Request

FIRST_LOT = 32
MAX_LOT = 256
"""Calls that are sent together; a test that fails at once leaves few of them unused."""
MAX_BYTES = 2**20
MAX_NOTED = 16 * 2**20
"""Bytes of the calls of one example that are kept."""


@dataclass(frozen=True, slots=True)
class Script:
    """The calls that one example makes of the reference, as frames of the wire.

    What cannot be sent ahead, as a function, ends it: then it is not whole.
    """

    calls: tuple[bytes, ...] = ()
    is_whole: bool = True


class Notes:
    """Takes down the calls of one example."""

    def __init__(self) -> None:
        self._calls: list[bytes] = []
        self._left = MAX_NOTED
        self._is_whole = True

    def note(self, function: str, arguments: Sequence[Any], names: Sequence[str], contract: Contract) -> None:
        """Notes a call, whose handles are links to earlier ones, before it is made."""
        if not self._is_whole:
            return
        if any(type(argument) is Handle and argument.worker for argument in arguments):
            self._is_whole = False  # it is good for one worker, and where it comes from is not known
            return
        try:
            frame = call_frame(function, arguments, names, len(self._calls), contract)
        except WireError:
            self._is_whole = False
            return
        self._left -= len(frame)
        self._is_whole = self._left >= 0
        if self._is_whole:
            self._calls.append(frame)

    def script(self) -> Script:
        return Script(tuple(self._calls), self._is_whole)


class Ahead:
    """Follows one test through the scripts of its examples; once it leaves them, it is on its own."""

    def __init__(self, scripts: Sequence[Script]) -> None:
        self._scripts = scripts
        self._example = -1
        self._place = 0
        self._lot = FIRST_LOT
        self._is_left = False
        self._has_sent = False

    def open_example(self) -> None:
        """Goes on to the next example."""
        self._is_left = self._is_left or self._place < self._due()
        self._example += 1
        self._place = 0
        self._is_left = self._is_left or self._example >= len(self._scripts)

    def answers(self, worker: Worker, *, deadline: float) -> bytes:
        """What the worker answers to the calls of the next example, as bytes; empty where it cannot be told.

        Raises:
            WorkerLost: it could not be asked.
        """
        following = self._example + 1
        if self._is_left or self._place < self._due() or following >= len(self._scripts):
            return b""
        script = self._scripts[following]
        if not script.calls or not script.is_whole:
            return b""
        if not (self._has_sent and worker.awaited):
            worker.send_ahead(self._next_lot(following, 0), deadline=deadline)
            self._has_sent = True
        is_sent = worker.awaited >= len(script.calls)
        return worker.peek(len(script.calls), deadline=deadline) if is_sent else b""

    def pass_over(self, worker: Worker) -> None:
        """Goes on to the end of the next example, to whose calls the worker has answered."""
        self._example += 1
        self._place = self._due()
        worker.pass_over(self._place)

    @property
    def knows_more(self) -> bool:
        """Whether the next call of this example is foreseen."""
        return not self._is_left and self._place < self._due()

    def _due(self) -> int:
        """How many calls the script of this example has."""
        return len(self._scripts[self._example].calls) if self._example >= 0 else 0

    def foresaw(
        self,
        worker: Worker,
        function: str,
        arguments: Sequence[Any],
        names: Sequence[str],
        *,
        deadline: float,
    ) -> bool:
        """Whether this call is the next of the script; then the worker has been asked for it.

        Raises:
            WorkerLost: it could not be asked.
        """
        if self._is_left or self._example < 0:
            return False
        script = self._scripts[self._example]
        if self._place >= len(script.calls):
            self._is_left = script.is_whole
            return False
        told = _told(script.calls[self._place])
        if not (
            told.function == function
            and told.names == list(names)
            and identical(told.arguments, tuple(arguments))
        ):
            self._is_left = True
            return False
        # What is awaited may still be another's, which was left before its answers were read.
        if not (self._has_sent and worker.awaited):
            worker.send_ahead(self._next_lot(self._example, self._place), deadline=deadline)
            self._has_sent = True
        self._place += 1
        return True

    def _next_lot(self, example: int, place: int) -> list[bytes]:
        """The calls from there on: so many as a lot holds, and none beyond one that cannot be foreseen.

        It ends with an example, unless one alone is too long.
        """
        lot: list[bytes] = []
        size = 0
        for script in self._scripts[example:]:
            calls, place = script.calls[place:], 0
            size += sum(map(len, calls))
            if len(lot) + len(calls) > self._lot or size > MAX_BYTES:
                lot = lot or _first(calls, self._lot)
                break
            lot += calls
            if not script.is_whole:
                break
        self._lot = min(2 * self._lot, MAX_LOT)
        return lot


def _first(calls: Sequence[bytes], most: int) -> list[bytes]:
    """As many of the calls as one lot holds; one at least."""
    ends = accumulate(map(len, calls))
    count = min(most, sum(end <= MAX_BYTES for end in ends))
    return list(calls[: max(1, count)])


@cache
def _told(frame: bytes) -> Request:
    """What a frame says; its arrays are looked at only."""
    return Request(*codec.decode(*codec.parted(frame)))


def identical(a: Any, b: Any) -> bool:
    """Whether two plain values are the same to the last bit, and would cross as the same bytes."""
    if type(a) is not type(b):
        return False
    if type(a) is np.ndarray:
        return bool(
            a.dtype == b.dtype
            and a.shape == b.shape
            and a.flags.c_contiguous == b.flags.c_contiguous
            and a.flags.f_contiguous == b.flags.f_contiguous
            and a.tobytes() == b.tobytes()
        )
    if type(a) in (tuple, list):
        return len(a) == len(b) and all(map(identical, a, b))
    if type(a) is dict:
        return len(a) == len(b) and all(map(identical, a.items(), b.items()))
    if type(a) is float:
        return (a == b and math.copysign(1, a) == math.copysign(1, b)) or (a != a and b != b)
    if isinstance(a, np.generic):
        return bool(a.dtype == b.dtype) and a.tobytes() == b.tobytes()
    return bool(a == b)
