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
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType
from typing import IO, Any, Self, TypeVar

from grader.sandbox import codec
from grader.sandbox.channel import Channel, Closed, Late
from grader.sandbox.failures import Loss, SandboxError, StudentError, Unsendable, WorkerLost
from grader.sandbox.process import Fresh, Launcher, Process, ending
from grader.sandbox.text import one_line, printable

EXIT_SECONDS = 0.2
"""A worker whose connection closed is about to exit; waiting that long tells by which signal."""
PROCESSOR_MARGIN = 5
"""Seconds of processor time beyond the deadline: the backstop for a worker whose grader died."""
MAX_ASKS = 200_000
MAX_FUNCTIONS = 1_000
MAX_SLIPS = 20
MAX_BASES = 20
MAX_NAME = 200
MAX_TEXT = 2_000
MAX_LINES = 1_000_000
MAX_PRINTED = 2**20
WRONG_FORM = "its process sent a reply of the wrong form"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading gave: the names that can be called, and in a notebook the statements that failed."""

    functions: tuple[str, ...]
    slips: tuple[StudentError, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a call gave: the result, the arguments it might change, those it changed without leave."""

    value: Any
    updated: Mapping[int, Any] = field(default_factory=dict)
    modified: tuple[int, ...] = ()


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
            self._launcher = Launcher(walled=wanted is not Isolation.PROCESS)
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
            names = [n for n in _strings(reply["functions"], MAX_FUNCTIONS) if printable(n).isidentifier()]
            return Loaded(tuple(names), tuple(map(_error, _plain(reply["slips"], list)[:MAX_SLIPS])))

    def call(
        self,
        function: str,
        arguments: Sequence[Any],
        *,
        deadline: float,
        names: Sequence[str] = (),
        updates: Sequence[int] = (),
        opaque: Sequence[int] = (),
        results: int = 1,
    ) -> Reply:
        """Calls a function of the submission; functions among `arguments` are called back on this side.

        Args:
            deadline: a reading of `time.monotonic`; time spent in callbacks counts
                only as far as it is longer than what was left.
            names: the last `len(names)` arguments are passed by these names.
            updates: indices of the arguments that the function may change.
            opaque: indices of the results, of `results` in all, that stay in the worker behind a `Handle`.

        Raises:
            StudentError: the function raised.
            Unsendable: it returned something that is not plain data.
        """
        if any(
            isinstance(argument, codec.Handle) and argument.worker != self._name for argument in arguments
        ):
            raise ValueError("a handle is only good for the worker that gave it")
        callbacks = [argument for argument in arguments if callable(argument)]
        request = {
            "op": "call",
            "function": function,
            "arguments": tuple(_crossing(argument, callbacks) for argument in arguments),
            "names": list(names),
            "updates": list(updates),
            "opaque": list(opaque),
            "results": results,
        }
        reply = self._exchange(request, callbacks, deadline)
        with self._checked():
            value = self._owned(reply["value"])
            updated = _plain(reply["updated"], dict)
            modified = tuple(_plain(reply["modified"], list))
            # Else a submission could change what the reference is asked next.
            if updated.keys() != set(updates):
                raise codec.WireError
            if not all(_plain(index, int) in range(len(arguments)) for index in modified):
                raise codec.WireError
            return Reply(value, {index: updated[index] for index in updates}, modified)

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
        if self._lost:
            raise self._lost
        # Random, so that a reply cannot be written before its request; and nothing may be waiting already.
        identity = secrets.token_hex(8)
        latest = deadline + max(0.0, deadline - time.monotonic())
        try:
            if not self._channel.is_silent():
                raise codec.WireError("a reply to a request that was not made")
            self._channel.send({"id": identity, **request}, deadline)
            for _ in range(MAX_ASKS):
                reply = _checked_reply(self._channel.receive(deadline), identity)
                if reply["kind"] != "ask":
                    return _raised(reply)
                deadline = min(latest, deadline + self._answer(reply, callbacks, deadline))
        except Late:
            raise self._lose(Loss.TIME, "it was still running at the time limit") from None
        except Closed:
            raise self._lose(Loss.EXIT, "its process ended in the middle of the call") from None
        except codec.WireError as error:
            raise self._lose(Loss.PROTOCOL, f"its process sent {error}") from None
        raise self._lose(Loss.PROTOCOL, f"it asked more than {MAX_ASKS} times")

    def _answer(
        self, ask: Mapping[str, Any], callbacks: Sequence[Callable[..., Any]], deadline: float
    ) -> float:
        """Calls the trusted function that the submission asks for; returns the seconds that this took."""
        start = time.monotonic()
        with self._checked():
            function, arguments = callbacks[_plain(ask["callback"], int)], _plain(ask["arguments"], tuple)
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

    def _owned(self, value: Any) -> Any:
        """The value with this worker's name in each handle at its top."""
        if isinstance(value, codec.Handle):
            return codec.Handle(self._name, value.token)
        if isinstance(value, tuple):
            return tuple(
                codec.Handle(self._name, v.token) if isinstance(v, codec.Handle) else v for v in value
            )
        return value

    def _lose(self, loss: Loss, how: str) -> WorkerLost:
        if loss is Loss.EXIT:
            select.select([], [], [], EXIT_SECONDS)
        status = self.end()
        if loss is Loss.EXIT:
            how = ending(status)
        self._lost = WorkerLost(loss, how)
        return self._lost


def _crossing(argument: Any, callbacks: list[Any]) -> Any:
    if not callable(argument):
        return argument
    return codec.Callback(next(i for i, callback in enumerate(callbacks) if callback is argument))


def _checked_reply(reply: Any, identity: str) -> Mapping[str, Any]:
    told = _plain(reply, dict)
    if _plain(told.get("id"), str) != identity:
        raise codec.WireError("a reply to a request that was not made")
    _plain(told.get("kind"), str)
    return told


def _raised(reply: Mapping[str, Any]) -> Mapping[str, Any]:
    """The reply, or the exception that it tells of."""
    match reply["kind"]:
        case "raised":
            raise _error(reply)
        case "unsendable":
            raise Unsendable(one_line(_text(reply.get("what"))))
    return reply


def _error(told: Mapping[str, Any]) -> StudentError:
    line = told.get("line")
    return StudentError(
        one_line(_text(told.get("type"))),
        tuple(_strings(told.get("bases"), MAX_BASES)),
        _text(told.get("message")),
        line if type(line) is int and 0 < line < MAX_LINES else None,
    )


def _text(value: Any) -> str:
    """A text that was said to be short, as short as it was said to be."""
    return printable(_plain(value, str)[:MAX_TEXT])


def _strings(value: Any, most: int) -> list[str]:
    return [name for name in _plain(value, list)[:most] if type(name) is str and len(name) <= MAX_NAME]


def _plain(value: Any, kind: type[T]) -> T:
    """The value if it is exactly of this kind; an array, say, is a list of millions to whoever walks it.

    Raises:
        WireError: it is not.
    """
    if type(value) is not kind:
        raise codec.WireError("a reply of the wrong form")
    return value
