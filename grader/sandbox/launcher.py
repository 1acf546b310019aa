"""Starts workers: a clean process that has imported numpy and forks one worker for each request.

It is exec'd with an explicit environment and imports nothing of a course, so a worker inherits nothing that a
student could look for. Where forking after numpy is unsafe (macOS), each worker is a process of its own.
"""

import array
import ctypes
import gc
import importlib
import os
import signal
import socket
import struct
import sys
import sysconfig
from contextlib import suppress

from grader.sandbox import worker

if sys.platform != "win32":
    import resource

SPAWN = struct.Struct(">cQQ")
"""A request: b"s" with bytes of memory and seconds of processor time, or b"e" with a process id to end."""
ANSWER = struct.Struct(">q")
"""An answer: the process id that was started, or the wait status of the one that was ended."""
UNKNOWN = -1
"""The wait status of a process that somebody else has reaped."""

MAX_FILE = 2**20
MAX_OPEN = 64
PR_SET_PDEATHSIG = 1

PREPARED = (
    *("numpy.linalg", "numpy.fft", "numpy.random", "numpy.polynomial", "numpy.ma", "numpy.lib.stride_tricks"),
    *("abc", "bisect", "collections", "copy", "dataclasses", "decimal", "enum", "fractions", "functools"),
    *("heapq", "itertools", "json", "math", "operator", "random", "re", "statistics", "string", "time"),
    *("typing", "warnings"),
)
"""Imported once here, so that no worker pays for them."""


def main() -> None:
    """`python -m grader.sandbox.launcher fork FD` or `… once FD MEMORY SECONDS`."""
    mode, descriptor = sys.argv[1], int(sys.argv[2])
    for name in PREPARED:
        importlib.import_module(name)
    sys.path[:] = installed_only(sys.path)
    connection = socket.socket(fileno=descriptor)
    if mode == "once":
        restrict(memory=int(sys.argv[3]), seconds=int(sys.argv[4]))
        worker.serve(connection)
    else:
        gc.freeze()  # so that a worker's collector does not touch, hence copy, what the two share
        fork_on_request(connection)


def installed_only(path: list[str]) -> list[str]:
    """The folders of the interpreter and its packages: an editable install adds the course's folder, too."""
    paths = sysconfig.get_paths()
    roots = [paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    return [entry for entry in path if any(entry.startswith(root) for root in roots)]


def fork_on_request(control: socket.socket) -> None:
    """Answers requests until the other side closes; then every worker left over is ended."""
    living: set[int] = set()
    size = SPAWN.size
    while True:
        message, ancillary, _, _ = control.recvmsg(size, socket.CMSG_SPACE(2 * 4))
        if len(message) < size:
            break
        request, first, second = SPAWN.unpack(message)
        if request == b"e":
            living.discard(first)
            control.sendall(ANSWER.pack(end(first)))
            continue
        pid = fork_worker(control, _descriptors(ancillary), memory=first, seconds=second)
        living.add(pid)
        control.sendall(ANSWER.pack(pid))
    for pid in living:
        end(pid)


def _descriptors(ancillary: list[tuple[int, int, bytes]]) -> list[int]:
    received = array.array("i")
    for _, _, data in ancillary:
        received.frombytes(data)
    return list(received)


def fork_worker(control: socket.socket, descriptors: list[int], *, memory: int, seconds: int) -> int:
    """Forks a worker that speaks over the first descriptor, prints to the second; returns its process id."""
    speak, write = descriptors
    pid = os.fork()
    if pid:
        os.close(speak)
        os.close(write)
        return pid
    try:
        control.close()
        os.setsid()
        _arrange_descriptors(speak, write)
        restrict(memory=memory, seconds=seconds)
        worker.serve(socket.socket(fileno=3))
    finally:
        os._exit(0)


def _arrange_descriptors(speak: int, write: int) -> None:
    """Leaves four descriptors: an empty standard input, the two outputs, and the connection as number 3."""
    # Out of the way first: dup2 onto 0..3 must not close what is still to be copied.
    high = [os.dup2(descriptor, 10 + index) for index, descriptor in enumerate((speak, write))]
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (high[1], 1), (high[1], 2), (high[0], 3)):
        os.dup2(source, target, inheritable=False)
    os.closerange(4, 1024)


def restrict(*, memory: int, seconds: int) -> None:
    """Limits this process for good: memory, processor time, file size, open files; no core dumps."""
    if sys.platform == "win32":
        return
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: MAX_FILE,
        resource.RLIMIT_NOFILE: MAX_OPEN,
    }
    if sys.platform == "linux":
        limits[resource.RLIMIT_AS] = memory  # macOS maps far more than it uses
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    for limit, value in limits.items():
        _, hard = resource.getrlimit(limit)
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        resource.setrlimit(limit, (value, value))


def end(pid: int) -> int:
    """Kills a worker with its process group and reaps it; returns its wait status, where there is one."""
    for kill in (os.killpg, os.kill):
        with suppress(OSError):
            kill(pid, signal.SIGKILL)
    try:
        return os.waitpid(pid, 0)[1]
    except ChildProcessError:
        return UNKNOWN


if __name__ == "__main__":
    main()
