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
import sys
import sysconfig
import time
from contextlib import suppress

from grader.sandbox import orders, worker
from grader.sandbox.walls import NoWalls, Walls, close_imports

if sys.platform != "win32":
    import resource

MAX_FILE = 2**20
MAX_OPEN = 64
PR_SET_PDEATHSIG = 1

PREPARED = """
    numpy.char numpy.ctypeslib numpy.dtypes numpy.exceptions numpy.fft numpy.lib.format
    numpy.lib.recfunctions numpy.lib.scimath numpy.lib.stride_tricks numpy.linalg numpy.ma
    numpy.ma.mrecords numpy.polynomial numpy.random numpy.rec numpy.strings numpy.testing
    numpy.typing
    __future__ abc array ast base64 binascii bisect builtins calendar cmath collections.abc
    concurrent.futures.thread contextlib contextvars copy csv ctypes dataclasses datetime decimal
    difflib dis enum fcntl fractions functools gc graphlib hashlib heapq inspect io itertools json
    keyword logging math mmap numbers operator os.path pathlib pickle platform pprint queue random
    re reprlib resource secrets shutil signal statistics string struct tempfile textwrap threading
    time timeit token tokenize traceback types typing unicodedata uuid warnings weakref zlib
    encodings.ascii encodings.cp1252 encodings.idna encodings.latin_1 encodings.punycode
    encodings.unicode_escape encodings.utf_16 encodings.utf_32 encodings.utf_8_sig
"""
"""What a submission can import: no file can be read behind the walls."""


def main() -> None:
    """`python -m grader.sandbox.launcher walled|open FD` or `… once FD MEMORY SECONDS`."""
    mode, descriptor = sys.argv[1], int(sys.argv[2])
    for name in PREPARED.split():
        with suppress(ImportError):  # an older numpy lacks some
            importlib.import_module(name)
    time.tzset()  # reads a file, hence now
    sys.path[:] = installed_only(sys.path)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # a caller that ignores it would hide how workers end
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the grader's to answer
    connection = socket.socket(fileno=descriptor)
    if mode == "once":
        restrict(memory=int(sys.argv[3]), seconds=int(sys.argv[4]))
        worker.serve(connection)
        return
    walls, why = build_walls() if mode == "walled" else (None, "they were not asked for")
    gc.freeze()  # so that a worker's collector does not touch, hence copy, what the two share
    with suppress(ConnectionError):  # the grader was killed, with an answer unread
        connection.sendall((orders.WALLED if walls else orders.OPEN) + why.encode())
        fork_on_request(connection, walls)
    os._exit(0)  # to tidy up takes longer than all that it would be good for, and somebody waits


def build_walls() -> tuple[Walls | None, str]:
    """The walls, if a process can really be closed in with them; else None with the reason."""
    try:
        walls = Walls()
    except NoWalls as error:
        return None, str(error)
    pid = os.fork()
    if not pid:
        try:
            walls.put_up([])
            os._exit(0)
        finally:
            os._exit(1)
    if os.waitpid(pid, 0)[1]:
        return None, "the kernel refuses them; is this a container that forbids seccomp?"
    return walls, ""


def installed_only(path: list[str]) -> list[str]:
    """The folders of the interpreter and its packages: an editable install adds the course's folder, too."""
    paths = sysconfig.get_paths()
    roots = [paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    return [entry for entry in path if any(entry.startswith(root) for root in roots)]


def fork_on_request(control: socket.socket, walls: Walls | None) -> None:
    """Answers orders until the other side closes; then every worker left over is ended."""
    living: set[int] = set()
    try:
        while _obey(control, walls, living):
            pass
    finally:
        for pid in living:
            end(pid)


def _obey(control: socket.socket, walls: Walls | None, living: set[int]) -> bool:
    """Carries out one order and answers it; False when there are no more."""
    message, ancillary, _, _ = control.recvmsg(orders.ORDER.size, socket.CMSG_SPACE(2 * 4))
    if len(message) < orders.ORDER.size:
        return False
    order, first, second = orders.ORDER.unpack(message)
    if order == orders.END:
        # Only what is its own and lives: the number of one that is gone may be another's by now.
        answer = end(first) if first in living else orders.UNKNOWN
        living.discard(first)
    elif order == orders.START_READING and walls and not walls.can_open_some:
        answer = orders.REFUSED
    else:
        readable = installed_only(sys.path) if order == orders.START_READING else []
        given = _descriptors(ancillary)
        answer = fork_worker(control, given, walls, readable, memory=first, seconds=second)
        living.add(answer)
    control.sendall(orders.ANSWER.pack(answer))
    return True


def _descriptors(ancillary: list[tuple[int, int, bytes]]) -> list[int]:
    received = array.array("i")
    for _, _, data in ancillary:
        received.frombytes(data)
    return list(received)


def fork_worker(
    control: socket.socket,
    descriptors: list[int],
    walls: Walls | None,
    readable: list[str],
    *,
    memory: int,
    seconds: int,
) -> int:
    """Forks a worker that speaks over the first descriptor, prints to the second; returns its process id.

    Behind the walls it can read the folders in `readable`, and hence import from them.
    """
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
        connection = socket.socket(fileno=3)  # asks the kernel what kind it is, hence before the walls
        if walls:
            if not readable:
                close_imports()
            walls.put_up(readable)
        worker.serve(connection)
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
        return orders.UNKNOWN


if __name__ == "__main__":
    main()
