"""Reads `question_bank/` into items, with a finding for each thing that an author has to mend."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from grader.errors import ContentError, Finding
from grader.model.item import (
    NONE_OF_THE_ABOVE,
    Bank,
    Item,
    Key,
    MultipleChoice,
    NumberAnswer,
    Place,
    ShapeAnswer,
    ShortAnswer,
    SingleChoice,
    TextAnswer,
)
from grader.quiz.answers import is_right
from grader.quiz.numbers import NotANumberError, read_number
from grader.quiz.tex import slips
from grader.reading import fit
from grader.yaml_tree import Trail, Tree, read_tree

MAX_OPTIONS = 26
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SOURCE = re.compile(r"[0-9]{3}(?:_[0-9]{3})?/\S+|test/\S+")
_KINDS = {NumberAnswer: "number", ShapeAnswer: "shape", TextAnswer: "text"}

Rule = Callable[["_Place", Any], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class _Place:
    """An item's place in its file."""

    tree: Tree
    trail: Trail

    def finding(self, step: tuple[str | int, ...], rule: str, what: str, cure: str) -> Finding:
        return self.tree.finding((*self.trail, *step), rule, what, cure)


def read_bank(folder: Path) -> tuple[Bank, list[Finding]]:
    """All items of the folder's YAML files, and everything that their authors have to mend.

    An item with a fault is left out of the bank; its other faults, and those of other items, are still found.
    """
    items: dict[str, Item] = {}
    topics: dict[str, str] = {}
    places: dict[str, Place] = {}
    findings: list[Finding] = []
    for path in sorted(folder.glob("*.yaml")):
        tree = read_tree(path)
        findings += tree.findings
        topic, entries, faults = _header(tree)
        findings += faults
        for index in range(entries):
            here = _Place(tree, ("items", index))
            item, faults = _item(here)
            name = tree.at((*here.trail, "id"))
            if isinstance(name, str) and name in places:
                faults.append(_duplicate_id(here, name, places[name]))
            findings += faults
            if isinstance(name, str):
                places.setdefault(name, Place(path, *tree.place((*here.trail, "id"))))
            if item is not None and not faults:
                items[item.id], topics[item.id] = item, topic
    return Bank(items, topics, places), findings


def load_bank(folder: Path) -> Bank:
    """The bank, when it can be used as it stands.

    Raises:
        ContentError: its authors have something to mend.
    """
    bank, findings = read_bank(folder)
    if findings:
        raise ContentError(findings)
    return bank


def _header(tree: Tree) -> tuple[str, int, list[Finding]]:
    """The topic and the number of items of a file, with what is wrong about its top level."""
    if tree.data is None:
        return "", 0, []
    if not isinstance(tree.data, dict):
        what = "the file should hold `topic:` and `items:`"
        return "", 0, [tree.finding((), "wrong-kind", what, "begin with `topic: name`, then `items:`")]
    findings = [
        tree.finding((key,), "unknown-field", f"`{key}` is not a field here", "take it out", of_key=True)
        for key in tree.data
        if key not in ("topic", "items")
    ]
    topic, items = tree.data.get("topic"), tree.data.get("items")
    if not isinstance(topic, str) or not topic.strip():
        findings.append(
            tree.finding(("topic",), "missing-field", "`topic` is missing", "write `topic: name`")
        )
    if not isinstance(items, list):
        what = "`items` should be a list"
        findings.append(tree.finding(("items",), "wrong-kind", what, "write `items:`, then `- id: …`"))
        return str(topic), 0, findings
    return str(topic), len(items), findings


def _item(here: _Place) -> tuple[Item | None, list[Finding]]:
    kind: Any = Annotated[Item, Field(discriminator="type")]
    item, findings = fit(here.tree, here.trail, kind)
    findings += _tex_findings(here)
    findings += _option_findings(here)
    if item is not None:
        findings += [finding for rule in RULES_OF_ITEMS for finding in rule(here, item)]
    return item, findings


# --- what can be said even of an item with other faults ----------------------------------------------------


def _tex_findings(here: _Place) -> Iterator[Finding]:
    for step, text in _texts(here.tree.at(here.trail), ()):
        for slip in slips(text):
            line, column = _position(here, step, text, slip.offset)
            cure = "mend the formula between the dollars; write `\\$` for a dollar"
            yield Finding(here.tree.path, line, column, "broken-tex", slip.what, cure)


def _texts(value: Any, step: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield step, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*step, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*step, index))


def _position(here: _Place, step: tuple[str | int, ...], text: str, offset: int) -> tuple[int, int]:
    """Where a character of a scalar stands in the file: found again by the words around it."""
    line, column = here.tree.place((*here.trail, *step))
    dollar = max(text.rfind("$", 0, offset + 1), 0)
    words = re.split(r"\s", text[dollar : dollar + 40])[0]
    for number, source in enumerate(here.tree.lines()[line - 1 :], start=line):
        at = source.find(words, column - 1 if number == line else 0)
        if at >= 0:
            return number, at + 1 + (offset - dollar if len(words) > offset - dollar else 0)
    return line, column


def _option_findings(here: _Place) -> Iterator[Finding]:
    """How many keys there are, told from the text alone, so that no other fault hides it."""
    data = here.tree.at(here.trail)
    options = data.get("options") if isinstance(data, dict) else None
    if not isinstance(options, list):
        return
    keys = [index for index, option in enumerate(options) if isinstance(option, dict) and "key" in option]
    none = [index for index, option in enumerate(options) if option == NONE_OF_THE_ABOVE]
    name = data.get("id", "this item")
    if data.get("type") == "single_choice" and len(keys) > 1:
        what = f"`{name}` has {len(keys)} keys, but a single choice needs one"
        yield here.finding(("options", keys[1]), "too-many-keys", what, "make the type `multiple_choice`")
    if not keys and not none:
        what = f"`{name}` has no key"
        yield here.finding(("options",), "no-key", what, "mark the right option with `key:`")
    if none and none != [len(options) - 1]:
        what = "`none_of_the_above` stands once, and last"
        yield here.finding(("options", none[0]), "none-not-last", what, "move it to the end")
    if not 2 <= len(options) <= MAX_OPTIONS:
        what = f"`{name}` has {len(options)} options"
        yield here.finding(("options",), "option-count", what, f"give it 2 to {MAX_OPTIONS}, best 3 or 4")


# --- what can be said of an item that fits its type --------------------------------------------------------


def _names(here: _Place, item: Item) -> Iterator[Finding]:
    if not _ID.fullmatch(item.id):
        what = f"`{item.id}` is no id"
        yield here.finding(("id",), "bad-id", what, "use lower-case letters, digits and single hyphens")
    for index, source in enumerate(item.source):
        if not _SOURCE.fullmatch(source):
            what = f"`{source}` names no entry of the curriculum"
            yield here.finding(("source", index), "bad-source", what, "write it like `002_004/S4-503`")


def _empty_texts(here: _Place, item: Item) -> Iterator[Finding]:
    for field in ("stem", "explanation"):
        if not getattr(item, field).strip():
            yield here.finding((field,), "empty-text", f"`{field}` is empty", "write a sentence")


def _points(here: _Place, item: Item) -> Iterator[Finding]:
    if item.points is not None and item.points <= 0:
        yield here.finding(("points",), "bad-points", "points must be more than 0", "write 1 or more")
    if item.minutes is not None and item.minutes <= 0:
        yield here.finding(("minutes",), "bad-points", "minutes must be more than 0", "write 1 or more")


def _options(here: _Place, item: Item) -> Iterator[Finding]:
    if not isinstance(item, SingleChoice | MultipleChoice):
        return
    seen: dict[str, int] = {}
    for index, option in enumerate(item.options):
        text = option if isinstance(option, str) else " ".join(option.text.split()).casefold()
        field = "key" if isinstance(option, Key) else "distractor"
        if not text:
            yield here.finding(("options", index, field), "empty-text", "an option is empty", "write it")
        elif text in seen:
            what = f"this option says the same as option {seen[text] + 1}"
            yield here.finding(("options", index), "duplicate-option", what, "change or drop one")
        seen.setdefault(text, index)


def _answers(here: _Place, item: Item) -> Iterator[Finding]:
    if not isinstance(item, ShortAnswer):
        return
    if isinstance(item.answer, NumberAnswer):
        yield from _numbers(here, item.answer)
    if isinstance(item.answer, ShapeAnswer) and any(size < 0 for size in item.answer.shape):
        yield here.finding(
            ("answer", "shape"), "bad-answer", "a size is negative", "write sizes of 0 or more"
        )
    if isinstance(item.answer, TextAnswer) and not item.answer.text.strip():
        yield here.finding(("answer", "text"), "empty-text", "the answer is empty", "write it")


def _numbers(here: _Place, answer: NumberAnswer) -> Iterator[Finding]:
    try:
        read_number(answer.number)
    except NotANumberError as error:
        cure = "write a number or arithmetic such as `10*5*5 + 10`"
        yield here.finding(
            ("answer", "number"), "bad-answer", f"`{answer.number}` is no number: {error}", cure
        )
    tolerance = answer.tolerance
    if tolerance is None:
        return
    given = [tolerance.absolute, tolerance.relative, tolerance.figures]
    if sum(bound is not None for bound in given) != 1 or any(
        bound is not None and bound <= 0 for bound in given
    ):
        what = "a tolerance is one of `absolute`, `relative` and `figures`, more than 0"
        yield here.finding(
            ("answer", "tolerance"), "bad-tolerance", what, "write `tolerance: {relative: 0.01}`"
        )


def _near_misses(here: _Place, item: Item) -> Iterator[Finding]:
    if not isinstance(item, ShortAnswer) or list(_answers(here, item)):
        return
    kind = _KINDS[type(item.answer)]
    for index, miss in enumerate(item.near_misses):
        given = [name for name in ("number", "shape", "text") if getattr(miss, name) is not None]
        step = ("near_misses", index)
        if given != [kind]:
            what = f"a near miss of this item is a `{kind}`"
            yield here.finding(step, "near-miss-kind", what, f"write `{kind}:` and `feedback:`")
        elif kind == "number" and not _is_number(miss.number or ""):
            what = f"`{miss.number}` is no number"
            yield here.finding(step, "bad-answer", what, "write a number or arithmetic")
        elif is_right(item, miss):
            what = "this near miss would be marked as right"
            yield here.finding(step, "near-miss-is-right", what, "drop it, or narrow the answer")


def _is_number(text: str) -> bool:
    try:
        read_number(text)
    except NotANumberError:
        return False
    return True


def _duplicate_id(here: _Place, name: str, first: Place) -> Finding:
    what = f"`{name}` is already the id of the item at {first.path.name}:{first.line}"
    return here.finding(("id",), "duplicate-id", what, "give one of them another id")


RULES_OF_ITEMS: tuple[Rule, ...] = (_names, _empty_texts, _points, _options, _answers, _near_misses)

RULES: Mapping[str, str] = {
    "too-many-keys": """\
What: a single choice has more than one `key:`.
Why: whoever picks the other right option would be marked wrong.
Cure: make the type `multiple_choice`, or turn all keys but one into distractors.""",
    "no-key": """\
What: no option is marked as right.
Why: no answer could earn the points.
Cure: write `key:` for the right option, or end the list with `- none_of_the_above`.""",
    "none-not-last": """\
What: `none_of_the_above` stands before another option, or twice.
Why: "above" would not mean all the others.
Cure: move it to the end; there it stays when options are shuffled.""",
    "option-count": """\
What: an item has fewer than 2 or more than 26 options.
Why: one option is no choice, and letters end at Z.
Cure: give it 3 or 4 that somebody could believe.""",
    "broken-tex": """\
What: a formula between dollars cannot be rendered, or a dollar sign has no partner.
Why: a reader would see raw TeX, or a formula that says something else.
Cure: mend the formula at the place named; write `\\$` for a dollar.""",
    "bad-id": """\
What: an id is not made of lower-case words joined by hyphens.
Why: ids stand in responses files and reports, and must be easy to type.
Cure: write it like `conv-output-shape`.""",
    "duplicate-id": """\
What: two items of the bank have the same id.
Why: a response could belong to either.
Cure: rename one.""",
    "bad-source": """\
What: a source does not name an entry of the curriculum.
Why: coverage is counted by these names, and no paper asks one entry twice.
Cure: write document and entry: `002_004/S4-503`.""",
    "empty-text": """\
What: a stem, an explanation, an option or an answer is empty.
Why: somebody will read nothing where they need a sentence.
Cure: write it.""",
    "bad-points": """\
What: points or minutes are not more than 0.
Why: the paper's totals count on them.
Cure: write a positive number.""",
    "duplicate-option": """\
What: two options of an item say the same.
Why: ticking one and not the other cannot be right.
Cure: change or drop one.""",
    "bad-answer": """\
What: an answer or near miss cannot be read as what it is.
Why: nothing a student types could be held against it.
Cure: write a number, arithmetic such as `10*5*5 + 10`, or sizes of 0 or more.""",
    "bad-tolerance": """\
What: a tolerance gives none or several of `absolute`, `relative` and `figures`, or one that is not positive.
Why: the rule of comparison must be one.
Cure: write one: `tolerance: {relative: 0.01}`.""",
    "near-miss-kind": """\
What: a near miss is of another kind than the answer.
Why: it could never be met.
Cure: write `number:` beside a number, `shape:` beside a shape, `text:` beside a text.""",
    "near-miss-is-right": """\
What: a near miss would be marked as right.
Why: its feedback would never be shown, or the answer is wider than meant.
Cure: drop it, or narrow the tolerance or the accepted texts.""",
}
"""The pages of the rules of this module, for `grade explain`."""
