"""Attacks that a sandbox tries on itself, to prove what holds on this machine."""

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from grader.sandbox.client import Isolation, Sandbox, Worker
from grader.sandbox.failures import SandboxError, StudentError, Unsendable, WorkerLost

MEMORY = 512 * 2**20
SECONDS = 5.0
SPIN_SECONDS = 0.05
LATE_SECONDS = 0.3
"""How much later than its deadline a loop that does not end may be stopped."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One attack; `got_through` where the sandbox did not stop it."""

    what: str
    got_through: bool


ATTACKS = {
    "reads_a_file": "reads a file",
    "lists_a_folder": "lists a folder",
    "writes_a_file": "writes a file",
    "opens_a_socket": "opens a socket",
    "starts_a_process": "starts a process",
    "starts_a_program": "starts a program",
    "signals_the_grader": "signals the grader",
    "has_the_grader_signaled": "has the kernel signal the grader",
    "looks_into_the_grader": "looks into the memory of the grader",
    "makes_a_namespace": "makes a namespace of its own",
    "keeps_memory_in_a_file": "keeps memory outside its limit",
    "shares_memory": "shares memory with other processes",
    "raises_a_limit": "raises a limit of its own",
    "sees_a_secret": "sees the environment of the grader",
    "holds_a_file": "holds a file that was open in the grader",
}
"""The functions below, with what each does when it gets through."""

PROGRAM = """
import ctypes, fcntl, os, resource, socket, tempfile

LIBC = ctypes.CDLL(None, use_errno=True)

def reads_a_file():
    return bool(open("/etc/passwd").read(1))

def lists_a_folder():
    return bool(os.listdir("/"))

def writes_a_file():
    with tempfile.TemporaryFile() as file:
        return bool(file.write(b"x"))

def opens_a_socket():
    for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, getattr(socket, "AF_VSOCK", 40)):
        try:
            socket.socket(family, socket.SOCK_STREAM).close()
            return True
        except OSError:
            pass
    return False

def starts_a_process():
    for fork in (os.fork, LIBC.fork):
        try:
            pid = fork()
        except OSError:
            continue
        if pid == 0:
            os._exit(0)
        if pid > 0:
            os.waitpid(pid, 0)
            return True
    return False

def starts_a_program():
    os.waitpid(os.posix_spawn("/bin/sh", ["sh", "-c", ":"], {}), 0)
    return True

def signals_the_grader():
    os.kill(os.getppid(), 0)
    return True

def has_the_grader_signaled():
    fcntl.fcntl(3, fcntl.F_SETOWN, os.getppid())
    return True

def looks_into_the_grader():
    byte = ctypes.create_string_buffer(1)
    ours = (ctypes.c_size_t * 2)(ctypes.addressof(byte), 1)
    theirs = (ctypes.c_size_t * 2)(id(None), 1)
    if LIBC.process_vm_readv(os.getppid(), ours, 1, theirs, 1, 0) == 1:
        return True
    return open(f"/proc/{os.getppid()}/mem", "rb") is not None

def makes_a_namespace():
    return LIBC.unshare(0x10000000) == 0

def keeps_memory_in_a_file():
    return os.memfd_create("x") >= 0

def shares_memory():
    number = LIBC.shmget(0, 4096, 0o1600)
    return number >= 0 and LIBC.shmctl(number, 0, None) == 0

def raises_a_limit():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return True

def sees_a_secret():
    return bool(open(f"/proc/{os.getppid()}/environ").read(1))

def holds_a_file():
    held = []
    for number in range(4, 256):
        try:
            held.append(os.dup(number))
        except OSError:
            pass
    return bool(held)

def spins():
    while True:
        pass

def fills_memory(size):
    return len(bytearray(size)) == size

def prints_without_end(size):
    sent = 0
    while sent < size:
        sent += os.write(1, b"x" * 2**16)
    return True
"""


def prove(sandbox: Sandbox) -> list[Probe]:
    """Tries every attack; nothing is left behind by one that gets through."""
    return [*_attacks(sandbox), *_resources(sandbox)]


def proven(isolation: Isolation) -> Sandbox:
    """An open sandbox of this isolation; strict isolation is tried with attacks before it is believed.

    Raises:
        SandboxError: it is not to be had, or an attack got through.
    """
    sandbox = Sandbox(isolation)
    if isolation is Isolation.STRICT:
        try:
            hold_to_proof(sandbox)
        except BaseException:
            sandbox.close()
            raise
    return sandbox


def hold_to_proof(sandbox: Sandbox) -> None:
    """Tries every attack.

    Raises:
        SandboxError: one got through.
    """
    through = [probe.what for probe in prove(sandbox) if probe.got_through]
    if through:
        raise SandboxError(f"strict isolation does not hold here, as a submission {'; '.join(through)}")


def _attacks(sandbox: Sandbox) -> Iterator[Probe]:
    """All in one worker, as long as none has got through or ended it."""
    worker = None
    try:
        for name, what in ATTACKS.items():
            worker = worker or _loaded(sandbox, SECONDS)
            got_through = _gets_through(worker, name)
            yield Probe(what, got_through)
            if got_through or worker.is_lost:
                worker.end()
                worker = None
    finally:
        if worker:
            worker.end()


def _resources(sandbox: Sandbox) -> Iterator[Probe]:
    yield Probe("fills more memory than its limit", _alone(sandbox, "fills_memory", 2 * MEMORY))
    yield Probe("prints without end", _alone(sandbox, "prints_without_end", 4 * 2**20))
    start = time.monotonic()
    _alone(sandbox, "spins", seconds=SPIN_SECONDS)
    yield Probe("outlives its time limit", time.monotonic() - start > SPIN_SECONDS + LATE_SECONDS)


def _alone(sandbox: Sandbox, name: str, *arguments: int, seconds: float = SECONDS) -> bool:
    worker = _loaded(sandbox, seconds)
    try:
        return _gets_through(worker, name, *arguments, seconds=seconds)
    finally:
        worker.end()


def _loaded(sandbox: Sandbox, seconds: float) -> Worker:
    worker = sandbox.worker(memory=MEMORY, seconds=seconds)
    with suppress(StudentError, WorkerLost):
        worker.load(PROGRAM, deadline=time.monotonic() + SECONDS)
    return worker


def _gets_through(worker: Worker, name: str, *arguments: int, seconds: float = SECONDS) -> bool:
    try:
        return worker.call(name, arguments, deadline=time.monotonic() + seconds).value is True
    except (StudentError, WorkerLost, Unsendable):
        return False
