"""Reads commands while other things go on: single keys at a terminal, lines from anything else."""

import contextlib
import os
import queue
import sys
import threading
from types import TracebackType
from typing import Any, Self

try:
    import termios
    import tty
except ImportError:  # on Windows, where a command is a line
    termios = tty = None  # type: ignore[assignment]

END = "end"
"""Nothing more will come."""
MAX_LINE = 1_000


class Keys:
    """The commands typed so far, each by its first letter; a context manager."""

    def __init__(self) -> None:
        self._descriptor = sys.stdin.fileno() if sys.stdin else None
        self._typed: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._before: Any = None
        if self._descriptor is None:
            self._typed.put(END)

    def wait(self, seconds: float) -> str | None:
        """The next command, within so many seconds; None where there is none, `END` where none will come."""
        try:
            return self._typed.get(timeout=seconds)
        except queue.Empty:
            return None

    def __enter__(self) -> Self:
        if self._descriptor is not None:
            if termios is not None and os.isatty(self._descriptor):
                self._before = termios.tcgetattr(self._descriptor)
                tty.setcbreak(self._descriptor)
            threading.Thread(target=self._read, args=(self._descriptor,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._before is not None and self._descriptor is not None:
            termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._before)

    def _read(self, descriptor: int) -> None:
        line = b""
        with contextlib.suppress(OSError):  # a terminal that was closed
            while data := os.read(descriptor, 1024):
                *lines, line = (line + data).split(b"\n")
                line = line[:MAX_LINE]
                if self._before is not None:
                    lines, line = [bytes([key]) for key in data], b""
                for one in lines:
                    self._typed.put(one.decode("utf-8", "replace").strip().lower()[:1])
        if line.strip():
            self._typed.put(line.decode("utf-8", "replace").strip().lower()[:1])
        self._typed.put(END)
