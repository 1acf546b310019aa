"""Reads what a student hands in: a `.py` file, a notebook, or a folder with one of them."""

import ast
import errno
import json
import os
import re
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import GradeError, UsageError

MAX_SOURCE = 256 * 2**10
MAX_NOTEBOOK = 32 * 2**20
SUFFIXES = (".py", ".ipynb")
ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z")

_CELL_MAGIC = re.compile(r"\s*%%(\w+)")
_KEPT_CELLS = {"time", "timeit", "capture", "prun"}
"""Cell magics whose cell is still Python; the cell of any other (`%%bash`, `%%html`) is not."""
_MAGIC_LINE = re.compile(r"^(\s*)(?:[%!]|\?|[\w.]+\?\??\s*$)")
_MAGIC_ASSIGNMENT = re.compile(r"^(\s*)([\w, ]+?)\s*=\s*[%!]")


class UnreadableError(GradeError):
    """A submission that was found but cannot be used; the text tells its author why."""


@dataclass(frozen=True, slots=True)
class Source:
    """The code of one submission.

    `cells` is None for a `.py` file; for a notebook it gives each line of `text` its cell and line there.
    """

    text: str
    name: str
    cells: tuple[tuple[int, int], ...] | None = None

    def place(self, line: int) -> str:
        """Where a line of `text` stands for whoever wrote it."""
        if self.cells is None or not 1 <= line <= len(self.cells):
            return f"line {line}"
        cell, inner = self.cells[line - 1]
        return f"cell {cell}, line {inner}"

    def quote(self, line: int) -> str:
        """The text of a line, without its indentation; empty where there is none."""
        lines = self.text.splitlines()
        return lines[line - 1].strip() if 1 <= line <= len(lines) else ""


def read_submission(path: Path, name: str, *, others: Collection[str] = ()) -> Source | None:
    """The submission for the exercise `name` at `path`, a file or a folder; None if it holds none.

    A folder's `name.py`, then its `name.ipynb`, is taken; else the only candidate. Files named for one of the
    exercises in `others` are no candidates.

    Raises:
        UsageError: there is nothing at `path`, or a link or an archive.
        UnreadableError: what is there is no text, too large, not a notebook, or one of several candidates.
    """
    if path.suffix.lower() in ARCHIVES:
        raise UsageError(f"`{path}` is an archive; unpack it and give its folder to `--submission`")
    if path.is_symlink():
        raise UsageError(f"`{path}` is a link; give the file or folder that it points to")
    if not path.exists():
        raise UsageError(f"there is nothing at `{path}`")
    if not path.is_dir():
        return read_source(path)
    candidate = _candidate(path, name, others)
    return read_source(candidate) if candidate else None


def _candidate(folder: Path, name: str, others: Collection[str]) -> Path | None:
    files = sorted(entry for entry in folder.iterdir() if entry.suffix in SUFFIXES and entry.is_file())
    for suffix in SUFFIXES:
        if folder / f"{name}{suffix}" in files:
            return folder / f"{name}{suffix}"
    rest = [file for file in files if file.stem == name or file.stem not in others]
    if len(rest) > 1:
        names = ", ".join(f"`{file.name}`" for file in rest[:10])
        raise UnreadableError(f"There are several files that could be `{name}`: {names}. Which one is it?")
    return rest[0] if rest else None


def read_source(path: Path) -> Source:
    """The code in a file, a notebook when its name ends in `.ipynb`."""
    is_notebook = path.suffix.lower() == ".ipynb"
    text = _text(path, MAX_NOTEBOOK if is_notebook else MAX_SOURCE)
    source = _notebook_source(text, path.name) if is_notebook else Source(text, path.name)
    if len(source.text) > MAX_SOURCE:
        raise UnreadableError(f"`{path.name}` holds more than {MAX_SOURCE // 2**10} KiB of code.")
    if "\0" in source.text:
        raise UnreadableError(f"`{path.name}` holds NUL bytes, so it is not a text file.")
    return source


def _text(path: Path, limit: int) -> str:
    data = _bytes(path, limit)
    if len(data) > limit:
        raise UnreadableError(f"`{path.name}` is larger than {limit // 2**10} KiB. Is it the right file?")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UnreadableError(
            f"`{path.name}` is not UTF-8 text (line {line}). Save it with the encoding UTF-8."
        ) from None


def _bytes(path: Path, limit: int) -> bytes:
    """Reads once and follows no link, so that what was checked is what is marked."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise UsageError(f"`{path}` is a link; give the file that it points to") from None
        raise UnreadableError(f"`{path.name}` cannot be opened: {error.strerror}.") from None
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise UsageError(f"`{path}` is not a regular file")
        return file.read(limit + 1)


# --- notebooks ---------------------------------------------------------------------------------------------


def _notebook_source(text: str, name: str) -> Source:
    try:
        cells = list(_code_cells(json.loads(text)))
    except (ValueError, RecursionError, TypeError, LookupError, AttributeError):
        raise UnreadableError(f"`{name}` is not a Jupyter notebook. Save it again from Jupyter.") from None
    lines: list[str] = []
    places: list[tuple[int, int]] = []
    for number, cell in cells:
        code = _without_magics(cell).split("\n")
        lines += code
        places += [(number, inner) for inner in range(1, len(code) + 1)]
    return Source("\n".join(lines) + "\n", name, tuple(places))


def _code_cells(notebook: Any) -> Iterator[tuple[int, str]]:
    """The number, counted from 1 over all cells, and the text of each code cell."""
    for number, cell in enumerate(notebook["cells"], start=1):
        if cell["cell_type"] != "code":
            continue
        source = cell["source"]
        yield number, source if isinstance(source, str) else "".join(map(str, source))


def _without_magics(cell: str) -> str:
    """The cell with what only IPython understands replaced by nothing, line for line."""
    cell = cell.replace("\r\n", "\n")
    first, _, rest = cell.partition("\n")
    magic = _CELL_MAGIC.match(first)
    if magic:
        return f"\n{_without_magics(rest)}" if magic[1] in _KEPT_CELLS else ""
    if _parses(cell):
        return cell
    plain = "\n".join(_without_magic(line) for line in cell.split("\n"))
    # One broken demo cell must not take the rest with it; a broken solution is then a missing function.
    return plain if _parses(plain) or _defines(plain) else ""


def _without_magic(line: str) -> str:
    assignment = _MAGIC_ASSIGNMENT.match(line)
    if assignment:
        return f"{assignment[1]}{assignment[2]} = None"
    magic = _MAGIC_LINE.match(line)
    return f"{magic[1]}pass" if magic else line


def _defines(cell: str) -> bool:
    return re.search(r"^\s*(?:def|class)\s", cell, re.MULTILINE) is not None


def _parses(cell: str) -> bool:
    try:
        ast.parse(cell)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
