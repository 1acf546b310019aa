"""Reads a YAML file into a tree of plain values that knows the place of each.

The values are those of YAML 1.2's core schema: `no`, `on` and `1:30` are text, `1e3` is a number. What
makes a file ambiguous or dangerous (duplicate keys, aliases, tags, several documents) is a finding.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.resolver import Resolver

from grader.errors import Finding
from grader.files import read_file

Trail = tuple[str | int, ...]
"""The way from the top of a document to a value in it: keys and indices."""

MAX_BYTES = 2 * 2**20
MAX_DEPTH = 40

_NULL = re.compile(r"|~|null|Null|NULL")
_TRUTH = re.compile(r"true|True|TRUE|false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9]{1,400}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,4})?")
_HALF = re.compile("[\ud800-\udfff]")
_TEXT = "tag:yaml.org,2002:str"
_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Tree:
    """A document: its plain values, the text of each scalar as typed, the place of each value and key.

    `doubled` holds the keys that a mapping has more than once.
    """

    path: Path
    text: str = ""
    data: Any = None
    findings: list[Finding] = field(default_factory=list)
    typed: dict[Trail, str] = field(default_factory=dict)
    doubled: dict[Trail, Finding] = field(default_factory=dict)
    _values: dict[Trail, tuple[int, int]] = field(default_factory=dict)
    _keys: dict[Trail, tuple[int, int]] = field(default_factory=dict)
    _scalars: dict[Trail, Any] = field(default_factory=dict)
    _flows: set[Trail] = field(default_factory=set)

    def starts(self) -> Iterator[tuple[tuple[int, int], Trail, bool]]:
        """Where each value and each key begins, with the way to it and whether it is a key."""
        yield from ((place, trail, False) for trail, place in self._values.items())
        yield from ((place, trail, True) for trail, place in self._keys.items())

    def is_flow(self, trail: Trail) -> bool:
        """Whether a list or mapping stands in brackets or braces."""
        return trail in self._flows

    def style(self, trail: Trail) -> str:
        """How a scalar is written: `'`, `"`, `|`, `>`, or an empty text for a plain one."""
        return self._scalars[trail].style or ""

    def place(self, trail: Sequence[str | int], *, of_key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, of a value or its key; of what holds it where it is missing."""
        known = self._keys if of_key else self._values
        trail = tuple(trail)
        while trail and trail not in known:
            trail, known = trail[:-1], self._values
        return known.get(trail, (1, 1))

    def place_within(self, trail: Sequence[str | int], offset: int) -> tuple[int, int]:
        """Line and column, from 1, of one character of a scalar, however its lines are folded."""
        node = self._scalars.get(tuple(trail))
        if node is None:
            return self.place(trail)
        before = sum(not character.isspace() for character in node.value[:offset])
        source = self.text[node.start_mark.index : node.end_mark.index]
        index = node.start_mark.index + _source_offset(source, node.style, before)
        return self.text.count("\n", 0, index) + 1, index - self.text.rfind("\n", 0, index)

    def has_escape(self, trail: Sequence[str | int]) -> bool:
        r"""Whether a text in double quotes escapes a letter: there `\frac` begins with `\f`."""
        node = self._scalars.get(tuple(trail))
        if node is None or node.style != '"':
            return False
        source = self.text[node.start_mark.index : node.end_mark.index]
        return bool(re.search(r"(?<!\\)(?:\\\\)*\\[A-Za-z]", source))

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


def read_tree(path: Path, limit: int = MAX_BYTES, cure: str = "split it into several files") -> Tree:
    """The tree of a file; one that cannot be read gives no data and the reason as a finding.

    `cure` says what to do where it is larger than `limit` bytes.
    """
    tree = Tree(path)
    text = _text(tree, limit, cure)
    return tree if text is None else _composed(tree, text)


def tree_of(text: str, path: Path) -> Tree:
    """The tree of a text, as `read_tree` gives that of a file."""
    return _composed(Tree(path), text)


def _composed(tree: Tree, text: str) -> Tree:
    tree.text = text
    composer: _Composer | None = None
    try:
        composer = _FastComposer(text)
        node = composer.get_single_node()
    except (yaml.YAMLError, UnicodeError):
        # PyYAML's own parser says what is wrong in words that `_SYNTAX` knows.
        composer, node = _slowly(tree, text)
    except RecursionError:
        tree.findings.append(
            Finding(tree.path, 1, 1, "yaml-syntax", "it is nested too deeply", "make it flat")
        )
        node = None
    if composer:
        tree.findings += [Finding(tree.path, *refused) for refused in composer.refused]
    if node is not None:
        tree.data = _value(node, (), tree)
    elif not tree.findings:
        tree.findings.append(Finding(tree.path, 1, 1, "file-empty", "the file is empty", "write its fields"))
    return tree


def _slowly(tree: Tree, text: str) -> tuple["_Composer | None", Any]:
    """The composer and the top of a text that the fast parser refused."""
    composer = None
    try:
        composer = _SlowComposer(text)
        return composer, composer.get_single_node()
    except yaml.MarkedYAMLError as error:
        tree.findings.append(_syntax_finding(tree.path, error))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        column = error.position - text.rfind("\n", 0, error.position)
        what = f"the character U+{int(error.character):04X} may not stand in YAML"
        tree.findings.append(Finding(tree.path, line, column, "yaml-syntax", what, "take it out"))
    except RecursionError:
        tree.findings.append(
            Finding(tree.path, 1, 1, "yaml-syntax", "it is nested too deeply", "make it flat")
        )
    return composer, None


def _text(tree: Tree, limit: int, cure: str) -> str | None:
    try:
        data = read_file(tree.path, limit)
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        tree.findings.append(
            Finding(tree.path, 1, 1, "file-unreadable", what, "write it, or mend its rights")
        )
        return None
    if len(data) > limit:
        what = f"the file is larger than {limit / 2**20:g} MiB"
        tree.findings.append(Finding(tree.path, 1, 1, "file-unreadable", what, cure))
        return None
    try:
        text = data.decode("utf-8-sig")
        # JSON may be indented with tabs, YAML may not.
        return text.replace("\t", " ") if tree.path.suffix.lower() == ".json" else text
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = "the file is not UTF-8 text"
        tree.findings.append(Finding(tree.path, line, 1, "file-unreadable", what, "save it as UTF-8"))
        return None


class _Composer(Composer, Resolver):
    """PyYAML's own composer; it refuses the notations that make a small file huge or stand for code."""

    refused: list[tuple[int, int, str, str, str]]

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        """No tag is ever looked at: `_scalar` knows what a plain text stands for."""
        return _TEXT

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Nothing to prepare for `resolve`."""

    def ascend_resolver(self) -> None:
        """Nothing to put away after it."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event: Any = self.peek_event()  # type: ignore[attr-defined]  # a parser's
        if isinstance(event, yaml.AliasEvent):
            self.get_event()  # type: ignore[attr-defined]
            self._refuse(event, "yaml-alias", f"`*{event.anchor}` is an alias", "write the value out")
            start: Any = event.start_mark
            end: Any = event.end_mark
            return yaml.ScalarNode(_TEXT, f"*{event.anchor}", start, end, "'")
        if event.anchor is not None:
            self._refuse(event, "yaml-alias", f"`&{event.anchor}` is an anchor", "take it out")
            event.anchor = None
        if event.tag is not None:
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(event, "yaml-tag", f"`{shown}` is a tag", "take it out; text goes in quotes")
            event.tag = None
            event.implicit = (True, False) if isinstance(event, yaml.ScalarEvent) else True
        return super().compose_node(parent, index)

    def _refuse(self, event: Any, rule: str, what: str, cure: str) -> None:
        mark = event.start_mark
        self.refused.append((mark.line + 1, mark.column + 1, rule, what, cure))


class _SlowComposer(_Composer, yaml.SafeLoader):
    """On the parser that is written in Python."""

    def __init__(self, text: str) -> None:
        yaml.SafeLoader.__init__(self, text)
        self.refused = []


class _FastComposer(_Composer, _Parser):  # type: ignore[misc]  # PyYAML's stubs do not know it
    """On libyaml's parser, which is ten times as fast, where PyYAML was built with it."""

    def __init__(self, text: str) -> None:
        _Parser.__init__(self, text)
        Composer.__init__(self)
        Resolver.__init__(self)
        self.refused = []


_SYNTAX = {
    "found character '\\t'": ("a tab stands where YAML wants spaces", "indent with spaces"),
    "mapping values are not": ("a `: ` stands where no value begins", "put the text in quotes, or under `|`"),
    "found unexpected end of stream": ("a quote is opened and not closed", "close the quote"),
    "found unexpected document separator": ("a quote is opened and not closed", "close the quote"),
    "found another document": ("a second document begins here", "keep one document a file, without `---`"),
    "could not find expected ':'": ("a key stands here without `: `", "write `key: value`"),
    "expected ',' or ']'": ("a list in `[ ]` is not closed", "close it, or put its texts in quotes"),
    "expected ',' or '}'": ("fields in `{ }` are not closed", "close them, or put their texts in quotes"),
    "expected <block end>": (
        "this stands in another column than what it belongs to",
        "begin all entries of a list, and all fields of an entry, in the same column",
    ),
    "sequence entries are not": ("a list begins where none can", "begin it on a line of its own"),
    "found unknown escape": (
        "a backslash in double quotes means something else to YAML",
        "use single quotes or `|` for text with TeX",
    ),
    "cannot start any token": ("a text cannot begin with this character", "put the text in quotes"),
}
"""What PyYAML says, and what an author reads instead."""


def _syntax_finding(path: Path, error: yaml.MarkedYAMLError) -> Finding:
    problem = " ".join((error.problem or "this is not YAML").split())
    opened = problem.startswith("found unexpected") and error.context_mark
    mark = error.context_mark if opened else error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    usual = "quote text that holds `: `, `#` or begins with a special character; indent with spaces"
    told = next((told for said, told in _SYNTAX.items() if said in problem), (problem, usual))
    return Finding(path, line, column, "yaml-syntax", *told)


def _source_offset(source: str, style: str | None, visible: int) -> int:
    """Where, in a scalar's source, the character stands that has so many others than spaces before it."""
    index = source.find("\n") + 1 if style in ("|", ">") else int(bool(style))
    while index < len(source):
        step = 1
        if source[index].isspace():
            visible += 1
        elif style == '"' and source[index] == "\\":
            visible += source[index + 1 : index + 2] in ("\n", "\r", "n", "t", " ", "r")
            step = 2 + {"x": 2, "u": 4, "U": 8}.get(source[index + 1 : index + 2], 0)
        elif style == "'" and source[index] == "'":
            step = 2
        if visible == 0:
            return index
        visible, index = visible - 1, index + step
    return 0


def _value(node: Any, trail: Trail, tree: Tree) -> Any:
    mark = node.start_mark
    tree._values[trail] = (mark.line + 1, mark.column + 1)
    if len(trail) > MAX_DEPTH:
        tree.findings.append(tree.finding(trail, "yaml-syntax", "it is nested too deeply", "make it flat"))
        return None
    if not isinstance(node, yaml.ScalarNode) and node.flow_style:
        tree._flows.add(trail)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, trail, tree)
    if isinstance(node, yaml.SequenceNode):
        return [_value(entry, (*trail, index), tree) for index, entry in enumerate(node.value)]
    # JSON writes a character beyond U+FFFF as two halves.
    if _HALF.search(node.value):
        node.value = node.value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    tree.typed[trail] = node.value
    tree._scalars[trail] = node
    return _scalar(node)


def _mapping(node: Any, trail: Trail, tree: Tree) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in node.value:
        mark = key.start_mark
        if not isinstance(key, yaml.ScalarNode):
            place = (mark.line + 1, mark.column + 1)
            what, cure = "a key must be a single word", "put text that begins with `[` or `{` in quotes"
            tree.findings.append(Finding(tree.path, *place, "yaml-syntax", what, cure))
            continue
        name = key.value
        inner = (*trail, name)
        if name in values:
            first = tree.place(inner, of_key=True)[0]
            what = f"`{name}` stands here a second time (first in line {first})"
            place = (mark.line + 1, mark.column + 1)
            tree.doubled[inner] = Finding(tree.path, *place, "duplicate-key", what, "keep one of the two")
            tree.findings.append(tree.doubled[inner])
            continue
        tree._keys[inner] = (mark.line + 1, mark.column + 1)
        values[name] = _value(value, inner, tree)
    return values


def _scalar(node: Any) -> Any:
    """What a scalar stands for: only plain ones, without quotes, are anything but text."""
    text: str = node.value
    if node.style:
        return text
    if _NULL.fullmatch(text):
        return None
    if _TRUTH.fullmatch(text):
        return text.lower() == "true"
    if _INT.fullmatch(text):
        return int(text)
    # A number beyond the range of floats stays text, so that it is told where a number is wanted.
    return float(text) if _FLOAT.fullmatch(text) and math.isfinite(float(text)) else text
