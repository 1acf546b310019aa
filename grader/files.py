"""Reads files up to a limit, writes them whole or not at all."""

import contextlib
import errno
import os
import stat
import tempfile
from pathlib import Path

from grader.errors import UsageError

NOT_REGULAR = "it is not a regular file"
DEVICES = Path("/dev")
"""Its links are the system's own."""


def read_file(path: Path, limit: int, *, follow: bool = True, folder: int | None = None) -> bytes:
    """At most one byte more than `limit` of a regular file; a pipe is refused at once, not waited for.

    A relative path is taken from the open `folder`, where one is given.

    Raises:
        OSError: it cannot be read; without `follow`, a link is not (`ELOOP`).
    """
    flags = os.O_RDONLY | os.O_NONBLOCK | (0 if follow else os.O_NOFOLLOW)
    with os.fdopen(os.open(path, flags, dir_fd=folder), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, NOT_REGULAR)
        return file.read(limit + 1)


def link_in(path: Path) -> Path | None:
    """The link that `path` leads through or to, if there is one; whoever laid it chose what is meant.

    Links at the top of a system, as `/tmp` on macOS, are its own.
    """
    if path.is_relative_to(DEVICES):
        return None
    ways = (way for way in (path, *path.parents) if way.parent != Path("/"))
    return next((way for way in ways if way.is_symlink()), None)


def write_file(path: Path, data: bytes) -> None:
    """Puts `data` at `path` in one step: a reader never sees half a file, a full disk leaves the old one.

    A pipe or a device, `/dev/stdout` for one, is written to as it is.

    Raises:
        UsageError: the file cannot be written, or leads through a link.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        link = link_in(path)
        if link:
            raise UsageError(f"`{path}` cannot be written: `{link}` is a link; give what it points to")
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, data)
    except OSError as error:
        raise UsageError(f"`{path}` cannot be written: {error.strerror}") from None


def _replace(target: Path, data: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:50]}.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        temporary.chmod(target.stat().st_mode if target.exists() else 0o666 & ~_umask())
        temporary.replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
