"""Reads what a student hands in: a `.py` file, a notebook, or a folder or archive with one of them."""

import errno
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePath, PurePosixPath

from grader.archive import READERS, ArchiveError, archive_suffix, read_members
from grader.cells import Cell, read_cells, without_magics
from grader.errors import GradeError, UsageError
from grader.files import NOT_REGULAR, link_in, read_file

MAX_SOURCE = 256 * 2**10
MAX_QUOTE = 200
MAX_NOTEBOOK = 16 * 2**20
MAX_PARTS = 1_000_000
"""Lists, dicts and entries of a notebook, about; each takes much more memory than it has bytes."""
MAX_ARCHIVE = 8 * 2**20
SUFFIXES = (".py", ".ipynb")
OTHER_ARCHIVES = (".7z", ".bz2", ".gz", ".rar", ".xz", ".zst")


class UnreadableError(GradeError):
    """A submission that was found but cannot be used; the text tells its author why."""


@dataclass(frozen=True, slots=True)
class Source:
    """The code of one submission.

    `cells` is None for a `.py` file; for a notebook it gives each line of `text` its cell and line there.
    `runs` holds of a notebook's cells when each was last run, `tagged` the exercise that each is tagged for.
    """

    text: str
    name: str
    cells: tuple[tuple[int, int], ...] | None = None
    runs: tuple[tuple[int, int], ...] = ()
    tagged: tuple[tuple[int, str], ...] = ()

    def place(self, line: int) -> str:
        """Where a line of `text` stands for whoever wrote it."""
        if self.cells is None or not 1 <= line <= len(self.cells):
            return f"line {line}"
        cell, inner = self.cells[line - 1]
        return f"cell {cell}, line {inner}"

    def quote(self, line: int) -> str:
        """The text of a line, without its indentation; empty where there is none."""
        lines = self.text.split("\n")  # as Python counts them; `splitlines` also breaks at form feeds
        return lines[line - 1].strip()[:MAX_QUOTE] if 1 <= line <= len(lines) else ""


def read_submission(path: Path, name: str, *, others: Collection[str] = ()) -> Source | None:
    """The submission for the exercise `name` at `path`, a file, folder or archive; None if it holds none.

    A folder's `name.py`, then its `name.ipynb`, is taken; else the only candidate. Files named for one of the
    exercises in `others` are no candidates. In an archive the topmost folder with a candidate counts.

    Raises:
        UsageError: there is nothing at `path`, or a link, or an archive of a kind that is not read.
        UnreadableError: what is there is no text, too large, damaged, not a notebook, or one of several
            candidates.
    """
    link = link_in(path)
    if link:
        raise UsageError(f"`{link}` is a link; give the file or folder that it points to")
    if not path.exists():
        raise UsageError(f"there is nothing at `{path}`")
    if path.is_dir():
        return _from_folder(path, name, others)
    if archive_suffix(path.name):
        return _from_archive(path, name, others)
    if path.suffix.lower() in OTHER_ARCHIVES:
        known = ", ".join(f"`{suffix}`" for suffix in READERS)
        raise UsageError(f"`{path}` is an archive of a kind that is not read ({known} are); give its folder")
    return read_source(path)


def _from_folder(folder: Path, name: str, others: Collection[str]) -> Source | None:
    # Opened once: a folder that is moved meanwhile cannot have a link put in its place.
    with _opened(folder) as descriptor, os.scandir(descriptor) as entries:
        chosen = _choice((PurePosixPath(entry.name) for entry in entries if entry.is_file()), name, others)
        if chosen is None:
            return None
        return _source(_bytes(Path(chosen), _limit(chosen.name), folder=descriptor), chosen.name)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _from_archive(path: Path, name: str, others: Collection[str]) -> Source | None:
    data = _bytes(path, MAX_ARCHIVE)
    _refuse_larger(data, path.name, MAX_ARCHIVE)
    try:
        members = read_members(data, path.name)
        for _, level in groupby(sorted(members, key=_depth), key=_depth):
            chosen = _choice(level, name, others)
            if chosen:
                return _source(members[chosen](_limit(chosen.name) + 1), chosen.name)
    except ArchiveError as error:
        raise UnreadableError(str(error)) from None
    return None


def _depth(path: PurePath) -> int:
    return len(path.parts)


def _choice(paths: Iterable[PurePosixPath], name: str, others: Collection[str]) -> PurePosixPath | None:
    """The file of the exercise `name`: the one called so, else the only one that no other exercise claims."""
    files = sorted(path for path in paths if path.suffix in SUFFIXES)
    ranks = (
        [file for file in files if file.name == f"{name}.py"],
        [file for file in files if file.name == f"{name}.ipynb"],
        [file for file in files if file.stem not in others],
    )
    best = next(filter(None, ranks), [])
    if len(best) > 1:
        names = ", ".join(f"`{file}`" for file in best[:10])
        raise UnreadableError(f"There are several files that could be `{name}`: {names}. Which one is it?")
    return best[0] if best else None


def read_source(path: Path) -> Source:
    """The code in a file, a notebook when its name ends in `.ipynb`."""
    return _source(_bytes(path, _limit(path.name)), path.name)


def _limit(name: str) -> int:
    return MAX_NOTEBOOK if _is_notebook(name) else MAX_SOURCE


def _is_notebook(name: str) -> bool:
    return PurePath(name).suffix.lower() == ".ipynb"


def _source(data: bytes, name: str) -> Source:
    """The code in the bytes of a file called `name`, of which one more than its limit is enough."""
    _refuse_larger(data, name, _limit(name))
    text = _text(data, name)
    source = _notebook_source(text, name) if _is_notebook(name) else Source(text, name)
    if len(source.text) > MAX_SOURCE:
        raise _too_much_code(name)
    if "\0" in source.text:
        raise UnreadableError(f"`{name}` holds NUL bytes, so it is not a text file.")
    return source


def _too_much_code(name: str) -> UnreadableError:
    return UnreadableError(f"`{name}` holds more than {MAX_SOURCE // 2**10} KiB of code.")


def _refuse_larger(data: bytes, name: str, limit: int) -> None:
    if len(data) > limit:
        raise UnreadableError(f"`{name}` is larger than {limit // 2**10} KiB. Is it the right file?")


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UnreadableError(
            f"`{name}` is not UTF-8 text (line {line}). Save it with the encoding UTF-8."
        ) from None


def _bytes(path: Path, limit: int, *, folder: int | None = None) -> bytes:
    """Reads once and follows no link, so that what was checked is what is marked."""
    try:
        return read_file(path, limit, follow=False, folder=folder)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise UsageError(f"`{path}` is a link; give the file that it points to") from None
        if error.strerror == NOT_REGULAR:
            raise UsageError(f"`{path}` is not a regular file") from None
        raise UnreadableError(f"`{path.name}` cannot be opened: {error.strerror}.") from None


# --- notebooks ---------------------------------------------------------------------------------------------


def _notebook_source(text: str, name: str) -> Source:
    if sum(map(text.count, "[{,")) > MAX_PARTS:
        raise UnreadableError(f"`{name}` has more than {MAX_PARTS:,} parts. Save it without its outputs.")
    try:
        cells = read_cells(text)
    except ValueError:
        raise UnreadableError(f"`{name}` is not a Jupyter notebook. Save it again from Jupyter.") from None
    if sum(len(cell.text) for cell in cells) > MAX_SOURCE:  # before Python's parser sees it
        raise _too_much_code(name)
    return source_of(cells, name)


def source_of(cells: Sequence[Cell], name: str) -> Source:
    """The code of the cells, one after the other."""
    lines: list[str] = []
    places: list[tuple[int, int]] = []
    for cell in cells:
        code = without_magics(cell.text).split("\n")
        lines += code
        places += [(cell.number, inner) for inner in range(1, len(code) + 1)]
    return Source(
        "\n".join(lines) + "\n",
        name,
        tuple(places),
        tuple((cell.number, cell.run) for cell in cells if cell.run is not None),
        tuple((cell.number, cell.exercise) for cell in cells if cell.exercise is not None),
    )
