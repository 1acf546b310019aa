"""Reads a YAML file into a tree of plain values that knows the place of each.

The values are those of YAML 1.2's core schema: `no`, `on` and `1:30` are text, `1e3` is a number. What
makes a file ambiguous or dangerous (duplicate keys, aliases, tags, several documents) is a finding.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from grader.errors import Finding

Trail = tuple[str | int, ...]
"""The way from the top of a document to a value in it: keys and indices."""

MAX_BYTES = 2 * 2**20
MAX_DEPTH = 40

_NULL = re.compile(r"|~|null|Null|NULL")
_TRUTH = re.compile(r"true|True|TRUE|false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9]{1,400}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,4})?")
_TEXT = "tag:yaml.org,2002:str"


@dataclass(slots=True)
class Tree:
    """A document: its plain values, the text of each scalar as typed, the place of each value and key."""

    path: Path
    text: str = ""
    data: Any = None
    findings: list[Finding] = field(default_factory=list)
    typed: dict[Trail, str] = field(default_factory=dict)
    _values: dict[Trail, tuple[int, int]] = field(default_factory=dict)
    _keys: dict[Trail, tuple[int, int]] = field(default_factory=dict)

    def lines(self) -> Sequence[str]:
        """The lines of the file."""
        return self.text.split("\n")

    def place(self, trail: Sequence[str | int], *, of_key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, of a value or its key; of what holds it where it is missing."""
        known = self._keys if of_key else self._values
        trail = tuple(trail)
        while trail and trail not in known:
            trail, known = trail[:-1], self._values
        return known.get(trail, (1, 1))

    def finding(
        self, trail: Sequence[str | int], rule: str, what: str, cure: str, *, of_key: bool = False
    ) -> Finding:
        """A finding at a value of the document, or at its key."""
        line, column = self.place(trail, of_key=of_key)
        return Finding(self.path, line, column, rule, what, cure)

    def at(self, trail: Sequence[str | int]) -> Any:
        """The plain value at the end of a trail; None where there is none."""
        value = self.data
        for step in trail:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value


def read_tree(path: Path) -> Tree:
    """The tree of a file; one that cannot be read gives no data and the reason as a finding."""
    tree = Tree(path)
    text = _text(tree)
    if text is None:
        return tree
    tree.text = text
    try:
        node = _Composer(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        tree.findings.append(_syntax_finding(path, error))
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        what = f"the character U+{ord(str(error.character)):04X} may not stand in YAML"
        tree.findings.append(Finding(path, line, 1, "yaml-syntax", what, "take it out"))
    except RecursionError:
        tree.findings.append(Finding(path, 1, 1, "yaml-syntax", "it is nested too deeply", "make it flat"))
    else:
        if node is None:
            tree.findings.append(Finding(path, 1, 1, "file-empty", "the file is empty", "write its fields"))
        else:
            tree.data = _value(node, (), tree)
    return tree


def _text(tree: Tree) -> str | None:
    try:
        with tree.path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        tree.findings.append(
            Finding(tree.path, 1, 1, "file-unreadable", what, "write it, or mend its rights")
        )
        return None
    if len(data) > MAX_BYTES:
        what = f"the file is larger than {MAX_BYTES // 2**20} MiB"
        tree.findings.append(Finding(tree.path, 1, 1, "file-unreadable", what, "split it into several files"))
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        what = "the file is not UTF-8 text"
        tree.findings.append(Finding(tree.path, line, 1, "file-unreadable", what, "save it as UTF-8"))
        return None


class _Composer(yaml.SafeLoader):
    """PyYAML's own composer without aliases, which can make a small file huge."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "an alias (`*name`) is not allowed", mark)
        return super().compose_node(parent, index)


def _syntax_finding(path: Path, error: yaml.MarkedYAMLError) -> Finding:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    problem = " ".join((error.problem or "this is not YAML").split())
    cure = "quote text that holds `: `, `#` or begins with a special character; indent with spaces"
    return Finding(path, line, column, "yaml-syntax", problem, cure)


def _value(node: Any, trail: Trail, tree: Tree) -> Any:
    mark = node.start_mark
    tree._values[trail] = (mark.line + 1, mark.column + 1)
    if len(trail) > MAX_DEPTH:
        tree.findings.append(tree.finding(trail, "yaml-syntax", "it is nested too deeply", "make it flat"))
        return None
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, trail, tree)
    if isinstance(node, yaml.SequenceNode):
        return [_value(entry, (*trail, index), tree) for index, entry in enumerate(node.value)]
    tree.typed[trail] = node.value
    return _scalar(node)


def _mapping(node: Any, trail: Trail, tree: Tree) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in node.value:
        mark = key.start_mark
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
        inner = (*trail, name)
        if name in values:
            first = tree.place(inner, of_key=True)[0]
            what = f"`{name}` stands here a second time (first in line {first})"
            place = (mark.line + 1, mark.column + 1)
            tree.findings.append(Finding(tree.path, *place, "duplicate-key", what, "keep one of the two"))
            continue
        tree._keys[inner] = (mark.line + 1, mark.column + 1)
        values[name] = _value(value, inner, tree)
    return values


def _scalar(node: Any) -> Any:
    """What a scalar stands for: only plain ones, without quotes, are anything but text."""
    text: str = node.value
    if node.style is not None or node.tag not in _RESOLVED:
        return text
    if _NULL.fullmatch(text):
        return None
    if _TRUTH.fullmatch(text):
        return text.lower() == "true"
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


_RESOLVED = {
    f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float", "timestamp", "str", "value")
}
