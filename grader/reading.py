"""Reads a YAML file strictly into a type, with a finding for each thing that does not fit."""

import difflib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Generic, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from grader.errors import Finding
from grader.model.answer import spoken
from grader.yaml_tree import Trail, Tree, read_tree

T = TypeVar("T")

_MEMBER = re.compile(r"[A-Z]|literal\[|tuple\[|(?:bool|int|str|fraction)$")
"""How pydantic names the members of an untagged union."""

SPOKEN = {"yes": "true", "on": "true", "no": "false", "off": "false"}
NOUNS = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_parsing_size": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a number",
    "fraction_parsing": "a number or a fraction such as 5/2",
    "fraction_type": "a number or a fraction such as 5/2",
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
    return Document(value, tuple(sorted((*tree.findings, *findings))), tree)


def fit(tree: Tree, trail: Trail, into: Any) -> tuple[Any, list[Finding]]:
    """The value at a place of the tree as `into`; None, with what does not fit, where it is not one."""
    data, as_typed = tree.at(trail), False
    if into is str and isinstance(data, str):
        return data, []  # which most parts are, and pydantic would say the same
    while True:
        try:
            # JSON mode is strict about kinds and lets a list be a tuple.
            return _adapter(into).validate_json(json.dumps(data), strict=True), []
        except ValidationError as error:
            faults = _meant(error.errors(include_url=False), data, into)
        wanted_text = [_trail(fault, data) for fault in faults if fault["type"] == "string_type"]
        numbers = [place for place in wanted_text if _is_number(_at(data, place))]
        if as_typed or not numbers:
            told = _told_once(faults, data, into)
            return None, [_finding(fault, data, trail, tree, into) for fault in told]
        # Where text is wanted a number keeps the digits that were typed.
        as_typed = True
        for place in numbers:
            data = _with_text(data, place, tree.typed[(*trail, *place)])


@cache
def _adapter(into: Any) -> TypeAdapter[Any]:
    return TypeAdapter(into)


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


def _unions(fault: ErrorDetails, data: Any) -> Iterator[tuple[Trail, str, Sequence[str | int]]]:
    """Where a fault passes through members of untagged unions: place, name of the member, way to it."""
    trail: list[str | int] = []
    for index, step in enumerate(fault["loc"]):
        inner = _at(data, (step,))
        if inner is not None:
            data = inner
            trail.append(step)
        elif isinstance(step, str) and _MEMBER.match(step):
            yield tuple(trail), step, fault["loc"][: index + 1]


def _meant(faults: list[ErrorDetails], data: Any, into: Any) -> list[ErrorDetails]:
    """The faults without those of union members that the author cannot have meant."""
    members: dict[Trail, dict[str, int]] = {}
    for fault in faults:
        for trail, name, way in _unions(fault, data):
            members.setdefault(trail, {})[name] = _likeness(_at(data, trail), _hint_at(into, way))
    meant = {trail: max(likeness, key=lambda name: likeness[name]) for trail, likeness in members.items()}
    return [fault for fault in faults if all(meant[trail] == name for trail, name, _ in _unions(fault, data))]


def _likeness(value: Any, noun: Any) -> int:
    """How much a value looks like a noun: its fields count, the misspelled ones a little less."""
    if isinstance(value, list):
        return int(get_origin(noun) is tuple)
    if not isinstance(value, dict) or not is_dataclass(noun):
        return -1 if isinstance(value, dict) else int(not is_dataclass(noun))
    known = _names(noun)
    return sum(10 if key in known else 9 * bool(_near(key, known)) for key in value)


def _told_once(faults: list[ErrorDetails], data: Any, into: Any) -> list[ErrorDetails]:
    """The faults without the missing fields that are only misspelled."""
    misspelled = {
        (*_trail(fault, data)[:-1], near)
        for fault in faults
        if fault["type"] == "unexpected_keyword_argument"
        for near in _near(str(fault["loc"][-1]), _names(_hint_at(into, fault["loc"][:-1])))
    }
    return [fault for fault in faults if fault["type"] != "missing" or _trail(fault, data) not in misspelled]


def _finding(fault: ErrorDetails, data: Any, base: Trail, tree: Tree, into: Any) -> Finding:
    place = _trail(fault, data)
    value = _at(data, place)
    whole = (*base, *place)
    name = f"`{whole[-1]}`" if whole and isinstance(whole[-1], str) else "this entry"
    shown = _described(tree.typed.get(whole, "") or value)
    context: Mapping[str, Any] = fault.get("ctx", {})
    match fault["type"]:
        case "missing":
            return tree.finding(whole[:-1], "missing-field", f"{name} is missing", f"write `{place[-1]}:`")
        case "unexpected_keyword_argument":
            cure = _rename(str(place[-1]), _names(_hint_at(into, fault["loc"][:-1])), _at(data, place[:-1]))
            return tree.finding(whole, "unknown-field", f"{name} is not a field here", cure, of_key=True)
        case "bool_type" if isinstance(value, str):
            cure = f"write `{SPOKEN.get(value.lower(), 'true` or `false')}`"
            return tree.finding(whole, "not-a-boolean", f"`{value}` is text, not true or false", cure)
        case "literal_error" if _is_member_of_union(fault):
            fields_of_others = " or ".join(f"`- {name}: …`" for name in _first_fields(into, fault["loc"]))
            cure = f"write {fields_of_others} or {context['expected']}".replace("'", "`")
            return tree.finding(whole, "unknown-value", f"`{shown}` is not known here", cure)
        case "literal_error":
            cure = f"write one of {context['expected']}".replace("'", "`")
            return tree.finding(whole, "unknown-value", f"`{shown}` is not known here", cure)
        case "union_tag_invalid":
            kind = _described(_at(data, (*place, "type")))
            cure = f"write one of {context['expected_tags']}".replace("'", "`")
            return tree.finding((*whole, "type"), "unknown-value", f"`{kind}` is not known here", cure)
        case "union_tag_not_found":
            tags = ", ".join(f"`{_tag(member)}`" for member in _members(_hint_at(into, fault["loc"])))
            cure = f"write `type:` with one of {tags}"
            return tree.finding(whole, "missing-field", "`type` is missing", cure)
    wanted = NOUNS.get(fault["type"], "another kind of value")
    got = "nothing" if value is None else shown if shown in NOUNS.values() else f"`{shown}`"
    cure = _example(wanted, value, shown)
    return tree.finding(whole, "wrong-kind", f"{name} should be {wanted}, got {got}", cure)


def _example(wanted: str, value: Any, shown: str) -> str:
    """What to write for a value of the wrong kind, made from the value where that is possible."""
    if wanted == "text" and isinstance(value, bool):
        return f'put it in quotes: `"{shown}"`'
    if wanted == "a list" and isinstance(value, str | int | float):
        return f"write a list: `[{shown}]`"
    return f"write {wanted}"


def _at(data: Any, trail: Trail) -> Any:
    for step in trail:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _described(value: Any) -> str:
    shown = str(value)
    if len(shown) <= 30:
        return shown
    kinds: dict[type, str] = {dict: "fields with values", list: "a list"}
    return kinds.get(type(value), f"{shown[:30]}…")


# --- the types that a fault passes through -----------------------------------------------------------------


def _hint_at(hint: Any, loc: Sequence[str | int]) -> Any:
    """The type at pydantic's location, which names fields, indices, tags and members of unions."""
    for step in loc:
        hint = _step(hint, step)
    return hint


@cache
def _step(hint: Any, step: str | int) -> Any:
    members = _members(hint)
    for member in members:
        if len(members) > 1 and step in (getattr(member, "__name__", None), _tag(member), str(member)):
            return member
        if is_dataclass(member) and step in _names(member):
            return _hints(member)[str(step)]
        if get_origin(member) in (tuple, list):
            return get_args(member)[0]
        if get_origin(member) is dict:
            return get_args(member)[1]
        if get_origin(member) is Literal and str(step).startswith("literal["):
            return member
    return None


def _members(hint: Any) -> list[Any]:
    """The members of a union, or the type itself."""
    if get_origin(hint) is Annotated:
        return _members(get_args(hint)[0])
    if get_origin(hint) in (Union, UnionType):
        return [inner for member in get_args(hint) for inner in _members(member)]
    return [hint]


def _tag(noun: Any) -> Any:
    """The `type:` by which an author names a noun."""
    hints = _hints(noun) if is_dataclass(noun) else {}
    return next(iter(get_args(hints.get("type"))), None)


def _hints(noun: Any) -> Mapping[str, Any]:
    """The types of a noun's fields, by the names that authors write."""
    if noun not in _HINTS:  # which takes long, and is asked for every fault
        _HINTS[noun] = {
            spoken(name): hint for name, hint in get_type_hints(noun, include_extras=True).items()
        }
    return _HINTS[noun]


_HINTS: dict[Any, Mapping[str, Any]] = {}


def _names(noun: Any) -> list[str]:
    """The fields of a noun; none of anything else."""
    nouns = [member for member in _members(noun) if is_dataclass(member)]
    return [spoken(field.name) for field in fields(nouns[0])] if len(nouns) == 1 else []


def _is_member_of_union(fault: ErrorDetails) -> bool:
    return str(fault["loc"][-1]).startswith("literal[")


def _first_fields(into: Any, loc: Sequence[str | int]) -> list[str]:
    """The field by which each noun of a union is told."""
    return [names[0] for member in _members(_hint_at(into, loc[:-1])) if (names := _names(member))]


def _near(name: str, known: Sequence[str]) -> list[str]:
    return difflib.get_close_matches(name, known, n=1)


def _rename(name: str, known: Sequence[str], value: Any) -> str:
    near = [field for field in _near(name, known) if field not in value]
    if near:
        return f"did you mean `{near[0]}`?"
    listed = ", ".join(f"`{field}`" for field in known)
    return f"take it out; the fields are {listed}" if known else "take it out"


RULES: Mapping[str, str] = {
    "yaml-syntax": """\
What: the file is not YAML that can be read in one way.
Why: nothing in it can be used before that is mended.
Cure: mend the line named; text with `: ` or `#` in it, or that begins with one of `[{*&!`, needs quotes.""",
    "yaml-alias": """\
What: an anchor (`&name`) or an alias (`*name`) stands in the file.
Why: aliases can make a small file enormous, and whoever reads one entry has to look for another.
Cure: write the value out where it is used; text that begins with `&` or `*` goes in quotes.""",
    "yaml-tag": """\
What: a value has a YAML tag such as `!!str`.
Why: tags change what a value is, and some of them stand for code.
Cure: take the tag out; a number that is meant as text goes in quotes, `"5"`.""",
    "file-empty": """\
What: the file holds nothing.
Why: an empty file is more often lost work than meant.
Cure: write its fields, or remove it.""",
    "file-unreadable": """\
What: the file is missing, too large, or no UTF-8 text.
Why: it cannot be read at all.
Cure: save it as UTF-8; split what is too large, and of a paper shorten the longest answers.""",
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
