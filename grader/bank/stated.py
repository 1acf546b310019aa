"""Holds what every item states to its rules: id, texts, points, sources, scheme."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from grader.bank.place import TEMPLATE, ItemPlace, Rule, texts
from grader.errors import Finding
from grader.quiz.schemes import FITS
from grader.quiz.tex import slips
from grader.reading import SPOKEN
from grader.yaml_tree import Trail

MAX_POINTS = 1000
MAX_MINUTES = 600
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SOURCE = re.compile(r"[0-9]{3}(?:_[0-9]{3})?/\S+|test/\S+")
_OF_THE_ITEM = ("id", "difficulty", "source", "minutes", "params", "let", "where", "check", "enemies")
"""What a part of an item has from the item."""
_ENTRIES = {
    "options": ("key", "distractor", "feedback"),
    "near_misses": ("feedback",),
    "pairs": ("left", "right"),
    "rubric": ("criterion",),
}
"""The lists of an item whose entries have texts of these names."""
_LISTS = ("extras", "steps", "columns")
"""The lists of an item that are of texts."""


def _stated(here: ItemPlace) -> Iterator[Finding]:
    for field in ("id", "difficulty"):
        if field not in here.data:
            yield here.finding((), "missing-field", f"`{field}` is missing", f"write `{field}:`")


def _names(here: ItemPlace) -> Iterator[Finding]:
    name = here.part(("id",), str)
    if name is not None and not _ID.fullmatch(name):
        what = f"`{name}` is no id"
        yield here.finding(("id",), "bad-id", what, "use lower-case letters, digits and single hyphens")
    for index in here.parts(("source",)):
        source = here.part(("source", index), str)
        if source is not None and not _SOURCE.fullmatch(source):
            what = f"`{source}` names no entry of the curriculum"
            yield here.finding(("source", index), "bad-source", what, "write it like `002_004/S4-503`")


def _tex(here: ItemPlace) -> Iterator[Finding]:
    for step, text in texts(here.data):
        if "$" in text and here.tree.has_escape((*here.trail, *step)):
            what = "in double quotes a backslash before a letter is an escape of YAML's, not TeX"
            yield here.finding(step, "broken-tex", what, "use single quotes, or `|` on the line before")
            continue
        # What an expression will print is not known; a number of its length keeps every place.
        printed = TEMPLATE.sub(lambda template: "1" * len(template[0]), text)
        for slip in slips(printed):
            line, column = here.tree.place_within((*here.trail, *step), slip.offset)
            cure = "mend the formula between the dollars; write `\\$` for a dollar"
            yield Finding(here.tree.path, line, column, "broken-tex", slip.what, cure)


def _of_the_item(here: ItemPlace) -> Iterator[Finding]:
    for field in _OF_THE_ITEM:
        if field in here.data:
            what = f"a part has the `{field}` of its item"
            yield here.tree.finding(
                (*here.trail, field), "part-field", what, "write it beside `parts:`", of_key=True
            )


def _empty_texts(here: ItemPlace) -> Iterator[Finding]:
    steps: list[Trail] = [("stem",), ("explanation",)]
    for name, fields in _ENTRIES.items():
        steps += [(name, index, field) for index in here.parts((name,)) for field in fields]
    steps += [(name, index) for name in _LISTS for index in here.parts((name,))]
    if here.type == "essay":
        steps.append(("answer",))
    for step in steps:
        text = here.part(step, str)
        if text is not None and not text.strip():
            field = step[-1] if isinstance(step[-1], str) else step[0]
            yield here.finding(step, "empty-text", f"`{field}` is empty", "write a sentence, or words")


def _points(here: ItemPlace) -> Iterator[Finding]:
    for field, most in (("points", MAX_POINTS), ("minutes", MAX_MINUTES)):
        value = here.part((field,), Fraction | None)
        if value is not None and not 0 < value <= most:
            what = f"{field} must be more than 0 and at most {most}"
            yield here.finding((field,), "bad-points", what, "write 1 or more")


def _scheme(here: ItemPlace) -> Iterator[Finding]:
    scheme, fitting = here.part(("scheme",), str), FITS.get(str(here.type), frozenset())
    if scheme is not None and fitting and scheme not in fitting:
        cure = f"write one of {', '.join(f'`{name}`' for name in sorted(fitting))}"
        what = f"`{scheme}` is no scheme of a {str(here.type).replace('_', ' ')}"
        yield here.finding(("scheme",), "unknown-scheme", what, cure)


def _statement(here: ItemPlace) -> Iterator[Finding]:
    answer = here.part(("answer",), bool | str) if here.type == "true_false" else None
    if isinstance(answer, str) and not TEMPLATE.search(answer):
        cure = f"write `{SPOKEN.get(answer.lower(), 'true` or `false')}`"
        yield here.finding(("answer",), "not-a-boolean", f"`{answer}` is text, not true or false", cure)


OF_ITEMS: tuple[Rule, ...] = (_stated, _names, _tex)
OF_PARTS: tuple[Rule, ...] = (_of_the_item,)
OF_BOTH: tuple[Rule, ...] = (_empty_texts, _points, _scheme, _statement)

RULES: Mapping[str, str] = {
    "broken-tex": """\
What: a formula between dollars cannot be rendered in every format, or a dollar sign has no partner.
Why: a reader would see raw TeX, or a formula that says something else, in HTML, PDF or LaTeX.
Cure: mend the formula at the place named; write `\\$` for a dollar.""",
    "bad-id": """\
What: an id is not made of lower-case words joined by hyphens.
Why: ids stand in responses files and reports, and must be easy to type.
Cure: write it like `conv-output-shape`.""",
    "bad-source": """\
What: a source does not name an entry of the curriculum.
Why: coverage is counted by these names, and no paper asks one entry twice.
Cure: write document and entry: `002_004/S4-503`.""",
    "empty-text": """\
What: a stem, an explanation, an option or another text is empty.
Why: somebody will read nothing where they need a sentence.
Cure: write it.""",
    "bad-points": """\
What: points or minutes are not more than 0.
Why: the paper's totals count on them.
Cure: write a positive number.""",
    "unknown-scheme": """\
What: `scheme:` names no scoring scheme, or one that means nothing for the type of the item.
Why: the points of the item could not be counted.
Cure: write one that the finding lists; `grade explain NAME` shows its formula.""",
    "part-field": """\
What: a part of an item states an id, a difficulty, a source, params or a check of its own.
Why: a part is asked under the stem of its item, is drawn with it and proved with it.
Cure: move the field to the item, beside `parts:`.""",
}
"""The pages of the rules of this module, for `grade explain`."""
