"""Writes files whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path

from grader.errors import UsageError


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
