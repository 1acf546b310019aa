"""The kernel's walls around a worker: no new privileges, Landlock, a seccomp list of calls."""

import ctypes
import importlib.machinery
import os
import sys
from collections.abc import Sequence
from errno import EACCES, ENOSYS, EPERM
from types import ModuleType

try:
    import pyseccomp as seccomp
except (ImportError, RuntimeError, OSError):  # another system than Linux, or no libseccomp
    seccomp = None

PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38
CAPABILITY_VERSION = 0x20080522

ALLOWED = (
    # what is open already: four descriptors, of which 3 is the connection
    *("read", "write", "readv", "writev", "pread64", "close", "fstat", "lseek", "dup"),
    *("recvfrom", "sendto", "poll", "ppoll", "select", "pselect6"),
    # memory
    *("brk", "mmap", "munmap", "mremap", "mincore"),
    # time, signals of its own; no threads, which share no limit
    *("clock_getres", "clock_gettime", "clock_nanosleep", "gettimeofday", "nanosleep", "times"),
    *("futex", "rseq", "restart_syscall", "sched_getaffinity", "sched_yield", "set_robust_list"),
    *("set_tid_address", "arch_prctl", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack"),
    # about itself
    *("getcpu", "getcwd", "getegid", "geteuid", "getgid", "getpid", "getppid", "getrandom", "getrlimit"),
    *("getrusage", "gettid", "getuid", "sysinfo", "umask", "uname"),
    *("exit", "exit_group"),
)
ABSENT = ("openat2", "statx", "faccessat2", "memfd_create", "copy_file_range", "close_range")
"""Answered as by an older kernel, so that libc falls back to a call that can be looked at."""
UNREADABLE = (
    "open",
    "openat",
    "stat",
    "lstat",
    "newfstatat",
    "access",
    "faccessat",
    "readlink",
    "readlinkat",
)
"""Answered with `PermissionError`, which Python takes for a file that it may not see."""
LOOKING = (
    "stat",
    "lstat",
    "newfstatat",
    "statx",
    "access",
    "faccessat",
    "readlink",
    "readlinkat",
    "getdents64",
)
"""What a worker needs besides reading that may read some folders; Landlock says which."""
O_CHANGING = 0o3 | 0o100 | 0o1000 | 0o2000 | 0o20000000
"""O_WRONLY or O_RDWR, O_CREAT, O_TRUNC, O_APPEND, O_TMPFILE."""
READ_FILE, READ_DIR = 0b100, 0b1000
PATH_BENEATH = 1

MADV_DONTNEED, MADV_FREE, MADV_HUGEPAGE = 4, 8, 14
PROT_EXEC = 4
F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC = 0, 1, 2, 3, 1030
TCGETS, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX = 0x5401, 0x541B, 0x5421, 0x5450, 0x5451


class Walls:
    """What is built once, in the launcher, to be put up in every worker.

    Raises:
        NoWalls: this system lacks what they are made of; the text says what, and the cure.
    """

    def __init__(self) -> None:
        if seccomp is None:
            what = "libseccomp is not installed (Debian and Ubuntu: `apt install libseccomp2`)"
            raise NoWalls(what if sys.platform == "linux" else "this system has no seccomp; Linux has")
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._filter = _filter(seccomp)
        self._reading_filter = _filter(seccomp, reading=True)
        self._landlock_version = self._call("landlock_create_ruleset", None, 0, 1)

    @property
    def can_open_some(self) -> bool:
        """Whether some folders can be left open: without Landlock it is all or none."""
        return self._landlock_version >= 1

    def put_up(self, readable: Sequence[str]) -> None:
        """Closes this process in, for good; its other threads, if it had any, would stay outside.

        Args:
            readable: the folders whose files can still be read.

        Raises:
            OSError: the kernel refuses, or cannot keep reading to some folders.
        """
        chosen = self._reading_filter if readable else self._filter
        self._prctl(PR_SET_DUMPABLE, 0)
        self._prctl(PR_SET_NO_NEW_PRIVS, 1)
        self._drop_capabilities()
        if self._landlock_version >= 1:
            self._put_up_landlock(readable)
        elif readable:
            raise OSError(ENOSYS, "without Landlock all files could be read")
        # `abort` signals its own process, whose number is only known here.
        chosen.add_rule(seccomp.ALLOW, "tgkill", seccomp.Arg(0, seccomp.EQ, os.getpid()))
        chosen.load()

    def _prctl(self, option: int, value: int) -> None:
        if self._libc.prctl(option, value, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "prctl")

    def _drop_capabilities(self) -> None:
        """Root without its rights: what the list below leaves open must not know a more powerful caller."""
        header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
        if self._libc.capset(header, (ctypes.c_uint32 * 6)()):
            raise OSError(ctypes.get_errno(), "capset")

    def _put_up_landlock(self, readable: Sequence[str]) -> None:
        """Forbids files, the network and signals to others a second time."""
        rules = _Ruleset.for_version(self._landlock_version)
        # What the rules handle is forbidden, but for what is added.
        descriptor = self._call("landlock_create_ruleset", ctypes.byref(rules), ctypes.sizeof(rules), 0)
        for folder in filter(os.path.isdir, readable):
            opened = os.open(folder, os.O_PATH)
            rule = _PathBeneath(READ_FILE | READ_DIR, opened)
            if self._call("landlock_add_rule", descriptor, PATH_BENEATH, ctypes.byref(rule), 0):
                raise OSError(ctypes.get_errno(), "landlock_add_rule")
            os.close(opened)
        if descriptor < 0 or self._call("landlock_restrict_self", descriptor, 0):
            raise OSError(ctypes.get_errno(), "landlock")
        os.close(descriptor)

    def _call(self, name: str, *arguments: object) -> int:
        number = seccomp.resolve_syscall(seccomp.Arch.NATIVE, name)
        return -1 if number < 0 else int(self._libc.syscall(number, *arguments))


class NoWalls(Exception):
    """There are no walls on this system; the text says why."""


class _Ruleset(ctypes.Structure):
    """`struct landlock_ruleset_attr`."""

    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )

    @classmethod
    def for_version(cls, version: int) -> "_Ruleset":
        """All that this version of Landlock can forbid."""
        files = 13 + (version >= 2) + (version >= 3) + (version >= 5)
        return cls((1 << files) - 1, 0b11 if version >= 4 else 0, 0b11 if version >= 6 else 0)


class _PathBeneath(ctypes.Structure):
    """`struct landlock_path_beneath_attr`."""

    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def _filter(seccomp: ModuleType, *, reading: bool = False) -> "seccomp.SyscallFilter":
    """Everything is forbidden (`EPERM`) but what stands here; a call of another architecture kills."""
    made = seccomp.SyscallFilter(seccomp.ERRNO(EPERM))

    def rule(action: int, names: Sequence[str], *arguments: object) -> None:
        for name in names:
            if seccomp.resolve_syscall(seccomp.Arch.NATIVE, name) != -1:  # newer than libseccomp: forbidden
                made.add_rule(action, name, *arguments)

    def equals(index: int, value: int, mask: int = 0xFFFFFFFF) -> object:
        return seccomp.Arg(index, seccomp.MASKED_EQ, mask, value)

    rule(seccomp.ALLOW, ALLOWED)
    if reading:
        rule(seccomp.ALLOW, LOOKING)
        rule(seccomp.ALLOW, ["open"], equals(1, 0, O_CHANGING))
        rule(seccomp.ALLOW, ["openat"], equals(2, 0, O_CHANGING))
    absent = [name for name in ABSENT if not (reading and name in LOOKING)]
    rule(seccomp.ERRNO(ENOSYS), absent)
    rule(seccomp.ERRNO(EACCES), [] if reading else UNREADABLE)
    for advice in (MADV_DONTNEED, MADV_FREE, MADV_HUGEPAGE):
        rule(seccomp.ALLOW, ["madvise"], equals(2, advice))
    rule(seccomp.ALLOW, ["mprotect"], equals(2, 0, PROT_EXEC))
    # Not `F_SETOWN`: the kernel would signal the grader on the submission's behalf. Not `F_SETFL`: the grader
    # reads through the same open file.
    for command in (F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC):
        rule(seccomp.ALLOW, ["fcntl"], equals(1, command))
    for command in (TCGETS, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX):
        rule(seccomp.ALLOW, ["ioctl"], equals(1, command))
    rule(seccomp.ALLOW, ["prlimit64"], seccomp.Arg(0, seccomp.EQ, 0), seccomp.Arg(2, seccomp.EQ, 0))
    return made


class _Unavailable:
    """Finds no module, as nothing can be read any more; says so kindly."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        raise ModuleNotFoundError(f"`{name}` is not available to submissions", name=name)


def close_imports() -> None:
    """Leaves the modules that are imported already, with those that are part of the interpreter itself."""
    inner = (importlib.machinery.BuiltinImporter, importlib.machinery.FrozenImporter)
    sys.meta_path[:] = [*inner, _Unavailable]
