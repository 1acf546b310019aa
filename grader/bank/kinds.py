"""Holds matchings, orderings, tables, parts, exercises and essays to their rules."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from grader.bank.place import ItemPlace, Rule
from grader.errors import Finding
from grader.yaml_tree import Trail

MAX_LETTERS = 26
MAX_CELLS = 200
MAX_PARTS = 12


def _pairs(here: ItemPlace) -> Iterator[Finding]:
    if here.type != "matching" or not isinstance(here.data.get("pairs"), list):
        return
    pairs, extras = here.parts(("pairs",)), here.parts(("extras",))
    if len(pairs) < 2 or len(pairs) + len(extras) > MAX_LETTERS:
        what = f"there are {len(pairs)} pairs and {len(extras)} extras"
        cure = f"write 2 pairs or more, and at most {MAX_LETTERS} rights in all"
        yield here.finding(("pairs",), "pair-count", what, cure)
    lefts: list[Trail] = [("pairs", index, "left") for index in pairs]
    rights: list[Trail] = [("pairs", index, "right") for index in pairs]
    rights += [("extras", index) for index in extras]
    for name, steps in (("left", lefts), ("right", rights)):
        for step in _repeated(here, steps):
            what = f"another {name} says the same, so a right answer could be marked as wrong"
            yield here.finding(step, "duplicate-entry", what, "change or drop one")


def _steps(here: ItemPlace) -> Iterator[Finding]:
    if here.type != "ordering" or not isinstance(here.data.get("steps"), list):
        return
    steps = here.parts(("steps",))
    if not 2 <= len(steps) <= MAX_LETTERS:
        what = f"there {'is 1 step' if len(steps) == 1 else f'are {len(steps)} steps'}"
        yield here.finding(("steps",), "step-count", what, f"write 2 to {MAX_LETTERS}, best 4 to 6")
    for step in _repeated(here, [("steps", index) for index in steps]):
        what = "another step says the same, so a right order could be marked as wrong"
        yield here.finding(step, "duplicate-entry", what, "change or drop one")


def _repeated(here: ItemPlace, steps: Sequence[Trail]) -> Iterator[Trail]:
    """The steps at which stands what stood at another before."""
    seen: set[str] = set()
    for step in steps:
        text = " ".join((here.part(step, str) or "").split())
        if text and text in seen:
            yield step
        seen.add(text)


def _table(here: ItemPlace) -> Iterator[Finding]:
    rows = here.data.get("rows")
    if here.type != "table" or not isinstance(rows, list):
        return
    width = len(here.parts(("columns",)))
    if width == 0 and isinstance(here.data.get("columns"), list):
        yield here.finding(("columns",), "table-width", "the table has no columns", "write their headings")
    for index, row in enumerate(rows):
        if isinstance(row, list) and width and len(row) != width:
            what = f"this row has {len(row)} cells, the table {width} columns"
            yield here.finding(("rows", index), "table-width", what, "write a cell for each column")
    blanks = sum(isinstance(cell, dict) for row in rows if isinstance(row, list) for cell in row)
    if not 1 <= blanks <= MAX_CELLS:
        what = f"the table has {blanks or 'no'} cells to fill in"
        cure = f"write 1 to {MAX_CELLS} answers such as `{{number: 10*5*5 + 10}}` as cells"
        yield here.finding(("rows",), "table-blanks", what, cure)


def _parts(here: ItemPlace) -> Iterator[Finding]:
    if here.type == "parts" and isinstance(here.data.get("parts"), list):
        parts = len(here.parts(("parts",)))
        if not 1 <= parts <= MAX_PARTS:
            what = f"the item has {parts or 'no'} parts"
            yield here.finding(("parts",), "part-count", what, f"write 2 to {MAX_PARTS}")


def _exercise(here: ItemPlace) -> Iterator[Finding]:
    name = here.part(("exercise",), str) if here.type == "code" else None
    if name is None or here.exercises is None:
        return
    known = sorted(folder.parent.name for folder in here.exercises.glob("*/exercise.yaml"))
    if name not in known:
        cure = f"write one of {', '.join(f'`{one}`' for one in known)}" if known else "write the exercise"
        what = f"the course has no exercise `{name}`"
        yield here.finding(("exercise",), "unknown-exercise", what, cure)


def _rubric(here: ItemPlace) -> Iterator[Finding]:
    if here.type != "essay" or not isinstance(here.data.get("rubric"), list):
        return
    criteria = here.parts(("rubric",))
    if not criteria:
        what = "nothing says what a person is to look for"
        yield here.finding(("rubric",), "bad-rubric", what, "write `- {criterion: …, points: 2}`")
    for index in criteria:
        points = here.part(("rubric", index, "points"), Fraction)
        if points is not None and points <= 0:
            what = "a criterion is worth more than 0 points"
            yield here.finding(("rubric", index, "points"), "bad-rubric", what, "write 1 or more")
    for step in _repeated(here, [("rubric", index, "criterion") for index in criteria]):
        what = "another criterion says the same, so its points could be given to either"
        yield here.finding(step, "duplicate-entry", what, "change or drop one")


OF_BOTH: tuple[Rule, ...] = (_pairs, _steps, _table, _parts, _exercise, _rubric)

RULES: Mapping[str, str] = {
    "pair-count": """\
What: a matching has fewer than 2 pairs, or more rights than there are letters.
Why: one pair is no choice, and letters end at Z.
Cure: write 3 to 6 pairs, and one or two extras, so that the last pair is not given away.""",
    "duplicate-entry": """\
What: two lefts, two rights, two steps or two criteria of an item say the same.
Why: either could be meant, and the one that was not would be marked as wrong.
Cure: change or drop one.""",
    "step-count": """\
What: an ordering has fewer than 2 steps, or more than there are letters.
Why: one step has no order, and letters end at Z.
Cure: write 4 to 6 steps, in the right order.""",
    "table-width": """\
What: a row of a table has more or fewer cells than the table has columns.
Why: a cell would stand under another heading than was meant.
Cure: write a cell for each column; an empty text, `""`, for an empty one.""",
    "table-blanks": """\
What: a table has no cell to fill in, or hundreds.
Why: only cells with an answer are marked.
Cure: write the answer as a cell: `{shape: [28, 28, 10]}`.""",
    "part-count": """\
What: an item of type `parts` has no part, or too many to be read.
Why: its points are those of its parts.
Cure: write two or more under `parts:`, each with a `type:` of its own.""",
    "unknown-exercise": """\
What: an item of type `code` names an exercise that the course does not have.
Why: no answer to it could be marked.
Cure: write the name of a folder in `exercises/`.""",
    "bad-rubric": """\
What: an essay's rubric is empty, or a criterion is worth nothing.
Why: a person marks criterion by criterion, and the points of the essay are the sum of theirs.
Cure: write `- {criterion: names the vanishing gradient, points: 2}` for each thing to look for.""",
}
"""The pages of the rules of this module, for `grade explain`."""
