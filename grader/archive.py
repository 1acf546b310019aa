"""Reads the files of an archive, without unpacking it."""

import bz2
import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from itertools import islice
from pathlib import PurePosixPath
from typing import Protocol

from grader.errors import GradeError

MAX_ENTRIES = 1_000
MAX_UNPACKED = 64 * 2**20
"""So much of a compressed tar is unpacked in memory; a file can only be reached through what precedes it."""
MAX_DICTIONARY = 128 * 2**20
"""`xz -9` asks for 65 MiB; a header that asks for 4 GiB must not get them."""
MAX_EXTENDED = 2**20
"""Bytes of headers that only extend others; one by one, their records are slow to read."""
EXTENDED = (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME)
MAX_NAME = 1_000
"""No one types a longer one, and messages quote names."""

TOO_MANY = f"holds more than {MAX_ENTRIES:,} entries. Pack only the files you wrote."
TOO_LARGE = f"unpacks to more than {MAX_UNPACKED // 2**20} MiB. Pack only the files you wrote."

_LEFTOVERS = {"__MACOSX", "__pycache__"}
_ENCRYPTED = 0x1
_ZIP_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""The others are unpacked by zipfile without a limit."""
_UNSOUND = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    ArithmeticError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What the standard library is known to raise on archives made to confuse it."""


class ArchiveError(GradeError):
    """An archive that cannot be used; the text tells its author why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What an archive says of one of its entries; `read` gives at most so many bytes of it."""

    name: str
    is_file: bool
    read: Callable[[int], bytes]


class Unpacker(Protocol):
    """What the decompressors of zlib, bz2 and lzma have in common."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


def archive_suffix(name: str) -> str | None:
    """The suffix that makes `name` the name of an archive that can be read."""
    return next((suffix for suffix in READERS if name.lower().endswith(suffix)), None)


def read_members(data: bytes, name: str) -> Mapping[PurePosixPath, Callable[[int], bytes]]:
    """The regular files in the archive called `name`, each as a function that gives its first bytes.

    Hidden files, what macOS and Python leave behind, and paths that lead out of the archive are left out. The
    paths are safe to print.

    Raises:
        ArchiveError: the archive is damaged, has too many entries, or has two of one name.
    """
    with _told(name):
        entries = list(islice(READERS[archive_suffix(name) or ""](data), MAX_ENTRIES + 1))
        if len(entries) > MAX_ENTRIES:
            raise ArchiveError(TOO_MANY)
        placed = [(path, entry) for entry in entries if (path := _path(entry.name))]
        files = {path: partial(_read, entry, name) for path, entry in placed if entry.is_file}
        count = Counter(path for path, _ in placed)
        twice = next((path for path in files if count[path] > 1), None)
        if twice:
            raise ArchiveError(f"holds `{twice}` more than once. Pack it again with one of them.")
    return files


def _path(name: str) -> PurePosixPath | None:
    """Where an entry lies in its archive, in printable characters; None if it is of no interest there."""
    if "\0" in name or len(name) > MAX_NAME:
        return None
    # PowerShell packs with backslashes.
    path = PurePosixPath(_printable(name.replace("\\", "/")))
    if path.is_absolute() or any(part.startswith(".") or part in _LEFTOVERS for part in path.parts):
        return None  # `..` begins with a dot too
    return path


def _printable(name: str) -> str:
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)


def _read(entry: Entry, name: str, limit: int) -> bytes:
    with _told(name):
        return entry.read(limit)


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Makes sentences about the archive called `name` of what is raised while it is read."""
    try:
        yield
    except ArchiveError as error:
        raise ArchiveError(f"`{name}` {error}") from None
    except _UNSOUND:
        raise ArchiveError(
            f"`{name}` is damaged, or not a `{archive_suffix(name)}` archive. Pack it again, as a `.zip`."
        ) from None


# --- zip ---------------------------------------------------------------------------------------------------


def _zip_entries(data: bytes) -> Iterator[Entry]:
    # zipfile lists every entry at once, at a kilobyte each; each begins with this mark.
    if data.count(b"PK\1\2") > MAX_ENTRIES:
        raise ArchiveError(TOO_MANY)
    archive = zipfile.ZipFile(BytesIO(data))
    for info in archive.infolist():
        kind = stat.S_IFMT(info.external_attr >> 16)
        is_file = kind in (0, stat.S_IFREG) and not info.orig_filename.endswith(("/", "\\"))
        # `filename` is cut at a NUL byte.
        yield Entry(info.orig_filename, is_file, partial(_read_zipped, archive, info))


def _read_zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    if info.flag_bits & _ENCRYPTED:
        raise ArchiveError("is protected by a password. Pack it again without one.")
    if info.compress_type not in _ZIP_METHODS:
        raise ArchiveError("is compressed in a rare way. Pack it again with the usual settings.")
    with archive.open(info) as file:
        return file.read(limit)


# --- tar ---------------------------------------------------------------------------------------------------


def _tar_entries(data: bytes) -> Iterator[Entry]:
    """The entries of a tar.

    Only single headers are given to tarfile. In Pythons that are in use, its own walk takes quadratic time
    for some of them (CVE-2024-6232) and goes in circles for others (CVE-2025-8194).
    """
    at, extended, long_name = 0, 0, None
    while (block := data[at : at + tarfile.BLOCKSIZE]).strip(b"\0"):
        header = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        start = at + tarfile.BLOCKSIZE
        end = start + _size(header)
        if end > len(data):
            raise EOFError
        at = end + -end % tarfile.BLOCKSIZE

        if header.type in EXTENDED:
            extended += end - start
            if extended > MAX_EXTENDED:
                raise ArchiveError(TOO_LARGE)
        if header.type == tarfile.GNUTYPE_LONGNAME:
            long_name = data[start:end].rstrip(b"\0")
        elif header.type in (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE):
            long_name = _pax_path(data[start:end]) or long_name
        elif header.type not in (tarfile.XGLTYPE, tarfile.GNUTYPE_LONGLINK):
            name = long_name.decode("utf-8", "surrogateescape") if long_name else header.name
            is_file = header.type in (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
            yield Entry(name, is_file, partial(_slice, data, start, end))
            long_name = None
    if not block:
        raise EOFError  # a tar ends with blocks of zeros, so this one was cut


def _size(header: tarfile.TarInfo) -> int:
    """How many bytes follow the header; links and folders may state a size, yet nothing follows them."""
    if header.size < 0:
        raise ValueError
    has_data = header.isreg() or header.type not in tarfile.SUPPORTED_TYPES
    is_name = header.type in (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
    return header.size if has_data or is_name else 0


def _pax_path(records: bytes) -> bytes | None:
    """The value of `path` in records like `17 path=main.py` with a line end each, its length included."""
    at, path = 0, None
    while at < len(records):
        space = records.index(b" ", at, at + 20)
        end = at + int(records[at:space])
        if end <= space:
            raise ValueError
        key, _, value = records[space + 1 : end - 1].partition(b"=")
        path = value if key == b"path" else path
        at = end
    return path


def _slice(data: bytes, start: int, end: int, limit: int) -> bytes:
    return data[start : min(end, start + limit)]


def _packed_tar_entries(unpacker: Callable[[], Unpacker], data: bytes) -> Iterator[Entry]:
    stream = unpacker()
    tar = stream.decompress(data, MAX_UNPACKED + 1)
    if len(tar) > MAX_UNPACKED:
        raise ArchiveError(TOO_LARGE)
    if not stream.eof or stream.unused_data.strip(b"\0"):
        raise EOFError
    yield from _tar_entries(tar)


READERS: dict[str, Callable[[bytes], Iterator[Entry]]] = {
    ".zip": _zip_entries,
    ".tar": _tar_entries,
    ".tar.gz": partial(_packed_tar_entries, partial(zlib.decompressobj, wbits=zlib.MAX_WBITS | 16)),
    ".tgz": partial(_packed_tar_entries, partial(zlib.decompressobj, wbits=zlib.MAX_WBITS | 16)),
    ".tar.bz2": partial(_packed_tar_entries, bz2.BZ2Decompressor),
    ".tar.xz": partial(
        _packed_tar_entries, partial(lzma.LZMADecompressor, lzma.FORMAT_XZ, memlimit=MAX_DICTIONARY)
    ),
}
"""The entries of an archive, by the suffix of its name."""
