"""A disposable box for attacks: namespaces of its own, everything read-only but one folder, no network."""

import ctypes
import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyseccomp

REPOSITORY = Path(__file__).parents[2]
FOLDER = Path("/tmp/box")
"""The one place where something can be written; a file system of its own, gone with the box."""
IN_BOX = "GRADE_ATTACKS_IN_BOX"
SECONDS = 600

ENVIRONMENT = {
    "SECRET": "open-sesame",
    "PYTHONDONTWRITEBYTECODE": "1",
    "OPENBLAS_NUM_THREADS": "1",  # a process with threads cannot become another user
}

CLONE_NEWNS, CLONE_NEWUSER = 0x20000, 0x10000000
AT_FDCWD, AT_RECURSIVE, MOUNT_ATTR_RDONLY = -100, 0x8000, 1
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1
PR_SET_SECCOMP = 22

USERS = ("root", "ordinary", "no-namespaces")
"""Root; a user without any rights; root where nobody may make a user namespace."""
KERNELS = ("whole", "no-landlock", "no-seccomp")
"""This kernel, an older one, a container that forbids seccomp."""


class NoBox(Exception):
    """No attack is run here."""


def can_be_made() -> bool:
    """Whether this machine lets us make namespaces; in many containers it does not."""
    command = ["unshare", *_namespaces("ordinary"), "unshare", "--user", "true"]
    return shutil.which("unshare") is not None and not subprocess.run(command, capture_output=True).returncode


def _namespaces(user: str) -> list[str]:
    own = ["--mount", "--pid", "--net", "--ipc", "--uts", "--fork", "--kill-child", "--mount-proc"]
    return [*own, "--user", "--map-root-user"] if os.geteuid() or user == "no-namespaces" else own


def run(*arguments: str, user: str, kernel: str) -> Iterator[str]:
    """The lines that the runner prints, which is started in a new box with these arguments."""
    FOLDER.mkdir(exist_ok=True)
    inside = [sys.executable, "-m", "tests.attacks.runner", user, kernel, *arguments]
    done = subprocess.run(
        ["unshare", *_namespaces(user), *inside],
        cwd=REPOSITORY,
        env={**os.environ, **ENVIRONMENT, IN_BOX: "made"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode:
        raise NoBox(f"the runner ended with {done.returncode}:\n{done.stdout[-500:]}{done.stderr[-3000:]}")
    yield from done.stdout.splitlines()


# --- from here on, inside ----------------------------------------------------------------------------------


def close(user: str, kernel: str) -> None:
    """Makes the box, as far as it is made from the inside.

    Raises:
        NoBox: it cannot be made.
    """
    if user == "no-namespaces":
        Path("/proc/sys/user/max_user_namespaces").write_text("0")
    _raise_loopback()
    if user == "ordinary":
        _become_ordinary()
    _make_read_only()
    _mount_folder()
    if kernel == "no-landlock":
        _forbid(38, "landlock_create_ruleset")  # ENOSYS
    if kernel == "no-seccomp":
        _forbid(1, "seccomp")  # EPERM


def hold() -> None:
    """Refuses unless this is really a box: nothing is believed that can be tried.

    Raises:
        NoBox: it is none.
    """
    if IN_BOX not in os.environ or os.getpid() != 1:
        raise NoBox("attacks run in a box only; start them by `pytest tests/attacks`")
    for folder in (REPOSITORY, Path.home(), Path("/tmp"), Path("/dev/shm"), Path("/proc/sys")):
        try:
            (folder / "grade-attacks").touch()
        except OSError:
            continue
        raise NoBox(f"`{folder}` can be written")
    if [name for _, name in socket.if_nameindex() if name != "lo"]:
        raise NoBox("there is a network")
    if len([entry for entry in Path("/proc").iterdir() if entry.name.isdigit()]) > 1:
        raise NoBox("there are other processes")


def leave_rights(user: str) -> None:
    """Goes on without what only the making of the box needed; does not return if it has to."""
    if user == "ordinary":
        os.environ[IN_BOX] = "closed"
        os.execv(sys.executable, [sys.executable, "-m", "tests.attacks.runner", *sys.argv[1:]])


def _become_ordinary() -> None:
    """User 1000 in a user namespace; the rights over its mounts go with the next exec."""
    own_ids = (("uid", os.geteuid()), ("gid", os.getegid()))
    if ctypes.CDLL(None).unshare(CLONE_NEWUSER | CLONE_NEWNS):
        raise NoBox("no user namespace can be made")
    Path("/proc/self/setgroups").write_text("deny")
    for kind, own in own_ids:
        Path(f"/proc/self/{kind}_map").write_text(f"1000 {own} 1")


def _make_read_only() -> None:
    class Attributes(ctypes.Structure):
        _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "userns")]

    number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, "mount_setattr")
    wanted = Attributes(MOUNT_ATTR_RDONLY, 0, 0, 0)
    libc = ctypes.CDLL(None, use_errno=True)
    size = ctypes.sizeof(wanted)
    if libc.syscall(number, AT_FDCWD, b"/", AT_RECURSIVE, ctypes.byref(wanted), size):
        raise NoBox(f"the disk stays writable: {os.strerror(ctypes.get_errno())}")


def _mount_folder() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"grade-box", bytes(FOLDER), b"tmpfs", 0, b"size=200m,mode=777"):
        raise NoBox(f"no folder of its own: {os.strerror(ctypes.get_errno())}")


def _raise_loopback() -> None:
    with socket.socket() as asked:
        request = bytearray(struct.pack("16sH22x", b"lo", 0))
        fcntl.ioctl(asked, SIOCGIFFLAGS, request)
        flags = struct.unpack_from("H", request, 16)[0] | IFF_UP
        fcntl.ioctl(asked, SIOCSIFFLAGS, struct.pack("16sH22x", b"lo", flags))


def _forbid(error: int, *names: str) -> None:
    """What a kernel or a container without these calls does."""
    made = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    for name in names:
        made.add_rule(pyseccomp.ERRNO(error), name)
    if "seccomp" in names:
        made.add_rule(pyseccomp.ERRNO(error), "prctl", pyseccomp.Arg(0, pyseccomp.EQ, PR_SET_SECCOMP))
    made.load()


def main() -> None:
    """`python -m tests.attacks.box PATH …` tries programs of your own behind the walls."""
    for line in run(
        "strict", *(str(Path(name).resolve()) for name in sys.argv[1:]), user="ordinary", kernel="whole"
    ):
        print(line)


if __name__ == "__main__":
    main()
