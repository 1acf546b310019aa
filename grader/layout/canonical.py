"""The one layout of a course's YAML: fields in their order, long texts folded, everything else as it was."""

import importlib
import io
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from grader.errors import GradeError, UsageError
from grader.layout.comments import comments, with_comments
from grader.yaml_tree import Trail, Tree, tree_of

WIDTH = 110
INLINE = -1
"""The column of what stands in brackets or braces, where nothing is broken into lines."""
QUOTES, BLOCKS = ("'", '"'), ("|", ">")
NOWHERE = Path()
_WHOLE = re.compile(r"(?<!\\)(\$\$?).+?(?<!\\)\1|`[^`]+`|\{\{.+?\}\}")
LONG = 90
"""A formula, code or an expression stays in one line up to this length."""
_SPACE = re.compile(r"(?<=[^ ]) (?=[^ ])")
MISSING = "this needs ruamel.yaml: `pip install 'grade[instructor]'`"
ORDER = (
    *("id", "title", "type", "count", "total", "topic", "stem", "params", "let", "where"),
    *(
        "key",
        "distractor",
        "left",
        "right",
        "criterion",
        "number",
        "shape",
        "formula",
        "matrix_formula",
        "text",
    ),
    *("value", "tolerance", "unit", "variables", "accept", "patterns", "pinned"),
    *("options", "answer", "near_misses", "pairs", "extras", "steps", "columns", "rows", "parts", "exercise"),
    *("rubric", "shuffle", "scheme", "check", "feedback", "credit", "explanation", "difficulty", "source"),
    *("points", "minutes", "expected_minutes", "forms", "overlap", "parallel", "min", "max", "mean"),
    *("spread", "levels", "letters", "key_sizes", "true_statements", "each_topic", "topics", "areas"),
    *("enemies", "used", "facts", "errata", "templates", "exercises"),
    *("items", "sections"),
)
"""In which order fields are written; what is not listed comes last, as its author ordered it."""
FREE = frozenset({"params", "let", "variables", "key_sizes", "levels"})
"""Whose fields are names of the author's, in an order that may mean something."""
IN_A_LINE = frozenset({"source", "shape", "accept", "patterns", "topics", "enemies", "types"})
"""Lists that stand in brackets where they fit."""
_PLACE = {name: place for place, name in enumerate(ORDER)}
_CONTROL = frozenset(map(chr, (*range(9), *range(11, 32), 127, 0x85, 0x2028, 0x2029, 0xFEFF)))


class LayoutError(GradeError):
    """A file cannot be written anew without changing what it says; it is left as it is."""


def formatted(tree: Tree) -> str:
    """The document in its one layout.

    Raises:
        UsageError: ruamel.yaml is not installed.
        LayoutError: the result would say something else.
    """
    if not isinstance(tree.data, dict):
        return tree.text
    told = list(comments(tree))
    bare = tree_of(_Writer(tree).text(), tree.path)
    items = tree.data.get("items")
    gaps: list[Trail] = [("items", index) for index in range(1, len(items) if isinstance(items, list) else 0)]
    result = tree_of(with_comments(bare, told, gaps), tree.path)
    kept = sorted(comment.text for comment in comments(result))
    if (result.data, result.typed) != (tree.data, tree.typed) or kept != sorted(c.text for c in told):
        raise LayoutError(f"`{tree.path}` cannot be laid out without changing it, and was left as it is")
    return result.text


class _Writer:
    """Builds what ruamel.yaml writes: plain scalars as they were typed, long texts as blocks."""

    def __init__(self, tree: Tree) -> None:
        try:
            self._ruamel: Any = importlib.import_module("ruamel.yaml")
        except ImportError:
            raise UsageError(MISSING) from None
        self._tree = tree
        self._strings: Any = importlib.import_module("ruamel.yaml.scalarstring")
        self._comments: Any = importlib.import_module("ruamel.yaml.comments")

    def text(self) -> str:
        return "\n".join(_tightened(self._dumped(self._node((), 0, 0)).split("\n")))

    def _dumped(self, node: Any) -> str:
        yaml = self._ruamel.YAML()
        yaml.width = 10**6  # lines are broken here, not there
        yaml.indent(mapping=2, sequence=4, offset=2)
        yaml.brace_single_entry_mapping_in_flow_sequence = True
        yaml.representer.add_representer(_Typed, _as_typed)
        stream = io.StringIO()
        yaml.dump(node, stream)
        return stream.getvalue()

    def _node(self, trail: Trail, indent: int, column: int) -> Any:
        """What begins at `column`, and at `indent` where it has lines of its own."""
        value = self._tree.at(trail)
        if not isinstance(value, dict | list):
            return self._leaf(trail, value, indent, column)
        if self._is_in_a_line(trail, value):
            line = self._collection(trail, lambda inner, _: self._node(inner, 0, INLINE))
            line.fa.set_flow_style()
            if column == INLINE or not value or column + len(self._dumped(line).rstrip("\n")) <= WIDTH:
                return line
        if isinstance(value, list):
            return self._collection(trail, lambda inner, _: self._node(inner, indent + 2, indent + 2))
        return self._collection(
            trail, lambda inner, key: self._node(inner, indent + 2, indent + len(key) + 2)
        )

    def _is_in_a_line(self, trail: Trail, value: dict[str, Any] | list[Any]) -> bool:
        is_plain_list = isinstance(value, list) and not any(isinstance(entry, dict | list) for entry in value)
        return not value or self._tree.is_flow(trail) or (is_plain_list and trail[-1:][0] in IN_A_LINE)

    def _collection(self, trail: Trail, inner: Callable[[Trail, str], Any]) -> Any:
        value = self._tree.at(trail)
        if isinstance(value, list):
            return self._comments.CommentedSeq([inner((*trail, i), "") for i in range(len(value))])
        fields = self._comments.CommentedMap()
        for key in _in_order(trail, value):
            fields[_Typed(key) if _is_plain_key(key) else key] = inner((*trail, key), key)
        return fields

    def _leaf(self, trail: Trail, value: Any, indent: int, column: int) -> Any:
        text, style = self._tree.typed[trail], self._tree.style(trail)
        if not isinstance(value, str):
            return _Typed(text)
        body = text.rstrip("\n")
        ends = len(text) - len(body)
        if column == INLINE or not body.strip() or body[0] in " \n" or _CONTROL & set(text):
            return self._in_line(text, style)
        if "\n" in body or ends > 1 or (ends and style == "|"):
            return self._strings.LiteralScalarString(text)
        room = WIDTH - column
        if not ends and (not _SPACE.search(body) or (style in QUOTES and len(body) + 2 <= room)):
            return self._in_line(text, style)
        if not ends and len(body) <= room and (style == "" or _is_plain(text)):
            return _Typed(text)
        folded = self._strings.FoldedScalarString(text)
        folded.fold_pos = list(_folds(body, WIDTH - indent))
        return folded

    def _in_line(self, text: str, style: str) -> Any:
        """A text in the quotes that it had; what was a block gets some where it needs them."""
        if style == "" or (style in BLOCKS and _is_plain(text)):
            return _Typed(text)
        if style == "'" or (style in BLOCKS and not _CONTROL & set(text) and "\n" not in text):
            return self._strings.SingleQuotedScalarString(text)
        return self._strings.DoubleQuotedScalarString(text)


class _Typed(str):
    """A plain scalar, written as it was typed."""


def _as_typed(representer: Any, data: _Typed) -> Any:
    # The tag that a reader would find, so that no quotes are put round a number.
    node = representer.represent_scalar("tag:yaml.org,2002:str", str(data), style="")
    resolver = representer.dumper.resolver
    node.tag = node.ctag = resolver.resolve(type(node), str(data), (True, False))
    return node


def _tightened(lines: Sequence[str]) -> Iterator[str]:
    """The lines with `- - a` where ruamel.yaml writes `-   - a`: a list in a list, a row of a table."""
    end = 0  # the least indentation of what belongs to the inner list
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        if line and indent < end:
            end = 0
        if not end and line[indent:].startswith("-   - "):
            end = indent + 4
            yield f"{line[:indent]}- {line[end:]}"
        else:
            yield line[2:] if end and line else line


def _in_order(trail: Trail, value: dict[str, Any]) -> list[str]:
    if trail and trail[-1] in FREE:
        return list(value)
    return sorted(value, key=lambda name: _PLACE.get(name, len(ORDER)))


def _is_plain(text: str) -> bool:
    """Whether a text means itself without quotes."""
    tree = tree_of(f"x: {text}\n", NOWHERE)
    return not tree.findings and tree.data == {"x": text}


@lru_cache(1_000)
def _is_plain_key(key: str) -> bool:
    tree = tree_of(f"{key}: 1\n", NOWHERE)
    return not tree.findings and tree.data == {key: 1}


def _folds(text: str, width: int) -> Iterator[int]:
    """The spaces at which a text is broken into lines of a width: none in a formula, none beside another."""
    spans = [match.span() for match in _WHOLE.finditer(text)]
    whole = {index for start, end in spans if end - start <= LONG for index in range(start, end)}
    start, last = 0, -1
    for index in [match.start() for match in _SPACE.finditer(text)] + [len(text)]:
        if index - start > width and last > start:
            yield last
            start = last + 1
        if index not in whole:
            last = index
