"""Reads a filled-in paper: YAML, JSON, or a notebook that `grade midterm` wrote."""

import ast
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import ContentError, Finding
from grader.model.item import Place
from grader.yaml_tree import Tree, read_tree

MAX_NOTEBOOK = 32 * 2**20
METADATA = "grade"
"""Where a notebook paper keeps, cell by cell, the item and the form that it belongs to."""


@dataclass(frozen=True, slots=True)
class Responses:
    """What a student gave, by item id, as it was typed; `paper` names the form whose letters were used."""

    path: Path
    paper: str | None
    answers: Mapping[str, Any]
    places: Mapping[str, Place]

    def finding(self, item: str, rule: str, what: str, cure: str) -> Finding:
        """A finding at the response to an item."""
        place = self.places.get(item, Place(self.path, 1, 1))
        return Finding(place.path, place.line, place.column, rule, what, cure)


def read_responses(path: Path) -> Responses:
    """A filled-in paper.

    Raises:
        ContentError: the file is not one.
    """
    responses, findings = (
        _notebook(path) if path.suffix.lower() == ".ipynb" else _tree_responses(read_tree(path))
    )
    if findings:
        raise ContentError(findings)
    return responses


# --- YAML and JSON, of which YAML is the larger ------------------------------------------------------------


def _tree_responses(tree: Tree) -> tuple[Responses, list[Finding]]:
    empty = Responses(tree.path, None, {}, {})
    if tree.findings:
        return empty, tree.findings
    data = tree.data
    given = data.get("responses") if isinstance(data, dict) else None
    if not isinstance(given, dict):
        cure = "write `responses:`, then `item-id: answer` line by line"
        return empty, [tree.finding((), "no-responses", "there is no mapping `responses`", cure)]
    paper = data.get("paper")
    findings = [
        tree.finding((key,), "unknown-field", f"`{key}` is not a field here", "take it out", of_key=True)
        for key in data
        if key not in ("responses", "paper")
    ]
    if paper is not None and not isinstance(paper, str):
        findings.append(
            tree.finding(("paper",), "wrong-kind", "`paper` should be text", "copy it from the paper")
        )
    places = {name: Place(tree.path, *tree.place(("responses", name))) for name in given}
    answers = {name: _typed(tree, name, value) for name, value in given.items()}
    return Responses(tree.path, paper if isinstance(paper, str) else None, answers, places), findings


def _typed(tree: Tree, name: str, value: Any) -> Any:
    """The answer as it was typed: a number keeps its digits."""
    if value is None or isinstance(value, bool | list):
        return value
    return tree.typed.get(("responses", name), value)


# --- notebooks ---------------------------------------------------------------------------------------------


def _notebook(path: Path) -> tuple[Responses, list[Finding]]:
    papers: list[str] = []
    answers: dict[str, Any] = {}
    places: dict[str, Place] = {}
    findings: list[Finding] = []
    try:
        for number, item, paper, source in _answer_cells(path):
            here = Place(path, number, 1)
            if item in answers:
                what = f"`{item}` is answered in two cells (cells {places[item].line} and {number})"
                findings.append(Finding(path, number, 1, "duplicate-key", what, "keep one of them"))
                continue
            papers.append(paper)
            places[item] = here
            answers[item], faults = _literal(source, here)
            findings += faults
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        what = "this is not a notebook that can be read"
        return Responses(path, None, {}, {}), [
            Finding(path, 1, 1, "file-unreadable", what, "save it again from Jupyter")
        ]
    if not answers:
        what = "no cell of this notebook is an answer of a paper"
        findings.append(
            Finding(path, 1, 1, "no-responses", what, "fill in a notebook that `grade midterm` wrote")
        )
    if len(set(papers)) > 1:
        what = f"the cells are of several papers: {', '.join(sorted(set(papers)))}"
        findings.append(Finding(path, 1, 1, "several-papers", what, "hand in one paper"))
    return Responses(path, papers[0] if papers else None, answers, places), findings


def _answer_cells(path: Path) -> Iterator[tuple[int, str, str, str]]:
    """The number, counted from 1, the item, the form and the text of each answer cell."""
    with path.open("rb") as file:
        data = file.read(MAX_NOTEBOOK + 1)
    if len(data) > MAX_NOTEBOOK:
        raise ValueError("too large")
    for number, cell in enumerate(json.loads(data.decode("utf-8-sig"))["cells"], start=1):
        about = cell.get("metadata", {}).get(METADATA)
        if isinstance(about, dict) and {"item", "paper"} <= about.keys():
            source = cell["source"]
            text = source if isinstance(source, str) else "".join(map(str, source))
            yield number, str(about["item"]), str(about["paper"]), text


def _literal(source: str, here: Place) -> tuple[Any, list[Finding]]:
    """The value assigned to `answer`; the cell is read, never run."""
    try:
        statements = ast.parse(source.replace("\r\n", "\n")).body
        match statements:
            case [ast.Assign(targets=[ast.Name(id="answer")], value=value)]:
                typed = ast.get_source_segment(source, value) or ""
                found = ast.literal_eval(value)
                is_number = isinstance(found, int | float) and not isinstance(found, bool)
                return (typed if is_number or isinstance(found, tuple) else found), []
            case []:
                return None, []
    except (SyntaxError, ValueError, RecursionError, MemoryError, TypeError):
        pass
    what = f"the answer in cell {here.line} cannot be read"
    cure = 'write one line such as `answer = "AC"`, `answer = True` or `answer = "8x3x32x32"`'
    return None, [Finding(here.path, here.line, here.column, "unclear-answer", what, cure)]
