"""Reads the answer cells of a notebook paper, and runs none of them.

A cell assigns a literal to `answer`; the cell of an exercise is the code itself, that of an essay the text.
"""

import ast
import json
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import ContentError, Finding
from grader.exam.given import Responses, Unclear
from grader.files import read_file
from grader.model.item import Place

MAX_NOTEBOOK = 8 * 2**20
MAX_PARTS = 500_000
"""Lists, dicts and entries of a notebook, about; each takes much more memory than it has bytes."""
MAX_ANSWER = 4_000
"""Characters of an answer cell that are read; no answer is longer."""
MAX_TEXT = 100_000
"""Characters of an essay, or of the code of an exercise."""
METADATA = "grade"
"""Where a notebook paper keeps, cell by cell, the item, the part of it and the form that it belongs to."""
CODE, TEXT = "code", "text"
"""The kinds of cells whose source is itself the answer."""
WRITE_HERE = "*Write your answer here.*"
PASTE_HERE = "# Put the code of your `{exercise}.py` here; a cell of comments alone is a blank answer."
_LITERAL_LINE = re.compile(r"\s*answer\s*=\s*([^\n#]*[^\n#\s])\s*(?:#[^\n]*\s*)?")


@dataclass(frozen=True, slots=True)
class _Cell:
    """An answer cell; its number counts from 1."""

    number: int
    item: str
    paper: str
    part: str | None
    kind: str | None
    source: str


def read_notebook(path: Path) -> Responses:
    """A filled-in notebook that `grade midterm` wrote.

    Raises:
        ContentError: the file is none.
    """
    papers: set[str] = set()
    answers: dict[str, Any] = {}
    places: dict[str, Place] = {}
    try:
        for cell in _answer_cells(path):
            papers.add(cell.paper)
            first = places.setdefault(cell.item, Place(path, cell.number, 1))
            _put(answers, cell, first.line)
    except OSError as error:
        raise _unusable(path, f"the file cannot be read: {error.strerror}", "mend its name") from None
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        # What json and the ways into its tree raise at something that is no notebook.
        what = "this is not a notebook that can be read"
        raise _unusable(path, what, "save it again from Jupyter") from None
    if not answers:
        what = "no cell of this notebook is an answer of a paper"
        raise _unusable(path, what, "fill in a notebook that `grade midterm` wrote", rule="no-responses")
    if len(papers) > 1:
        what = f"the cells are of several papers: {', '.join(sorted(papers))}"
        raise _unusable(path, what, "hand in one paper", rule="several-papers")
    return Responses(path, papers.pop(), answers, places)


def _put(answers: dict[str, Any], cell: _Cell, first: int) -> None:
    """Adds the answer of a cell to those of the cells before it."""
    twice = Unclear(cell.source, f"it is answered in two cells, {first} and {cell.number}")
    if cell.part is None:
        answers[cell.item] = twice if cell.item in answers else _answer(cell)
        return
    parts = answers.setdefault(cell.item, {})
    if not isinstance(parts, dict) or cell.part in parts:
        answers[cell.item] = twice
    else:
        parts[cell.part] = _answer(cell)


def _answer(cell: _Cell) -> Any:
    """What a cell answers; None where nothing was written."""
    if cell.kind not in (CODE, TEXT):
        return _assigned(cell.source)
    if len(cell.source) > MAX_TEXT:
        return Unclear(cell.source[:MAX_ANSWER], f"it is longer than {MAX_TEXT} characters")
    lines = [line.strip() for line in cell.source.splitlines()]
    if cell.kind == CODE:
        return cell.source if any(line and not line.startswith("#") for line in lines) else None
    return None if cell.source.strip() == WRITE_HERE else cell.source


def _unusable(path: Path, what: str, cure: str, *, rule: str = "file-unreadable") -> ContentError:
    return ContentError([Finding(path, 1, 1, rule, what, cure)])


def _answer_cells(path: Path) -> Iterator[_Cell]:
    data = read_file(path, MAX_NOTEBOOK)
    if len(data) > MAX_NOTEBOOK:
        what = f"the notebook is larger than {MAX_NOTEBOOK / 2**20:g} MiB"
        raise _unusable(path, what, "clear its outputs, and shorten the longest answers")
    if sum(map(data.count, (b"[", b"{", b","))) > MAX_PARTS:
        raise ValueError("too many parts")
    for number, cell in enumerate(json.loads(data.decode("utf-8-sig"))["cells"], start=1):
        about = cell.get("metadata", {}).get(METADATA)
        if isinstance(about, dict) and {"item", "paper"} <= about.keys():
            source = cell["source"]
            text = source if isinstance(source, str) else "".join(map(str, source))
            part, kind = (_whole(str(about[name])) if name in about else None for name in ("part", "kind"))
            item, paper = _whole(str(about["item"])), _whole(str(about["paper"]))
            yield _Cell(number, item, paper, part, kind, _whole(text))


def _whole(text: str) -> str:
    """The text with a sign for each half of a character, which no report could be written with."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\r\n", "\n")


def _assigned(source: str) -> Any:
    """What a cell assigns to `answer`; it is read, never run.

    A text without its quotes, or arithmetic, is taken as it was typed: each item reads its own answers.
    """
    unclear = Unclear(source[:MAX_ANSWER], 'write one line such as `answer = "AC"` or `answer = True`')
    if len(source) > MAX_ANSWER:
        return unclear
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            warnings.simplefilter("ignore", DeprecationWarning)
            statements = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        line = _LITERAL_LINE.fullmatch(source)
        return line[1] if line else unclear
    match statements:
        case []:
            return None
        case [ast.Assign(targets=[ast.Name(id="answer")], value=value)]:
            return _literal(value, source)
    return unclear


def _literal(node: ast.expr, source: str) -> Any:
    """A text, a boolean, None, a list or a dict of them by its value; anything else as it was typed."""
    match node:
        case ast.Constant(value=bool() | None):
            return node.value
        case ast.Constant(value=str(text)):
            return _as_written(_typed(node, source), text)
        case ast.List(elts=entries):
            return [_literal(entry, source) for entry in entries]
        case ast.Dict(keys=keys, values=values) if keys and all(
            isinstance(key, ast.Constant) for key in keys
        ):
            names = [str(_literal(key, source)) for key in keys if key is not None]
            if len(set(names)) == len(names):
                return {name: _literal(value, source) for name, value in zip(names, values, strict=True)}
    return _typed(node, source)


def _typed(node: ast.expr, source: str) -> str:
    return ast.get_source_segment(source, node) or ""


def _as_written(typed: str, text: str) -> str:
    r"""The text between the quotes: whoever types "\frac{1}{2}" means the macro, not a form feed."""
    quoted = re.fullmatch(r"[rR]?(\"\"\"|'''|\"|')(.*)\1", typed, re.DOTALL)
    return quoted[2].replace("\\\\", "\\") if "\\" in typed and quoted else _whole(text)


RULES: Mapping[str, str] = {
    "several-papers": """\
What: the cells of one notebook belong to different papers.
Why: the letters of an option are those of one paper, so nobody knows what an answer means.
Cure: hand in one paper.""",
}
"""The pages of the rules of this module, for `grade explain`."""
