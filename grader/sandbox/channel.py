"""Sends and receives whole frames over one stream socket, each under one deadline."""

import select
import socket
import time
from typing import Any

from grader.sandbox import codec

CHUNK = 2**20
SMALL = 2**16
"""So much is read at once: a small frame then takes one call of the system."""


class Closed(Exception):
    """The other side is gone."""


class Late(Exception):
    """The deadline passed before the whole frame had crossed."""


class Channel:
    """One end of a connection.

    Deadlines are readings of `time.monotonic`; an end that `waits` has none and blocks.
    """

    def __init__(self, connection: socket.socket, *, waits: bool = False) -> None:
        connection.setblocking(waits)
        self._connection = connection
        self._waits = waits
        self._arrived = bytearray()

    def send(self, value: Any, deadline: float | None = None) -> None:
        """Sends one value.

        Raises:
            WireError: the value cannot cross.
            Closed, Late: it could not be delivered.
        """
        self.send_bytes(codec.encode(value), deadline)

    def send_bytes(self, frames: bytes, deadline: float | None = None) -> None:
        """Sends frames that are encoded already.

        Raises:
            Closed, Late: they could not be delivered.
        """
        rest = memoryview(frames)
        while rest:
            try:
                rest = rest[self._connection.send(rest) :]
            except BlockingIOError:
                self._wait(select.POLLOUT, deadline)
            except OSError:
                raise Closed from None

    def receive(self, deadline: float | None = None) -> Any:
        """Receives one value; the deadline holds for the whole frame, so a slow drip cannot stretch it.

        Raises:
            WireError: what came is no frame.
            Closed, Late: it did not come.
        """
        return codec.decode(*self.receive_bytes(deadline))

    def receive_bytes(self, deadline: float | None = None) -> tuple[bytes, bytearray]:
        """Receives the header and the body of one frame, to be decoded when its turn comes.

        Raises:
            WireError: what came is no frame.
            Closed, Late: it did not come.
        """
        middle, end = self._ends(0, deadline)
        self._fill(end, deadline)
        arrived = self._arrived
        frame = bytes(arrived[codec.PREFIX.size : middle]), arrived[middle:end]
        del arrived[:end]  # from the front of a bytearray nothing is moved
        return frame

    def peek(self, frames: int, most: int, deadline: float | None = None, *, nap: float = 0.0) -> bytes:
        """The bytes of the next frames, which stay to be received; empty if they are more than `most`.

        With a `nap`, so many seconds pass before each look for more: to be woken for every frame costs the
        one who sends them as much as to make them.

        Raises:
            WireError: what came is no frame.
            Closed, Late: they did not come.
        """
        end = 0
        for _ in range(frames):
            _, end = self._ends(end, deadline, nap)
            if end > most:
                return b""
            self._fill(end, deadline, nap)
        return bytes(self._arrived[:end])

    def drop(self, frames: int) -> None:
        """Takes as received so many frames that were peeked at."""
        end = 0
        for _ in range(frames):
            _, end = self._ends(end, None)
        del self._arrived[:end]

    def _ends(self, start: int, deadline: float | None, nap: float = 0.0) -> tuple[int, int]:
        """Where the header and the body of the frame end that starts there."""
        first = start + codec.PREFIX.size
        self._fill(first, deadline, nap)
        header, body = codec.sizes(self._arrived[start:first])
        return first + header, first + header + body

    def is_silent(self) -> bool:
        """Whether nothing has arrived: a frame that nobody asked for breaks the protocol."""
        if self._arrived:
            return False
        try:
            return not self._connection.recv(1, socket.MSG_PEEK)  # the next call finds the end of the stream
        except OSError:
            return True

    def close(self) -> None:
        self._connection.close()

    def _fill(self, size: int, deadline: float | None, nap: float = 0.0) -> None:
        """Waits until so many bytes have arrived."""
        arrived = self._arrived
        while len(arrived) < size:
            if nap:
                time.sleep(nap)
            if not self._waits:
                self._wait(select.POLLIN, deadline)
            arrived += self._some(max(SMALL, min(CHUNK, size - len(arrived))))

    def _some(self, most: int) -> bytes:
        try:
            chunk = self._connection.recv(most)
        except BlockingIOError:
            return b""
        except OSError:
            raise Closed from None
        if not chunk:
            raise Closed
        return chunk

    def _wait(self, event: int, deadline: float | None) -> None:
        poll = select.poll()
        poll.register(self._connection, event)
        if deadline is None:
            poll.poll()
            return
        seconds = deadline - time.monotonic()
        if seconds <= 0 or not poll.poll(seconds * 1_000):
            raise Late
