"""Reads a YAML file strictly into a type, with a finding for each thing that does not fit."""

import difflib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from grader.errors import Finding
from grader.yaml_tree import Trail, Tree, read_tree

T = TypeVar("T")

SPOKEN = {"yes": "true", "on": "true", "no": "false", "off": "false"}
NOUNS = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "fraction_parsing": "a number or a fraction such as 5/2",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "fields with values",
    "dataclass_type": "fields with values",
}


@dataclass(frozen=True, slots=True)
class Document(Generic[T]):
    """A file as its reader wants it: the value, where it fits, and everything that does not."""

    value: T | None
    findings: tuple[Finding, ...]
    tree: Tree

    def finding(self, trail: Sequence[str | int], rule: str, what: str, cure: str) -> Finding:
        """A finding of a caller's own, at the place of a value."""
        return self.tree.finding(trail, rule, what, cure)


def read_yaml(path: Path, into: Any) -> Document[Any]:
    """The file as `into`, a dataclass or any type that pydantic validates."""
    tree = read_tree(path)
    if tree.data is None and tree.findings:
        return Document(None, tuple(tree.findings), tree)
    value, findings = fit(tree, (), into)
    return Document(value, (*tree.findings, *findings), tree)


def fit(tree: Tree, trail: Trail, into: Any) -> tuple[Any, list[Finding]]:
    """The value at a place of the tree as `into`; None, with what does not fit, where it is not one."""
    data, as_typed = tree.at(trail), False
    while True:
        try:
            # JSON mode is strict about kinds and lets a list be a tuple.
            return TypeAdapter(into).validate_json(json.dumps(data), strict=True), []
        except ValidationError as error:
            faults = _best(error.errors(include_url=False), data)
        wanted_text = [_trail(fault, data) for fault in faults if fault["type"] == "string_type"]
        numbers = [place for place in wanted_text if _is_number(_at(data, place))]
        if as_typed or not numbers:
            return None, [_finding(fault, data, trail, tree, into) for fault in faults]
        # Where text is wanted a number keeps the digits that were typed.
        as_typed = True
        for place in numbers:
            data = _with_text(data, place, tree.typed[(*trail, *place)])


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _with_text(data: Any, place: Trail, text: str) -> Any:
    """The data with the value at one place exchanged."""
    if not place:
        return text
    step, *rest = place
    if isinstance(data, list) and isinstance(step, int):
        return [_with_text(value, tuple(rest), text) if i == step else value for i, value in enumerate(data)]
    return {
        key: _with_text(value, tuple(rest), text) if key == step else value for key, value in data.items()
    }


# --- what pydantic says, in the words of this house --------------------------------------------------------


def _trail(fault: ErrorDetails, data: Any) -> Trail:
    """The fault's place in the data; pydantic's names for the members of a union are left out."""
    trail: list[str | int] = []
    last = len(fault["loc"]) - 1
    for index, step in enumerate(fault["loc"]):
        is_key = isinstance(data, dict) and (step in data or (index == last and fault["type"] == "missing"))
        if is_key or (isinstance(data, list) and isinstance(step, int) and step < len(data)):
            trail.append(step)
            data = data.get(step) if isinstance(data, dict) else data[step]
    return tuple(trail)


def _union(fault: ErrorDetails, data: Any) -> tuple[Trail, str] | None:
    """Where a fault passes through a member of an untagged union, and the name of that member."""
    trail: list[str | int] = []
    for step in fault["loc"]:
        inner = _at(data, (step,))
        if inner is not None:
            data = inner
            trail.append(step)
        elif isinstance(step, str) and (step[:1].isupper() or step.startswith("literal[")):
            return tuple(trail), step
    return None


def _best(faults: list[ErrorDetails], data: Any) -> list[ErrorDetails]:
    """The faults without those of union members that the author cannot have meant."""
    unions: dict[Trail, dict[str, int]] = {}
    for fault in faults:
        union = _union(fault, data)
        if union:
            members = unions.setdefault(union[0], {})
            members[union[1]] = members.get(union[1], 0) + _weight(fault)
    meant = {trail: min(members, key=lambda name: members[name]) for trail, members in unions.items()}
    return [fault for fault in faults if (u := _union(fault, data)) is None or meant[u[0]] == u[1]]


def _weight(fault: ErrorDetails) -> int:
    """How unlikely a member becomes by this fault: fields it lacks tell more than fields too many."""
    return {"literal_error": 50, "dataclass_type": 60, "missing": 10}.get(fault["type"], 1)


def _finding(fault: ErrorDetails, data: Any, base: Trail, tree: Tree, into: Any) -> Finding:
    place = _trail(fault, data)
    value = _at(data, place)
    name = f"`{place[-1]}`" if place and isinstance(place[-1], str) else "this entry"
    whole = (*base, *place)
    context: Mapping[str, Any] = fault.get("ctx", {})
    match fault["type"]:
        case "missing":
            return tree.finding(whole[:-1], "missing-field", f"{name} is missing", f"write `{place[-1]}:`")
        case "unexpected_keyword_argument":
            cure = _nearest(str(place[-1]), _fields(_at(data, place[:-1]), into))
            return tree.finding(whole, "unknown-field", f"{name} is not a field here", cure, of_key=True)
        case "bool_type" if isinstance(value, str):
            cure = f"write `{SPOKEN.get(value.lower(), 'true` or `false')}`"
            return tree.finding(whole, "not-a-boolean", f"`{value}` is text, not true or false", cure)
        case "literal_error" | "union_tag_invalid":
            expected = str(context.get("expected") or context.get("expected_tags")).replace("'", "`")
            trail = (*whole, "type") if fault["type"] == "union_tag_invalid" else whole
            seen = (
                f"`{_at(data, (*place, 'type'))}`" if fault["type"] == "union_tag_invalid" else f"`{value}`"
            )
            return tree.finding(
                trail, "unknown-value", f"{seen} is not known here", f"write one of {expected}"
            )
        case "union_tag_not_found":
            cure = "write `type:` with `true_false`, `single_choice`, `multiple_choice` or `short_answer`"
            return tree.finding(whole, "missing-field", "`type` is missing", cure)
    wanted = NOUNS.get(fault["type"], "something else")
    what = f"{name} should be {wanted}, got {_described(value)}"
    return tree.finding(whole, "wrong-kind", what, f"write {wanted}")


def _at(data: Any, trail: Trail) -> Any:
    for step in trail:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _described(value: Any) -> str:
    if value is None:
        return "nothing"
    kinds = {bool: "true or false", dict: "fields with values", list: "a list", str: "text"}
    shown = str(value)
    return f"`{shown}`" if _is_number(value) or len(shown) <= 30 else kinds.get(type(value), "a value")


# --- the fields that an author may write -------------------------------------------------------------------


def _nearest(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return f"did you mean `{near[0]}`?"
    return (
        f"take it out; the fields are {', '.join(f'`{field}`' for field in known)}"
        if known
        else "take it out"
    )


def _fields(value: Any, into: Any) -> list[str]:
    """The fields of the noun that a mapping comes nearest to."""
    if not isinstance(value, dict):
        return []
    named = [[field.name for field in fields(noun)] for noun in _nouns(into, set()) if _may_be(noun, value)]
    return max(named, key=lambda names: len(value.keys() & set(names)), default=[])


def _may_be(noun: Any, value: Mapping[str, Any]) -> bool:
    """Whether a noun that is told by its `type` is told by this one."""
    kind = get_type_hints(noun).get("type")
    return kind is None or value.get("type") in get_args(kind)


def _nouns(kind: Any, seen: set[Any]) -> Iterator[Any]:
    """All dataclasses that a type is made of."""
    if is_dataclass(kind) and kind not in seen:
        seen.add(kind)
        yield kind
        for hint in get_type_hints(kind).values():
            yield from _nouns(hint, seen)
    for part in get_args(kind):
        yield from _nouns(part, seen)


RULES: Mapping[str, str] = {
    "yaml-syntax": """\
What: the file is not YAML that can be read in one way.
Why: nothing in it can be used before that is mended.
Cure: mend the line named; text with `: ` or `#` in it, or that begins with one of `[{*&!`, needs quotes.""",
    "file-empty": """\
What: the file holds nothing.
Why: an empty file is more often lost work than meant.
Cure: write its fields, or remove it.""",
    "file-unreadable": """\
What: the file is missing, too large, or no UTF-8 text.
Why: it cannot be read at all.
Cure: save it as UTF-8, or split it.""",
    "duplicate-key": """\
What: one mapping holds the same key twice.
Why: YAML readers silently keep one of the two, and nobody knows which was meant.
Cure: keep one.""",
    "missing-field": """\
What: a field that must be there is not.
Why: the program guesses nothing.
Cure: write it.""",
    "unknown-field": """\
What: a field has a name that means nothing here.
Why: a slip such as `explantion:` would lose what was written under it.
Cure: mend the name; the finding shows the nearest one that exists.""",
    "unknown-value": """\
What: a value is not one of the few that are known.
Why: the program guesses nothing.
Cure: write one of those that the finding lists.""",
    "not-a-boolean": """\
What: `no`, `yes`, `on` or `off` stands where true or false is wanted.
Why: some YAML readers take these words for booleans and some for text; here they are text.
Cure: write `answer: false` for `answer: no`.""",
    "wrong-kind": """\
What: a value is of another kind than its field wants: text for a list, a fraction for a whole number.
Why: the program guesses nothing.
Cure: write what the finding asks for.""",
}
"""The pages of the rules of this module and of `grader.yaml_tree`, for `grade explain`."""
