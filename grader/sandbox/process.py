"""Starts and ends the processes that workers live in."""

import atexit
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from grader.sandbox.failures import SandboxError
from grader.sandbox.orders import (
    ANSWER,
    END,
    MAX_GREETING,
    ORDER,
    REFUSED,
    START,
    START_READING,
    UNKNOWN,
    WALLED,
)

START_SECONDS = 30.0
"""For the launcher to import numpy, on a machine that is busy."""
CLOSE_SECONDS = 5.0
NO_READING = "an exercise that allows `packages` needs Landlock, which this kernel has not (Linux 5.13 has)"
SIGNALS: Mapping[int, str] = {
    signal.SIGSEGV: "a segmentation fault",
    signal.SIGABRT: "an abort",
    signal.SIGFPE: "a fatal arithmetic error",
    signal.SIGSYS: "a system call of another kind of machine",
    signal.SIGXCPU: "the limit of processor time",
}

ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    # One thread each: a pool of threads neither survives a fork nor fits under a memory limit.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
}


class Launcher:
    """The clean process that forks workers; started again when a submission has killed it.

    Raises:
        SandboxError: it does not start.
    """

    def __init__(self, *, walled: bool) -> None:
        self._mode = "walled" if walled else "open"
        self._process, self._control = self._start()
        self._greeting = b""

    @property
    def missing(self) -> str:
        """Why its workers have no walls around them; empty where they have."""
        greeting = self._greeted()
        return "" if greeting[:1] == WALLED else greeting[1:].decode()

    def fork(
        self, connection: socket.socket, output: int, *, memory: int, seconds: int, packages: bool
    ) -> "Forked":
        message = ORDER.pack(START_READING if packages else START, memory, seconds)
        descriptors = [connection.fileno(), output]
        before = self._greeted()
        try:
            pid = self._ask(message, descriptors)
        except (OSError, EOFError):
            self.close()
            self._process, self._control = self._start()
            self._greeting = b""
            if self._greeted() != before:
                raise SandboxError("the walls around submissions cannot be put up any more") from None
            pid = self._ask(message, descriptors)
        if pid == REFUSED:
            raise SandboxError(NO_READING)
        return Forked(self, pid)

    def _greeted(self) -> bytes:
        """The launcher's first message, waited for no earlier than it is needed."""
        with suppress(OSError):
            self._greeting = self._greeting or self._control.recv(MAX_GREETING)
        if not self._greeting:
            raise SandboxError("the process that starts submissions did not start")
        return self._greeting

    def end(self, pid: int) -> int:
        """The wait status of a worker that is no more; `UNKNOWN` when it went together with the launcher."""
        try:
            return self._ask(ORDER.pack(END, pid, 0), [])
        except (OSError, EOFError):
            return UNKNOWN

    def close(self) -> None:
        self._control.close()
        try:
            self._process.wait(timeout=CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        self._control.close()
        self._process.kill()
        self._process.wait()

    def _ask(self, message: bytes, descriptors: list[int]) -> int:
        socket.send_fds(self._control, [message], descriptors)
        answer = self._control.recv(ANSWER.size)
        if len(answer) < ANSWER.size:
            raise EOFError
        return int(ANSWER.unpack(answer)[0])

    def _start(self) -> tuple[subprocess.Popen[bytes], socket.socket]:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.settimeout(START_SECONDS)
        process = subprocess.Popen(
            _command(self._mode, theirs.fileno()),
            env=ENVIRONMENT,
            cwd="/",
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
        )
        theirs.close()
        return process, ours


_AHEAD: list[Launcher] = []
"""Started before anybody asked for it, with walls."""


def start_ahead() -> None:
    """Starts a launcher while the caller still imports what it needs itself."""
    if sys.platform == "linux" and not _AHEAD:
        with suppress(OSError):  # whoever needs one will hear of it
            _AHEAD.append(Launcher(walled=True))


def launcher(*, walled: bool) -> Launcher:
    """The launcher that was started ahead, if it fits; else a new one.

    Raises:
        SandboxError: as `Launcher`.
    """
    return _AHEAD.pop() if walled and _AHEAD else Launcher(walled=walled)


@atexit.register
def _end_ahead() -> None:
    while _AHEAD:
        _AHEAD.pop().kill()


@dataclass(frozen=True, slots=True)
class Forked:
    """A worker that the launcher forked."""

    launcher: Launcher
    pid: int

    def end(self) -> int:
        return self.launcher.end(self.pid)


class Fresh:
    """A worker that is a process of its own, for systems where forking is not safe."""

    def __init__(self, connection: socket.socket, output: int, *, memory: int, seconds: int) -> None:
        command = [*_command("once", connection.fileno()), str(memory), str(seconds)]
        self._process = subprocess.Popen(
            command,
            env=ENVIRONMENT,
            cwd="/",
            pass_fds=[connection.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )

    def end(self) -> int:
        for kill in (os.killpg, os.kill):
            with suppress(OSError):
                kill(self._process.pid, signal.SIGKILL)
        status = self._process.wait()
        return -status if status < 0 else status << 8


Process = Forked | Fresh


def _command(mode: str, descriptor: int) -> list[str]:
    # -P and -s: neither the current folder nor the user's own packages can shadow what the worker imports.
    return [sys.executable, "-P", "-s", "-m", "grader.sandbox.launcher", mode, str(descriptor)]


def ending(status: int) -> str:
    """How a process with this wait status ended, as the second half of a sentence."""
    if status == UNKNOWN:
        return "its process ended unexpectedly in the middle of the call"
    if not os.WIFSIGNALED(status):
        return f"its process exited with status {os.waitstatus_to_exitcode(status)} in the middle of the call"
    number = os.WTERMSIG(status)
    if number == signal.SIGKILL:
        return "its process was killed in the middle of the call"
    return f"its process was ended by {SIGNALS.get(number) or f'signal {number}'}"
