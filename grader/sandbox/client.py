"""The trusted side: asks a worker for calls of the submission's functions."""

import os
import secrets
import select
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from types import TracebackType
from typing import IO, Any, Self

from grader.sandbox import codec
from grader.sandbox.channel import Channel, Closed, Late
from grader.sandbox.failures import Loss, SandboxError, Unsendable, WorkerLost
from grader.sandbox.process import Fresh, Process, ending, launcher
from grader.sandbox.replies import (
    PLAIN,
    Contract,
    Loaded,
    Reply,
    checked_answer,
    checked_reply,
    loaded,
    plain,
    raised,
    value_of,
)
from grader.sandbox.request import Request
from grader.sandbox.text import printable

EXIT_SECONDS = 0.2
"""A worker whose connection closed is about to exit; waiting that long tells by which signal."""
PROCESSOR_MARGIN = 5
"""Seconds of processor time beyond the deadline: the backstop for a worker whose grader died."""
MAX_ASKS = 200_000
MAX_PRINTED = 2**20
FEW = 16
NAP_SECONDS = 0.001
"""How long to wait for more than a few replies before looking for them."""
MAX_PEEKED = 2**20
"""Bytes of replies that wait to be answered; larger ones are answered one by one."""
WRONG_FORM = "its process sent a reply of the wrong form"


class Isolation(StrEnum):
    """What is to keep submissions apart."""

    AUTO = "auto"
    STRICT = "strict"
    PROCESS = "process"


class Sandbox:
    """Starts workers for as long as it is open; a context manager.

    Raises:
        SandboxError: this system has no way to keep a submission apart, or not the `STRICT` one.
    """

    def __init__(self, wanted: Isolation = Isolation.AUTO) -> None:
        if sys.platform == "win32":
            raise SandboxError("submissions run on Linux and macOS only; on Windows, use WSL")
        self._launcher = None
        if sys.platform == "linux":
            self._launcher = launcher(walled=wanted is not Isolation.PROCESS)
        if wanted is Isolation.STRICT and self.missing:
            self.close()
            raise SandboxError(f"strict isolation is not to be had here: {self.missing}")

    @property
    def isolation(self) -> str:
        """What keeps a submission apart, in the words of a report: `strict` or `process`."""
        return str(Isolation.PROCESS if self.missing else Isolation.STRICT)

    @property
    def missing(self) -> str:
        """What strict isolation lacks; empty where nothing is."""
        return self._launcher.missing if self._launcher else "this system has no seccomp; Linux has"

    def worker(self, *, memory: int, seconds: float, packages: bool = False) -> "Worker":
        """A fresh worker with `memory` bytes, meant to be used for `seconds` of wall-clock time at most.

        With `packages` it may import whatever is installed, and so read the files of packages, no others.

        Raises:
            SandboxError: it cannot be kept apart as its elders were.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        output = tempfile.TemporaryFile()  # noqa: SIM115 (closed by the worker)
        processor = int(seconds) + PROCESSOR_MARGIN
        process: Process
        if self._launcher:
            process = self._launcher.fork(
                theirs, output.fileno(), memory=memory, seconds=processor, packages=packages
            )
        else:
            process = Fresh(theirs, output.fileno(), memory=memory, seconds=processor)
        theirs.close()
        return Worker(ours, output, process)

    def close(self) -> None:
        if self._launcher:
            self._launcher.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Worker:
    """One submission in one process; every method raises `WorkerLost` when it is gone, and then for good."""

    def __init__(self, connection: socket.socket, output: IO[bytes], process: Process) -> None:
        self._channel = Channel(connection)
        self._output = output
        self._process = process
        self._name = secrets.token_hex(8)
        self._lost: WorkerLost | None = None
        self._batch = ""
        self._sent = self._awaited = 0
        self._since = 0
        self._shown = 0
        self._unread = ""

    # --- requests ------------------------------------------------------------------------------------------

    def load(self, source: str, *, deadline: float, tolerant: bool = False) -> Loaded:
        """Imports a submission's text; `tolerant` runs its statements one by one and goes on after a failure.

        Raises:
            StudentError: it raised; a syntax error is one.
        """
        try:
            reply = self._exchange({"op": "load", "source": source, "tolerant": tolerant}, (), deadline)
        except Unsendable:
            raise self._lose(Loss.PROTOCOL, WRONG_FORM) from None
        with self._checked():
            return loaded(reply)

    def call(
        self,
        function: str,
        arguments: Sequence[Any],
        *,
        deadline: float,
        names: Sequence[str] = (),
        contract: Contract = PLAIN,
    ) -> Reply:
        """Calls a function of the submission; functions among `arguments` are called back on this side.

        Args:
            deadline: a reading of `time.monotonic`; time spent in callbacks counts
                only as far as it is longer than what was left.
            names: the last `len(names)` arguments are passed by these names.

        Raises:
            StudentError: the function raised.
            Unsendable: it returned something that is not plain data.
        """
        if any(
            isinstance(argument, codec.Handle) and argument.worker != self._name for argument in arguments
        ):
            raise ValueError("a handle is only good for the worker that gave it")
        callbacks = [argument for argument in arguments if callable(argument)]
        crossing = tuple(_crossing(argument, callbacks) for argument in arguments)
        asked = _request(function, crossing, names, contract)
        self._sent += 1
        request = {"op": "call", "since": self._since, "call": asked}
        return self._reply(self._exchange(request, callbacks, deadline), len(arguments), contract)

    def send_ahead(self, frames: Sequence[bytes], *, deadline: float) -> None:
        """Sends calls together, each made by `call_frame`; `answer` gives their replies in that order."""
        self._skip_answers(deadline)
        self._batch = secrets.token_hex(8)
        request = {"op": "calls", "id": self._batch, "since": self._since, "count": len(frames)}
        with self._conversing():
            self._hold_silent()
            self._channel.send_bytes(b"".join([codec.encode(request), *frames]), deadline)
        self._sent += len(frames)
        self._awaited = len(frames)

    def forget(self) -> None:
        """Ends the handles of all calls answered so far: the worker keeps what they stand for no longer."""
        self._since = self._sent - self._awaited + 1

    @property
    def is_lost(self) -> bool:
        """Whether its process is gone."""
        return self._lost is not None

    @property
    def awaited(self) -> int:
        """How many calls that were sent ahead are not answered yet."""
        return self._awaited

    def answer(self, arguments: int, contract: Contract, *, deadline: float) -> Reply:
        """The reply to the next of the calls that were sent ahead, which has so many `arguments`.

        Raises:
            StudentError, Unsendable: as `call`.
        """
        with self._conversing():
            self._open_batch(deadline)
            reply = checked_answer(self._channel.receive(deadline))
            self._awaited -= 1
            raised(reply)
        return self._reply(reply, arguments, contract)

    def peek(self, calls: int, *, deadline: float) -> bytes:
        """The bytes of the next replies to so many calls that were sent ahead; all are still to be answered.

        What is the same for two submissions is the same bytes. Empty where they do not come, or are too many.
        """
        with self._conversing():
            try:
                self._open_batch(deadline)
                nap = NAP_SECONDS if self._awaited > FEW else 0.0
                return self._channel.peek(calls, MAX_PEEKED, deadline, nap=nap)
            except (Late, Closed):  # whoever asks for the answers in turn sees which of them is missing
                return b""

    def pass_over(self, calls: int) -> None:
        """Takes as answered so many calls, whose replies were peeked at."""
        self._channel.drop(calls)
        self._awaited -= calls

    def _open_batch(self, deadline: float) -> None:
        """Reads what comes before the first reply to calls that were sent ahead: that they have arrived.

        Random, as in `_exchange`, so that no reply was written before its request.
        """
        if self._batch:
            checked_reply(self._channel.receive(deadline), self._batch)
            self._batch = ""

    def _reply(self, reply: Mapping[str, Any], arguments: int, contract: Contract) -> Reply:
        with self._checked():
            return value_of(reply, (self._name, self._sent - self._awaited), arguments, contract)

    def _skip_answers(self, deadline: float) -> None:
        """Waits for what was sent ahead and is not wanted any more."""
        with self._conversing():
            if self._awaited:
                self._open_batch(deadline)
            for _ in range(self._awaited):
                self._channel.receive_bytes(deadline)
        self._awaited = 0

    def printed(self) -> str:
        """What the submission has printed since this was last asked."""
        if not self._output.closed:
            size = os.fstat(self._output.fileno()).st_size
            data = os.pread(self._output.fileno(), min(size - self._shown, MAX_PRINTED), self._shown)
            self._shown = size
            self._unread += data.decode("utf-8", "replace")
        text, self._unread = self._unread, ""
        return printable(text)

    def end(self) -> int:
        """Ends the process, if it still runs, and returns its wait status."""
        status = 0
        if not self._output.closed:
            status = self._process.end()
            self._unread = self.printed()
            self._channel.close()
            self._output.close()
        self._lost = self._lost or WorkerLost(Loss.EXIT, "the worker was ended")
        return status

    # --- the exchange --------------------------------------------------------------------------------------

    def _exchange(
        self, request: dict[str, Any], callbacks: Sequence[Callable[..., Any]], deadline: float
    ) -> Mapping[str, Any]:
        """Sends a request, answers what the submission asks meanwhile, returns the one reply to it."""
        self._skip_answers(deadline)
        # Random, so that a reply cannot be written before its request; and nothing may be waiting already.
        identity = secrets.token_hex(8)
        latest = deadline + max(0.0, deadline - time.monotonic())
        with self._conversing():
            self._hold_silent()
            self._channel.send({"id": identity, **request}, deadline)
            for _ in range(MAX_ASKS):
                reply = checked_reply(self._channel.receive(deadline), identity)
                if reply["kind"] != "ask":
                    return raised(reply)
                deadline = min(latest, deadline + self._answer(reply, callbacks, deadline))
        raise self._lose(Loss.PROTOCOL, f"it asked more than {MAX_ASKS} times")

    def _hold_silent(self) -> None:
        if not self._channel.is_silent():
            raise codec.WireError("a reply to a request that was not made")

    @contextmanager
    def _conversing(self) -> Iterator[None]:
        """Turns what goes wrong on the wire into the loss of the worker, and a lost one away."""
        if self._lost:
            raise self._lost
        try:
            yield
        except Late:
            raise self._lose(Loss.TIME, "it was still running at the time limit") from None
        except Closed:
            raise self._lose(Loss.EXIT, "its process ended in the middle of the call") from None
        except codec.WireError as error:
            raise self._lose(Loss.PROTOCOL, f"its process sent {error}") from None

    def _answer(
        self, ask: Mapping[str, Any], callbacks: Sequence[Callable[..., Any]], deadline: float
    ) -> float:
        """Calls the trusted function that the submission asks for; returns the seconds that this took."""
        start = time.monotonic()
        with self._checked():
            function, arguments = callbacks[plain(ask["callback"], int)], plain(ask["arguments"], tuple)
        try:
            value = function(*arguments)
        except BaseException:
            self.end()  # the submission waits for an answer that will not come
            raise
        seconds = time.monotonic() - start
        try:
            self._channel.send({"value": value}, deadline + seconds)
        except codec.WireError as error:
            raise self._lose(Loss.PROTOCOL, f"it asked for an answer of {error}") from None
        return seconds

    @contextmanager
    def _checked(self) -> Iterator[None]:
        """Turns a reply of the wrong form into the loss of its worker."""
        try:
            yield
        except Exception:  # whatever a forged reply can make of the lines that look at it
            raise self._lose(Loss.PROTOCOL, WRONG_FORM) from None

    def _lose(self, loss: Loss, how: str) -> WorkerLost:
        if loss is Loss.EXIT:
            select.select([], [], [], EXIT_SECONDS)
        status = self.end()
        if loss is Loss.EXIT:
            how = ending(status)
        self._lost = WorkerLost(loss, how)
        return self._lost


def call_frame(
    function: str, arguments: Sequence[Any], names: Sequence[str], place: int, contract: Contract = PLAIN
) -> bytes:
    """A call to be sent ahead, as a frame of the wire; what is given is what `Worker.call` takes.

    `place` is its place among the calls of its example, counted from 0. A `Handle` without a worker, and with
    the token `call:result`, stands for what the call at that place of the same example returned.

    Raises:
        WireError: an argument cannot cross without being asked for, as a function would be.
    """
    return codec.encode(_request(function, tuple(arguments), names, contract, place))


def _request(
    function: str, arguments: tuple[Any, ...], names: Sequence[str], contract: Contract, place: int = 0
) -> Request:
    return Request(
        function,
        arguments,
        list(names),
        list(contract.updates),
        list(contract.opaque),
        contract.results,
        place,
    )


def _crossing(argument: Any, callbacks: list[Any]) -> Any:
    if not callable(argument):
        return argument
    return codec.Callback(next(i for i, callback in enumerate(callbacks) if callback is argument))
