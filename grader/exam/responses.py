"""Reads a filled-in paper: YAML, JSON, or a notebook that `grade midterm` wrote.

What cannot be understood in one answer is that answer's own affair: the others are read all the same.
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
from grader.files import read_file
from grader.model.item import Place
from grader.yaml_tree import Tree, read_tree

MAX_TREE = 2**18
"""Bytes of a paper as YAML or JSON; one of a hundred items takes ten thousand."""
MAX_NOTEBOOK = 8 * 2**20
MAX_PARTS = 500_000
"""Lists, dicts and entries of a notebook, about; each takes much more memory than it has bytes."""
MAX_ANSWER = 1_000
"""Characters of an answer cell that are read; no answer is longer."""
METADATA = "grade"
"""Where a notebook paper keeps, cell by cell, the item and the form that it belongs to."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """An answer that cannot be taken as it stands: what was typed, and why not."""

    typed: str
    why: str


@dataclass(frozen=True, slots=True)
class Responses:
    """What a student gave, by item id, as it was typed; `paper` names the form whose letters were used.

    `findings` holds what could not be used beside the answers.
    """

    path: Path
    paper: str | None
    answers: Mapping[str, Any]
    places: Mapping[str, Place]
    findings: tuple[Finding, ...] = ()

    def finding(self, item: str, rule: str, what: str, cure: str) -> Finding:
        """A finding at the response to an item."""
        place = self.places.get(item, Place(self.path, 1, 1))
        return Finding(place.path, place.line, place.column, rule, what, cure)


def read_responses(path: Path) -> Responses:
    """A filled-in paper.

    Raises:
        ContentError: the file is not one.
    """
    if path.suffix.lower() == ".ipynb":
        return _notebook(path)
    return _tree_responses(read_tree(path, MAX_TREE))


# --- YAML and JSON, of which YAML is the larger ------------------------------------------------------------


def _tree_responses(tree: Tree) -> Responses:
    data = tree.data
    if data is None and tree.findings:
        raise ContentError(tree.findings)
    given = data.get("responses") if isinstance(data, dict) else None
    paper = data.get("paper") if isinstance(data, dict) else None
    if not isinstance(given, dict) or not (given or paper):
        cure = "write `responses:`, then `item-id: answer` line by line"
        raise ContentError([tree.finding((), "no-responses", "no item is answered under `responses`", cure)])
    if paper is not None and not isinstance(paper, str):
        cure = "copy it from the paper"
        raise ContentError([tree.finding(("paper",), "wrong-kind", "`paper` should be text", cure)])
    unknown = [
        tree.finding((key,), "unknown-field", f"`{key}` is not a field here", "take it out", of_key=True)
        for key in data
        if key not in ("responses", "paper")
    ]
    places = {name: Place(tree.path, *tree.place(("responses", name), of_key=True)) for name in given}
    answers = {name: _typed(tree, name, value) for name, value in given.items()}
    twice = _answered_twice(tree)
    doubled = set(twice.values())
    findings = [finding for finding in tree.findings if finding not in doubled]
    for name, finding in twice.items():
        answers[name] = Unclear("", finding.what)
        places[name] = Place(tree.path, finding.line, finding.column)
    return Responses(tree.path, paper, answers, places, (*findings, *unknown))


def _answered_twice(tree: Tree) -> dict[str, Finding]:
    """The items that stand in the file more than once: which answer was meant is not ours to guess."""
    twice = {}
    for finding in tree.findings:
        name = re.match("`(.*)` stands here a second time", finding.what, re.DOTALL)
        if finding.rule == "duplicate-key" and name and name[1] in tree.at(("responses",)):
            twice[name[1]] = finding
    return twice


def _typed(tree: Tree, name: str, value: Any) -> Any:
    """The answer as it was typed: a number keeps its digits."""
    if value is None or isinstance(value, bool | list):
        return value
    return tree.typed.get(("responses", name), value)


# --- notebooks ---------------------------------------------------------------------------------------------


def _notebook(path: Path) -> Responses:
    papers: set[str] = set()
    answers: dict[str, Any] = {}
    places: dict[str, Place] = {}
    try:
        for number, item, paper, source in _answer_cells(path):
            papers.add(paper)
            if item in answers:
                first, second = places[item].line, number
                answers[item] = Unclear(source, f"it is answered in two cells, {first} and {second}")
            else:
                places[item] = Place(path, number, 1)
                answers[item] = _assigned(source)
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


def _unusable(path: Path, what: str, cure: str, *, rule: str = "file-unreadable") -> ContentError:
    return ContentError([Finding(path, 1, 1, rule, what, cure)])


def _answer_cells(path: Path) -> Iterator[tuple[int, str, str, str]]:
    """The number, counted from 1, the item, the form and the text of each answer cell."""
    data = read_file(path, MAX_NOTEBOOK)
    if len(data) > MAX_NOTEBOOK:
        raise ValueError("too large")
    if sum(map(data.count, (b"[", b"{", b","))) > MAX_PARTS:
        raise ValueError("too many parts")
    for number, cell in enumerate(json.loads(data.decode("utf-8-sig"))["cells"], start=1):
        about = cell.get("metadata", {}).get(METADATA)
        if isinstance(about, dict) and {"item", "paper"} <= about.keys():
            source = cell["source"]
            text = source if isinstance(source, str) else "".join(map(str, source))
            yield number, _whole(str(about["item"])), _whole(str(about["paper"])), _whole(text)


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
        line = re.fullmatch(r"\s*answer\s*=\s*([^\n#]*[^\n#\s])\s*(?:#[^\n]*\s*)?", source)
        return line[1] if line else unclear
    match statements:
        case []:
            return None
        case [ast.Assign(targets=[ast.Name(id="answer")], value=value)]:
            return _literal(value, ast.get_source_segment(source, value) or "")
    return unclear


def _literal(node: ast.expr, typed: str) -> Any:
    """A text, a boolean, None or a list of texts by its value; anything else as it was typed."""
    match node:
        case ast.Constant(value=bool() | None):
            return node.value
        case ast.Constant(value=str(text)):
            return _as_written(typed, text)
        case ast.List(elts=parts) if all(_is_text(part) for part in parts):
            return [_whole(str(part.value)) for part in parts if isinstance(part, ast.Constant)]
    return typed


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _as_written(typed: str, text: str) -> str:
    r"""The text between the quotes: whoever types "\frac{1}{2}" means the macro, not a form feed."""
    quoted = re.fullmatch(r"[rR]?(\"\"\"|'''|\"|')(.*)\1", typed, re.DOTALL)
    return quoted[2].replace("\\\\", "\\") if "\\" in typed and quoted else _whole(text)


RULES: Mapping[str, str] = {
    "no-responses": """\
What: the file answers no item: `responses:` is missing or empty, or no cell of the notebook is an answer.
Why: a paper of blanks and a file that is no paper look the same.
Cure: write `responses:`, then `item-id: answer` line by line, or fill in what `grade midterm` wrote.""",
    "several-papers": """\
What: the cells of one notebook belong to different papers.
Why: the letters of an option are those of one paper, so nobody knows what an answer means.
Cure: hand in one paper.""",
}
"""The pages of the rules of this module, for `grade explain`."""
