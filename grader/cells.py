"""Reads the code cells of a notebook, as plain Python."""

import ast
import json
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

TAG = "grade:"
"""Before the name of the exercise that a cell is for, in the cell's tags."""

_CELL_MAGIC = re.compile(r"\s*%%(\w+)")
_KEPT_CELLS = {"time", "timeit", "capture", "prun"}
"""Cell magics whose cell is still Python; the cell of any other (`%%bash`, `%%html`) is not."""
_MAGIC_LINE = re.compile(r"[%!?]|[\w.]+\?\??$")
_TARGETS = re.compile(r"[\w, ]+")


@dataclass(frozen=True, slots=True)
class Cell:
    """One code cell: its number, counted from 1 over all cells, and its text.

    `run` is when it was last run, None where it never was; `exercise` the one that it is tagged for.
    """

    number: int
    text: str
    run: int | None = None
    exercise: str | None = None


def read_cells(text: str) -> list[Cell]:
    """The code cells of a notebook's text.

    Raises:
        ValueError: it is no notebook.
    """
    try:
        return list(_code_cells(json.loads(text)))
    except (ValueError, RecursionError, TypeError, LookupError, AttributeError):
        raise ValueError("it is no notebook") from None


def _code_cells(notebook: Any) -> Iterator[Cell]:
    for number, cell in enumerate(notebook["cells"], start=1):
        if cell["cell_type"] != "code":
            continue
        source, run = cell["source"], cell.get("execution_count")
        yield Cell(
            number,
            source if isinstance(source, str) else "".join(map(str, source)),
            run if type(run) is int else None,
            _exercise(cell.get("metadata")),
        )


def _exercise(metadata: Any) -> str | None:
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    named = [tag for tag in tags if str(tag).startswith(TAG)] if isinstance(tags, list) else []
    return str(named[0])[len(TAG) :] if named else None


def without_magics(cell: str) -> str:
    """The cell with what only IPython understands replaced by nothing, line for line."""
    cell = cell.replace("\r\n", "\n")
    first, _, rest = cell.partition("\n")
    magic = _CELL_MAGIC.match(first)
    if magic:
        return f"\n{_without_magic_lines(rest)}" if magic[1] in _KEPT_CELLS else ""
    return _without_magic_lines(cell)


def _without_magic_lines(cell: str) -> str:
    if parses(cell):
        return cell
    plain = "\n".join(_without_magic(line) for line in cell.split("\n"))
    # One broken demo cell must not take the rest with it; a broken solution is then a missing function.
    return plain if parses(plain) or _defines(plain) else ""


def _without_magic(line: str) -> str:
    code = line.strip()
    indent = line[: len(line) - len(line.lstrip())]
    target, equals, value = code.partition("=")
    if equals and value.lstrip().startswith(("%", "!")) and _TARGETS.fullmatch(target):
        return f"{indent}{target.rstrip()} = None"
    return f"{indent}pass" if _MAGIC_LINE.match(code) else line


def _defines(cell: str) -> bool:
    return any(line.lstrip().startswith(("def ", "class ")) for line in cell.split("\n"))


def parses(cell: str) -> bool:
    """Whether the text is Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the student's to see, once, when the code is loaded
            ast.parse(cell)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
