"""Sends and receives whole frames over one stream socket, each under one deadline."""

import socket
import time
from typing import Any

from grader.sandbox import codec

CHUNK = 2**20


class Closed(Exception):
    """The other side is gone."""


class Late(Exception):
    """The deadline passed before the whole frame had crossed."""


def send(connection: socket.socket, value: Any, *, deadline: float | None = None) -> None:
    """Sends one value; `deadline` is a reading of `time.monotonic`.

    Raises:
        WireError: the value cannot cross.
        Closed, Late: it could not be delivered.
    """
    frame = codec.encode(value)
    try:
        connection.settimeout(_remaining(deadline))
        connection.sendall(frame)
    except TimeoutError:
        raise Late from None
    except OSError:
        raise Closed from None


def receive(connection: socket.socket, *, deadline: float | None = None) -> Any:
    """Receives one value; the deadline holds for the whole frame, so a slow drip cannot stretch it."""
    header, body = codec.sizes(_exactly(connection, codec.PREFIX.size, deadline))
    head = _exactly(connection, header, deadline)
    return codec.decode(head, _exactly(connection, body, deadline))


def is_silent(connection: socket.socket) -> bool:
    """Whether nothing has arrived: a frame that nobody asked for breaks the protocol."""
    connection.setblocking(False)
    try:
        return not connection.recv(1, socket.MSG_PEEK)  # the end of the stream is found by the next call
    except BlockingIOError:
        return True
    except OSError:
        return True
    finally:
        connection.setblocking(True)


def _exactly(connection: socket.socket, size: int, deadline: float | None) -> bytes:
    chunks = bytearray()
    while len(chunks) < size:
        try:
            connection.settimeout(_remaining(deadline))
            chunk = connection.recv(min(CHUNK, size - len(chunks)))
        except TimeoutError:
            raise Late from None
        except OSError:
            raise Closed from None
        if not chunk:
            raise Closed
        chunks += chunk
    return bytes(chunks)


def _remaining(deadline: float | None) -> float | None:
    if deadline is None:
        return None
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise Late
    return seconds
