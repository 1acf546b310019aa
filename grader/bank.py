"""Reads `question_bank/` into items, with a finding for each thing that an author has to mend."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from grader.errors import ContentError, Finding
from grader.model.answer import KINDS, Answer, NumberAnswer, ShapeAnswer, TextAnswer, Tolerance, kind_of
from grader.model.item import NONE_OF_THE_ABOVE, Bank, Item, Place, ShortAnswer
from grader.quiz.answers import check_answer, normalized
from grader.quiz.numbers import NotANumberError, read_number
from grader.quiz.tex import slips
from grader.reading import SPOKEN, fit
from grader.yaml_tree import Trail, Tree, read_tree

MAX_OPTIONS = 26  # as many as there are letters
MAX_POINTS = 1000
MAX_MINUTES = 600
MAX_SIZE = 10**12  # what can be typed
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SOURCE = re.compile(r"[0-9]{3}(?:_[0-9]{3})?/\S+|test/\S+")
_ITEM: Any = Annotated[Item, Field(discriminator="type")]
_VALUES: Mapping[str, Any] = {
    kind: tuple[int | str, ...] if kind == "shape" else str for kind in KINDS.values()
}
_OF_OPTIONS = ("key", "distractor", "feedback")

Rule = Callable[["_Place"], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class _Place:
    """An item's place in its file."""

    tree: Tree
    trail: Trail

    def part(self, step: Trail, into: Any) -> Any:
        """A part of the item, whatever is wrong with the rest; None where the part itself does not fit."""
        return fit(self.tree, (*self.trail, *step), into)[0]

    def parts(self, step: Trail) -> range:
        """The indices of a list in the item; none where there is no list."""
        entries = self.tree.at((*self.trail, *step))
        return range(len(entries)) if isinstance(entries, list) else range(0)

    def finding(self, step: Trail, rule: str, what: str, cure: str) -> Finding:
        return self.tree.finding((*self.trail, *step), rule, what, cure)


def read_bank(folder: Path) -> tuple[Bank, list[Finding]]:
    """All items of the folder's YAML files, and everything that their authors have to mend.

    An item with a fault is left out of the bank; its other faults, and those of other items, are still found.
    """
    items: dict[str, Item] = {}
    topics: dict[str, str] = {}
    places: dict[str, Place] = {}
    findings: list[Finding] = []
    findings += [_ignored(path) for path in folder.glob("*.yml")]
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
    return Bank(items, topics, places), sorted(findings)


def _ignored(path: Path) -> Finding:
    what = f"`{path.name}` is not read: a file of the bank ends in `.yaml`"
    return Finding(path, 1, 1, "file-ignored", what, f"rename it to `{path.stem}.yaml`")


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
    topic, faults = fit(tree, ("topic",), str) if "topic" in tree.data else (None, [])
    if "topic" not in tree.data or topic == "":
        faults = [tree.finding(("topic",), "missing-field", "`topic` is missing", "write `topic: name`")]
    findings += faults
    items = tree.data.get("items")
    if not isinstance(items, list):
        what = "`items` should be a list"
        findings.append(tree.finding(("items",), "wrong-kind", what, "write `items:`, then `- id: …`"))
        return str(topic), 0, findings
    return str(topic), len(items), findings


def _item(here: _Place) -> tuple[Item | None, list[Finding]]:
    item, findings = fit(here.tree, here.trail, _ITEM)
    if isinstance(here.tree.at(here.trail), dict):
        findings += [finding for rule in RULES_OF_ITEMS for finding in rule(here)]
    return item, findings


# --- the rules, each of which reads its own part of the item, so that no fault hides another ---------------


def _tex_findings(here: _Place) -> Iterator[Finding]:
    for step, text in _texts(here.tree.at(here.trail), ()):
        if "$" in text and here.tree.has_escape((*here.trail, *step)):
            what = "in double quotes a backslash before a letter is an escape of YAML's, not TeX"
            yield here.finding(step, "broken-tex", what, "use single quotes, or `|` on the line before")
            continue
        for slip in slips(text):
            line, column = here.tree.place_within((*here.trail, *step), slip.offset)
            cure = "mend the formula between the dollars; write `\\$` for a dollar"
            yield Finding(here.tree.path, line, column, "broken-tex", slip.what, cure)


def _texts(value: Any, step: Trail) -> Iterator[tuple[Trail, str]]:
    if isinstance(value, str):
        yield step, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*step, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*step, index))


def _keys(here: _Place) -> Iterator[Finding]:
    name, options = here.tree.at((*here.trail, "id")), here.tree.at((*here.trail, "options"))
    if not isinstance(options, list):
        return
    keys = [index for index, option in enumerate(options) if isinstance(option, dict) and "key" in option]
    none = [index for index, option in enumerate(options) if option == NONE_OF_THE_ABOVE]
    wrong = sum(isinstance(option, dict) and "distractor" in option for option in options)
    if here.tree.at((*here.trail, "type")) == "single_choice" and len(keys) > 1:
        what = f"`{name}` has {len(keys)} keys, but a single choice needs one"
        cure = "make the type `multiple_choice`, or all keys but one distractors"
        yield here.finding(("options", keys[1]), "too-many-keys", what, cure)
    if options and not keys and wrong == len(options):
        what = f"`{name}` has no key"
        yield here.finding(("options",), "no-key", what, "mark the right option with `key:`")
    if none and none != [len(options) - 1]:
        what = "`none_of_the_above` stands once, and last"
        yield here.finding(("options", none[0]), "none-not-last", what, "move it to the end, or drop it")
    if not 2 <= len(options) <= MAX_OPTIONS:
        what = f"`{name}` has {len(options)} option{'s' if len(options) != 1 else ''}"
        yield here.finding(("options",), "option-count", what, f"give it 2 to {MAX_OPTIONS}, best 3 or 4")


def _stated(here: _Place) -> Iterator[Finding]:
    item = here.tree.at(here.trail)
    for field in ("id", "difficulty"):
        if field not in item:
            yield here.finding((), "missing-field", f"`{field}` is missing", f"write `{field}:`")
    answer = item.get("answer")
    if item.get("type") == "true_false" and isinstance(answer, str) and "{{" not in answer:
        cure = f"write `{SPOKEN.get(answer.lower(), 'true` or `false')}`"
        yield here.finding(("answer",), "not-a-boolean", f"`{answer}` is text, not true or false", cure)


def _names(here: _Place) -> Iterator[Finding]:
    name = here.part(("id",), str)
    if name is not None and not _ID.fullmatch(name):
        what = f"`{name}` is no id"
        yield here.finding(("id",), "bad-id", what, "use lower-case letters, digits and single hyphens")
    for index in here.parts(("source",)):
        source = here.part(("source", index), str)
        if source is not None and not _SOURCE.fullmatch(source):
            what = f"`{source}` names no entry of the curriculum"
            yield here.finding(("source", index), "bad-source", what, "write it like `002_004/S4-503`")


def _empty_texts(here: _Place) -> Iterator[Finding]:
    options = [("options", index, name) for index in here.parts(("options",)) for name in _OF_OPTIONS]
    misses = [("near_misses", index, "feedback") for index in here.parts(("near_misses",))]
    for step in (("stem",), ("explanation",), *options, *misses):
        text = here.part(step, str)
        if text is not None and not text.strip():
            yield here.finding(step, "empty-text", f"`{step[-1]}` is empty", "write a sentence, or words")


def _points(here: _Place) -> Iterator[Finding]:
    for field, most in (("points", MAX_POINTS), ("minutes", MAX_MINUTES)):
        value = here.part((field,), Fraction | None)
        if value is not None and not 0 < value <= most:
            what = f"{field} must be more than 0 and at most {most}"
            yield here.finding((field,), "bad-points", what, "write 1 or more")


def _options(here: _Place) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for index in here.parts(("options",)):
        texts = [here.part(("options", index, name), str) for name in ("key", "distractor")]
        text = " ".join((texts[0] or texts[1] or "").split())
        # In a formula n and N are two things.
        text = text if "$" in text or "`" in text else text.casefold()
        if text and text in seen:
            what = f"this option says the same as option {seen[text] + 1}"
            yield here.finding(("options", index), "duplicate-option", what, "change or drop one")
        seen.setdefault(text, index)


def _answers(here: _Place) -> Iterator[Finding]:
    answer = here.part(("answer",), Answer)
    if isinstance(answer, NumberAnswer):
        yield from _number(here, ("answer", "number"), answer.number)
        yield from _tolerance(here)
    if isinstance(answer, ShapeAnswer):
        yield from _sizes(here, ("answer", "shape"), answer.shape)
    if isinstance(answer, TextAnswer):
        yield from _wordings(here, answer)


def _number(here: _Place, step: Trail, number: str) -> Iterator[Finding]:
    try:
        read_number(number)
    except NotANumberError as error:
        cure = "write a number or arithmetic such as `10*5*5 + 10`"
        yield here.finding(step, "bad-answer", f"`{number}` is no number: {error}", cure)


def _sizes(here: _Place, step: Trail, shape: tuple[int | str, ...]) -> Iterator[Finding]:
    if not shape or not all(_is_size(size) for size in shape):
        what = "a shape is one or more sizes of 0 or more"
        yield here.finding(step, "bad-answer", what, "write sizes like `[32, 32, 10]`")


def _is_size(size: int | str) -> bool:
    return "{{" in size if isinstance(size, str) else 0 <= size < MAX_SIZE


def _wordings(here: _Place, answer: TextAnswer) -> Iterator[Finding]:
    steps: list[Trail] = [("answer", "text"), *(("answer", "accept", i) for i in range(len(answer.accept)))]
    for step, text in zip(steps, (answer.text, *answer.accept), strict=True):
        if not normalized(text):
            what = "nothing is left of the answer without spaces and punctuation"
            yield here.finding(step, "empty-text", what, "write a word")


def _tolerance(here: _Place) -> Iterator[Finding]:
    tolerance = here.part(("answer", "tolerance"), Tolerance)
    if tolerance is None:
        return
    bounds = (tolerance.absolute, tolerance.relative, tolerance.figures)
    given = [bound for bound in bounds if bound is not None]
    if len(given) != 1 or given[0] <= 0:
        what = "a tolerance is one of `absolute`, `relative` and `figures`, more than 0"
        cure = "write one, such as `tolerance: {relative: 0.01}`"
        yield here.finding(("answer", "tolerance"), "bad-tolerance", what, cure)


def _near_misses(here: _Place) -> Iterator[Finding]:
    answer = here.part(("answer",), Answer)
    if answer is None:
        return
    kind, is_usable = kind_of(answer), not list(_answers(here))
    for index in here.parts(("near_misses",)):
        step = ("near_misses", index)
        data = here.tree.at((*here.trail, *step))
        given = [name for name in _VALUES if isinstance(data, dict) and data.get(name) is not None]
        if given != [kind]:
            what = f"a near miss of this item is a `{kind}`"
            yield here.finding(step, "near-miss-kind", what, f"write `{kind}:` and `feedback:`")
            continue
        value = here.part((*step, kind), _VALUES[kind])
        faults = list(_number(here, (*step, kind), value)) if kind == "number" and value is not None else []
        yield from faults
        if value is not None and not faults and is_usable and _is_right(answer, kind, value):
            what = "this near miss would be marked as right"
            yield here.finding(step, "near-miss-is-right", what, "drop it, or narrow the answer")


def _is_right(answer: Answer, kind: str, value: Any) -> bool:
    """Whether a near miss would be marked as right, which its author cannot have meant."""
    item = ShortAnswer(id="", stem="", explanation="", difficulty=1, type="short_answer", answer=answer)
    typed = "x".join(map(str, value)) if kind == "shape" else value
    return check_answer(item, typed).correct is True


def _duplicate_id(here: _Place, name: str, first: Place) -> Finding:
    what = f"`{name}` is already the id of the item at {first.path.name}:{first.line}"
    return here.finding(("id",), "duplicate-id", what, "give one of them another id")


RULES_OF_ITEMS: tuple[Rule, ...] = (
    _stated,
    _names,
    _tex_findings,
    _empty_texts,
    _points,
    _keys,
    _options,
    _answers,
    _near_misses,
)

RULES: Mapping[str, str] = {
    "file-ignored": """\
What: a file of the question bank ends in `.yml`.
Why: only files that end in `.yaml` are read, so its items would be missing without a word.
Cure: rename it.""",
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
