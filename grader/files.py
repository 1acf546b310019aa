"""Reads files up to a limit, writes them whole or not at all."""

import contextlib
import errno
import os
import stat
import tempfile
from pathlib import Path

from grader.errors import UsageError

NOT_REGULAR = "it is not a regular file"


def read_file(path: Path, limit: int, *, follow: bool = True) -> bytes:
    """At most one byte more than `limit` of a regular file; a pipe is refused at once, not waited for.

    Raises:
        OSError: it cannot be read; without `follow`, a link is not (`ELOOP`).
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | (0 if follow else getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, NOT_REGULAR)
        return file.read(limit + 1)


def write_file(path: Path, data: bytes) -> None:
    """Puts `data` at `path` in one step: a reader never sees half a file, a full disk leaves the old one.

    A pipe or a device, `/dev/stdout` for one, is written to as it is.

    Raises:
        UsageError: the file cannot be written.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        # Through a link to the file that it means, so that the link stays one.
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
