"""The untrusted side: loads one submission, then answers calls of its functions until it is ended.

Nothing that this process says is evidence; it only returns values, which the trusted side judges.
"""

import ast
import contextlib
import io
import linecache
import os
import random
import socket
import sys
import traceback
import types
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from grader.sandbox import codec
from grader.sandbox.channel import Channel, Closed
from grader.sandbox.request import Request

MODULE = "submission"
MAX_PRINTED = 256 * 2**10
MAX_MESSAGE = 2_000
MAX_ALIASED = 20
"""Entries of a list that are looked at; longer ones are no results of several arrays."""
UNCHANGING = {*codec.SCALARS, codec.Handle, codec.Callback}
DRAWING = ("random", "scipy")
"""Who names neither in a submission draws no random number, and need not begin with the same one."""
SEED = 0


def serve(connection: socket.socket) -> None:
    """Answers requests until the other side closes the connection."""
    sys.stdout = sys.stderr = _Printed(MAX_PRINTED)
    sys.breakpointhook = _pass_by
    channel = Channel(connection, waits=True)
    worker = _Worker(channel)
    with contextlib.suppress(Closed):
        while True:
            request = channel.receive()
            if request["op"] == "calls":
                worker.answer_all(request, [channel.receive_bytes() for _ in range(request["count"])])
            else:
                worker.answer(request)


def _pass_by(*_: Any, **__: Any) -> None:
    """A `breakpoint()` that was left in costs nothing; `grade --debug` is where it stops."""


class _Printed(io.TextIOBase):
    """What the submission prints, written through to descriptor 1, silently cut at a size."""

    def __init__(self, limit: int) -> None:
        self._left = limit

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 1

    def write(self, text: str) -> int:
        data = text[: self._left].encode("utf-8", "backslashreplace")[: self._left]
        if not data:
            return len(text)
        self._left -= len(data)
        with contextlib.suppress(OSError):  # a print never costs points
            os.write(1, data)
        return len(text)


class _Worker:
    """One submission in one process, with the values that stay here behind handles."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._module = types.ModuleType(MODULE)
        self._kept: dict[int, dict[int, Any]] = {}
        self._number = 0  # of the latest call, counted from 1
        self._draws = True

    def answer_all(self, request: Mapping[str, Any], frames: Sequence[tuple[bytes, bytearray]]) -> None:
        """Answers calls that were sent together: that they are here, then one reply each.

        None is looked at before its turn. What is the same for two submissions is the same bytes.
        """
        self._forget(request)
        self._channel.send({"id": request["id"], "kind": "answers"})
        for frame in frames:
            asked = Request(*codec.decode(*frame))
            self._reply({}, partial(self._call, asked, request["id"]))

    def answer(self, request: Mapping[str, Any]) -> None:
        """Answers one request."""
        if request["op"] == "load":
            operation = partial(self._load, request)
        else:
            self._forget(request)
            operation = partial(self._call, Request(*request["call"]), request["id"])
        self._reply({"id": request["id"]}, operation)

    def _reply(self, head: dict[str, Any], operation: Callable[[], dict[str, Any]]) -> None:
        try:
            reply = {**head, **operation()}
            self._channel.send(reply)
        except codec.WireError as error:
            self._channel.send({**head, "kind": "unsendable", "what": str(error)})
        except BaseException as error:  # the student's code may raise anything, SystemExit included
            self._channel.send({**head, "kind": "raised", **_described(error)})

    # --- loading -------------------------------------------------------------------------------------------

    def _load(self, request: Mapping[str, Any]) -> dict[str, Any]:
        source: str = request["source"]
        # Tracebacks and warnings then quote the student's own lines.
        linecache.cache[MODULE] = (len(source), None, source.splitlines(keepends=True), MODULE)
        sys.modules[MODULE] = self._module
        self._draws = any(word in source for word in DRAWING)
        _seed()
        if request["tolerant"]:
            slips = _run_statements(source, self._module)
        else:
            exec(compile(source, MODULE, "exec"), self._module.__dict__)  # noqa: S102 (this process exists for it)
            slips = []
        names = [name for name, value in vars(self._module).items() if type(name) is str and callable(value)]
        return {"kind": "loaded", "functions": names[: codec.MAX_KEYS], "slips": slips}

    # --- calling -------------------------------------------------------------------------------------------

    def _call(self, asked: Request, identity: str) -> dict[str, Any]:
        received = asked.arguments
        self._number += 1
        before = [_snapshot(argument) for argument in received]
        arguments = [self._real(argument, asked, identity) for argument in received]
        if self._draws:
            _seed()
        positional = len(arguments) - len(asked.names)
        named = dict(zip(asked.names, arguments[positional:], strict=True))
        result = vars(self._module)[asked.function](*arguments[:positional], **named)
        modified = [
            index
            for index, argument in enumerate(received)
            if index not in asked.updates and _snapshot(argument) != before[index]
        ]
        more = {
            "updated": {index: _sendable(arguments[index]) for index in asked.updates},
            "modified": modified,
            "aliased": _aliased(result, arguments),
        }
        told = {name: value for name, value in more.items() if value}
        return {"kind": "value", "value": self._keep(result, asked), **told}

    def _forget(self, request: Mapping[str, Any]) -> None:
        """Lets go of what calls returned that no handle is left of."""
        for number in [number for number in self._kept if number < request["since"]]:
            del self._kept[number]

    def _real(self, argument: Any, asked: Request, identity: str) -> Any:
        if isinstance(argument, codec.Handle):
            number, _, index = argument.token.partition(":")
            # Without a worker it is a link to a call of the same example, counted from 0.
            first = 0 if argument.worker else self._number - asked.place
            return self._kept[first + int(number)][int(index)]
        if isinstance(argument, codec.Callback):
            return self._asker(argument.number, identity)
        return argument

    def _asker(self, number: int, call: str) -> Callable[..., Any]:
        def ask(*arguments: Any) -> Any:
            request = {"id": call, "kind": "ask", "callback": number, "arguments": arguments}
            self._channel.send(request)
            return self._channel.receive()["value"]

        return ask

    def _keep(self, result: Any, asked: Request) -> Any:
        """The result with a handle in the place of each value that stays here."""
        if not asked.opaque:
            return result
        if asked.results == 1:
            return self._handle(result, 0)
        if not isinstance(result, tuple | list) or len(result) != asked.results:
            return result
        return tuple(self._handle(v, i) if i in asked.opaque else v for i, v in enumerate(result))

    def _handle(self, value: Any, index: int) -> codec.Handle:
        self._kept.setdefault(self._number, {})[index] = value
        return codec.Handle("", str(index))


def _seed() -> None:
    """A forked process inherits numpy's random state; every call starts from the same one."""
    random.seed(SEED)
    np.random.seed(SEED)


def _snapshot(argument: Any) -> Any:
    """What an argument holds, to be compared with what it holds after the call."""
    if type(argument) in UNCHANGING:
        return None
    if type(argument) is np.ndarray and argument.dtype.hasobject is False:
        return argument.dtype, argument.shape, argument.tobytes()
    try:
        return codec.encode(argument)
    except codec.WireError:
        return None


def _aliased(result: Any, arguments: Sequence[Any]) -> list[list[int]]:
    """Which results, by their places, hold memory of which arguments."""
    given = [(index, array) for index, argument in enumerate(arguments) for _, array in _arrays(argument)]
    shared = [
        (place, index)
        for place, part in _arrays(result)
        for index, array in given
        if np.may_share_memory(part, array)
    ]
    return [list(pair) for pair in dict.fromkeys(shared)]


def _arrays(value: Any) -> list[tuple[int, Any]]:
    """The arrays that a value is, or holds as its entries, with their places."""
    if type(value) is np.ndarray:
        return [(0, value)]
    if not isinstance(value, tuple | list):
        return []
    return [(place, part) for place, part in enumerate(value[:MAX_ALIASED]) if type(part) is np.ndarray]


def _sendable(argument: Any) -> Any:
    """An argument that the function was free to change, without the entries that cannot cross."""
    if not isinstance(argument, dict):
        return argument
    return {key: value for key, value in argument.items() if _can_cross((key, value))}


def _can_cross(value: Any) -> bool:
    try:
        codec.encode(value)
    except codec.WireError:
        return False
    return True


def _run_statements(source: str, module: types.ModuleType) -> list[dict[str, Any]]:
    """Runs a notebook's statements one by one, so that a failing plot costs nothing; returns what failed."""
    slips: list[dict[str, Any]] = []
    for statement in ast.parse(source, MODULE).body:
        code = compile(ast.Module([statement], []), MODULE, "exec")
        try:
            exec(code, module.__dict__)  # noqa: S102 (this process exists for it)
        except Exception as error:
            slips.append(_described(error))
    return slips[:20]


def _described(error: BaseException) -> dict[str, Any]:
    """The error as plain text: its type, its message, the student's line."""
    return {
        "type": type(error).__name__[:100],
        "bases": [base.__name__[:100] for base in type(error).__mro__[:20]],
        "message": _message(error),
        "line": _line(error),
    }


def _message(error: BaseException) -> str:
    try:
        text = error.msg if isinstance(error, SyntaxError) else str(error)
    except Exception:  # a student's `__str__` may fail too
        return ""
    return str(text)[:MAX_MESSAGE]


def _line(error: BaseException) -> int | None:
    """The last line of the submission on the way to the error."""
    if isinstance(error, SyntaxError) and error.filename == MODULE:
        return error.lineno
    try:
        frames = [number for frame, number in traceback.walk_tb(error.__traceback__) if _is_student(frame)]
    except Exception:
        return None
    return frames[-1] if frames else None


def _is_student(frame: types.FrameType) -> bool:
    return frame.f_code.co_filename == MODULE
