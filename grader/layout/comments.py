"""Finds the comments of a YAML file, and puts them back beside what they stood beside."""

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from grader.yaml_tree import Trail, Tree

_COMMENT = re.compile(r"#[^\n]*")
Line = int
_Scanner: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's is ten times as fast, where PyYAML was built with it."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with the value or key that it belongs to; None where nothing follows it.

    One on a line of its own belongs to what comes next, one at the end of a line to what that line says.
    """

    text: str
    trail: Trail | None
    of_key: bool
    is_alone: bool


def comments(tree: Tree) -> Iterator[Comment]:
    """The comments of a document, in their order."""
    before = sorted(tree.starts(), key=lambda start: (start[0], len(start[1])))
    after = sorted(tree.starts(), key=lambda start: (start[0], -len(start[1])))
    positions = [place for place, _, _ in before]
    for index in _offsets(tree.text):
        text = _COMMENT.match(tree.text, index)
        line = tree.text.count("\n", 0, index) + 1
        begin = tree.text.rfind("\n", 0, index) + 1
        place = (line, index - begin + 1)
        is_alone = not tree.text[begin:index].strip()
        next_one = bisect.bisect_left(positions, place)
        trail: Trail | None = None
        of_key = False
        if is_alone and next_one < len(before):
            _, trail, of_key = before[next_one]
        elif not is_alone:
            _, trail, of_key = after[_last_of_same(after, next_one) - 1]
        yield Comment(text[0].rstrip() if text else "", trail, of_key, is_alone)


def _last_of_same(starts: Sequence[tuple[tuple[int, int], Trail, bool]], end: int) -> int:
    """One more than the index of the deepest that begins where the one before `end` does."""
    first = end - 1
    while first > 0 and starts[first - 1][0] == starts[end - 1][0]:
        first -= 1
    return first + 1


def _offsets(text: str) -> Iterator[int]:
    """Where comments begin: between the tokens, and in the first line of a block of text."""
    end = 0
    for token in _tokens(text):
        start = token.start_mark.index
        yield from (match.start() for match in _COMMENT.finditer(text, end, start))
        end = max(end, token.end_mark.index)
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            header = text.find("\n", start)
            yield from (match.start() for match in _COMMENT.finditer(text, start, max(start, header)))
    yield from (match.start() for match in _COMMENT.finditer(text, end))


def _tokens(text: str) -> Iterator[yaml.Token]:
    try:
        return iter(list(yaml.scan(text, Loader=_Scanner)))
    except yaml.YAMLError:
        return yaml.scan(text, Loader=yaml.SafeLoader)  # it takes a little more


def with_comments(tree: Tree, told: Sequence[Comment], gaps: Sequence[Trail]) -> str:
    """The document with each comment at its place again, and an empty line before each of `gaps`."""
    above: dict[Line, list[str]] = {}
    beside: dict[Line, list[str]] = {}
    last: list[str] = []
    for comment in told:
        if comment.trail is None:
            last.append(comment.text)
            continue
        line = tree.place(comment.trail, of_key=comment.of_key)[0]
        # A second comment on one line finds room above it.
        holders = above if comment.is_alone or line in beside else beside
        holders.setdefault(line, []).append(comment.text)
    empty = {tree.place(trail)[0] for trail in gaps}
    return "\n".join([*_lines(tree.text, above, beside, empty), *last]) + "\n"


def _lines(
    text: str, above: Mapping[Line, list[str]], beside: Mapping[Line, list[str]], empty: set[Line]
) -> Iterator[str]:
    for number, line in enumerate(text.rstrip("\n").split("\n"), start=1):
        if number in empty:
            yield ""
        indent = line[: len(line) - len(line.lstrip(" "))]
        yield from (indent + comment for comment in above.get(number, ()))
        yield "  ".join([line, *beside.get(number, ())])
