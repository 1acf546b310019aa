"""Reads a filled-in paper: YAML, JSON, or a notebook that `grade midterm` wrote.

What cannot be understood in one answer is that answer's own affair: the others are read all the same.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grader.errors import ContentError, Finding
from grader.exam.given import Responses, Unclear
from grader.exam.notebooks import read_notebook
from grader.model.item import Place
from grader.yaml_tree import Trail, Tree, read_tree

MAX_TREE = 2**18
"""Bytes of a paper as YAML or JSON; one of a hundred items takes ten thousand."""
MAX_SEED = 10**9


def read_responses(path: Path) -> Responses:
    """A filled-in paper.

    Raises:
        ContentError: the file is not one.
    """
    if path.suffix.lower() == ".ipynb":
        return read_notebook(path)
    return _tree_responses(read_tree(path, MAX_TREE, cure="shorten the longest answers"))


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
    seed = data.get("seed", 0)
    if not isinstance(seed, int) or isinstance(seed, bool) or not 0 <= seed <= MAX_SEED:
        what = "`seed` should be a whole number of 0 or more"
        raise ContentError([tree.finding(("seed",), "wrong-kind", what, "leave it as it was")])
    unknown = [
        tree.finding((key,), "unknown-field", f"`{key}` is not a field here", "take it out", of_key=True)
        for key in data
        if key not in ("responses", "paper") and (key != "seed" or paper)
    ]
    places = {name: Place(tree.path, *tree.place(("responses", name), of_key=True)) for name in given}
    answers = {name: _typed(tree, ("responses", name), value) for name, value in given.items()}
    twice = _answered_twice(tree)
    doubled = set(twice.values())
    findings = [finding for finding in tree.findings if finding not in doubled]
    for name, finding in twice.items():
        answers[name] = Unclear("", finding.what)
        places[name] = Place(tree.path, finding.line, finding.column)
    return Responses(tree.path, paper, answers, places, (*findings, *unknown), seed)


def _answered_twice(tree: Tree) -> dict[str, Finding]:
    """The items that are answered more than once, all or in part: which was meant is not ours to guess."""
    return {
        str(trail[1]): found for trail, found in tree.doubled.items() if trail[0] == "responses" and trail[1:]
    }


def _typed(tree: Tree, trail: Trail, value: Any) -> Any:
    """The answer as it was typed: a number keeps its digits."""
    if isinstance(value, list):
        return [_typed(tree, (*trail, index), entry) for index, entry in enumerate(value)]
    if isinstance(value, dict):
        return {key: _typed(tree, (*trail, key), entry) for key, entry in value.items()}
    return value if value is None or isinstance(value, bool) else tree.typed.get(trail, value)


RULES: Mapping[str, str] = {
    "no-responses": """\
What: the file answers no item: `responses:` is missing or empty, or no cell of the notebook is an answer.
Why: a paper of blanks and a file that is no paper look the same.
Cure: write `responses:`, then `item-id: answer` line by line, or fill in what `grade midterm` wrote.""",
}
"""The pages of the rules of this module, for `grade explain`."""
