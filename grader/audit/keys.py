"""Proves the keys of the question bank: by their checks, and by what must hold in every draw."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from pathlib import Path

from grader.audit.content import without_allowed
from grader.audit.known import altered, known
from grader.audit.proofs import asserts_nothing, failure
from grader.errors import Finding
from grader.model.answer import TextAnswer
from grader.model.item import Bank, Item, Parts, ShortAnswer, Table
from grader.quiz.answers import check_answer, full_answer, is_right
from grader.quiz.drawing import Draw, draw, filled
from grader.quiz.expressions import Names
from grader.quiz.parameters import DrawError, Step, combinations, listed, told
from grader.quiz.templates import filled_texts
from grader.quiz.tex import slips
from grader.quiz.traps import traps, typed_questions
from grader.sandbox.client import Sandbox
from grader.testing.wording import count
from grader.yaml_tree import Tree, read_tree

DRAWS = 200
"""So many draws of an item with params are tried, or all where there are fewer."""
SEARCHED = 5_000
"""So many combinations are gone through to see whether there are fewer, and so many seeds to name one."""
RENDERED = 3
"""In so many draws the formulas are rendered, which takes long; they differ in numbers only."""


@dataclass(slots=True)
class Proved:
    """What was found in the bank, and what its keys rest on; `checked` counts the checks that hold."""

    findings: list[Finding] = field(default_factory=list)
    items: int = 0
    parameterised: int = 0
    draws: int = 0
    computable: int = 0
    checked: int = 0
    sourced: int = 0
    unsourced: int = 0

    def __str__(self) -> str:
        statements = count(self.sourced + self.unsourced, "statement")
        without = f", {self.unsourced} of them without one" if self.unsourced else ""
        return (
            f"{count(self.items, 'item')}, {self.parameterised} with parameters"
            f" ({count(self.draws, 'draw')} tried): {self.computable} with a key that can be computed,"
            f" {self.checked} proved by a check; {statements} that only a person can vouch for,"
            f" by the source{without}"
        )


@dataclass(frozen=True, slots=True)
class _Entry:
    """An item with its place in its file."""

    item: Item
    tree: Tree
    index: int

    def finding(self, step: Step, rule: str, what: str) -> Finding:
        told_what = f"`{self.item.id}`: {what}"
        return self.tree.finding(("items", self.index, *step), rule, told_what, CURES[rule])

    def at_line(self, line: int | None, rule: str, what: str) -> Finding:
        """A finding at a line of the check, counted from 1."""
        if line is None or self.item.check is None:
            return self.finding(("check",), rule, what)
        offset = sum(len(text) + 1 for text in self.item.check.split("\n")[: line - 1])
        row, column = self.tree.place_within(("items", self.index, "check"), offset)
        return Finding(self.tree.path, row, column, rule, f"`{self.item.id}`: {what}", CURES[rule])


def audit_keys(folder: Path, bank: Bank) -> Proved:
    """Tries every item of the bank read from `folder`, and counts what its key rests on.

    Raises:
        SandboxError: there are checks, and this machine cannot keep them apart.
    """
    proved = Proved()
    waiting: list[tuple[_Entry, Sequence[Draw]]] = []
    for entry in _entries(folder, bank):
        draws, findings = _tried(entry)
        proved.findings += findings
        _count(proved, entry.item, len(draws))
        if entry.item.check is not None and draws and not findings:
            waiting.append((entry, draws))
    if waiting:
        with Sandbox() as sandbox:
            for entry, tried in waiting:
                failed = list(_unproved(entry, tried, sandbox))
                proved.findings += failed
                proved.checked += not failed
    proved.findings = list(without_allowed(proved.findings))
    return proved


def _entries(folder: Path, bank: Bank) -> Iterator[_Entry]:
    for path in sorted(folder.glob("*.yaml")):
        tree = read_tree(path)
        items = tree.at(("items",))
        for index, data in enumerate(items if isinstance(items, list) else []):
            name = data.get("id") if isinstance(data, dict) else None
            # Of two items with one id the bank has the first.
            place = (path, *tree.place(("items", index, "id")))
            if isinstance(name, str) and name in bank.items and astuple(bank.places[name]) == place:
                yield _Entry(bank.items[name], tree, index)


def _count(proved: Proved, item: Item, draws: int) -> None:
    proved.items += 1
    proved.parameterised += bool(item.params)
    proved.draws += draws
    if is_computable(item):
        proved.computable += 1
    if item.check is None and not is_computable(item):
        proved.sourced += bool(item.source)
        proved.unsourced += not item.source


def is_computable(item: Item) -> bool:
    """Whether a program could find the key: it has parameters, or is a number, a shape or a formula."""
    if item.params:
        return True
    match item:
        case ShortAnswer(answer=answer):
            return not isinstance(answer, TextAnswer)
        case Table(blanks=blanks):
            return any(map(is_computable, blanks.values()))
        case Parts(parts=parts):
            return any(map(is_computable, parts))
    return False


# --- what must hold in every draw --------------------------------------------------------------------------


def _tried(entry: _Entry) -> tuple[list[Draw], list[Finding]]:
    """The draws of an item, and what is wrong in the first that shows it."""
    item, tried, findings = entry.item, [], []
    if is_computable(item) and item.check is None:
        findings.append(entry.finding((), "no-check", "its key can be computed, and nothing proves it"))
    try:
        for place, drawing in enumerate(_sample(item)):
            tried.append(drawing)
            if not findings or findings[-1].rule == "no-check":
                findings += _faults(entry, drawing, rendered=place < RENDERED)
    except DrawError as error:
        findings.append(entry.finding(error.step, "bad-draw", str(error)))
    return tried, findings


def _sample(item: Item) -> Iterator[Draw]:
    """All draws where they are few, else those of the first seeds.

    Raises:
        DrawError: the item cannot be drawn.
    """
    if not item.params:
        yield draw(item, 0)
        return
    few = list(itertools.islice(listed(item), DRAWS + 1)) if combinations(item) <= SEARCHED else []
    if not 0 < len(few) <= DRAWS:
        yield from _distinct(draw(item, seed) for seed in range(DRAWS))
        return
    asked = 0
    for names in few:
        drawing = Draw(names, filled(item, names))
        if next(traps(drawing.item), None) is None:
            asked += 1
            yield drawing
    if not asked:
        draw(item, 0)  # which says why


def _distinct(drawings: Iterator[Draw]) -> Iterator[Draw]:
    seen = set()
    for drawing in drawings:
        values = tuple(drawing.names.items())
        if values not in seen:
            seen.add(values)
            yield drawing


def _faults(entry: _Entry, drawing: Draw, *, rendered: bool) -> Iterator[Finding]:
    for trap in () if entry.item.params else traps(drawing.item):  # else it would not have been drawn
        yield entry.finding(trap.step, trap.rule, f"{trap.what}{_with(entry.item, drawing.names)}")
    for step, question in typed_questions(drawing.item):
        if not is_right(question.answer, full_answer(question)):
            why = check_answer(question, full_answer(question)).feedback.rstrip(".")
            what = f"the answer `{full_answer(question)[:60]}` is not right by itself: {why}"
            place = step if isinstance(drawing.item, Table) else (*step, "answer")
            yield entry.finding(place, "key-not-right", f"{what}{_with(entry.item, drawing.names)}")
    if rendered:
        for step, text in filled_texts(entry.item, drawing.item):
            for slip in slips(text):
                what = f"{slip.what}{_with(entry.item, drawing.names)}"
                yield entry.finding(step, "broken-tex", what)


def _with(item: Item, names: Names) -> str:
    """The draw in words, with a seed that gives it."""
    if not names:
        return ""
    for seed in range(DRAWS):
        try:
            if draw(item, seed).names == names:
                return f", with {told(names)} (seed {seed})"
        except DrawError:
            break
    return f", with {told(names)}"


# --- the checks --------------------------------------------------------------------------------------------


def _unproved(entry: _Entry, draws: Sequence[Draw], sandbox: Sandbox) -> Iterator[Finding]:
    item, check = entry.item, entry.item.check or ""
    if asserts_nothing(check):
        yield entry.finding(("check",), "check-proves-nothing", "its check asserts nothing")
        return
    names = [known(item, drawing) for drawing in draws]
    failed = failure(check, names, altered(names[0]), sandbox)
    if failed is not None and failed.is_idle:
        yield entry.finding(("check",), "check-proves-nothing", f"its check {failed.what}")
    elif failed is not None:
        where = "" if failed.draw is None else _with(item, draws[failed.draw].names)
        yield entry.at_line(failed.line, "check-fails", f"its check {failed.what}{where}")


CURES: Mapping[str, str] = {
    "no-check": "write a `check:` that computes the key in another way",
    "bad-draw": "mend it, or let `where` exclude such draws",
    "near-miss-is-right": "drop it, or narrow the answer",
    "printed-twice": "change one of the two",
    "distractor-is-right": "make it a key, or change its value",
    "key-not-right": "mend the answer, its domain or its tolerance",
    "broken-tex": "mend the formula",
    "check-fails": "find out which of the two is wrong, the key or the check",
    "check-proves-nothing": "assert something of `answer` or `keys` that a wrong key would break",
}

RULES: Mapping[str, str] = {
    "no-check": """\
What: the key of an item can be computed, and no `check` computes it.
Why: a slip in arithmetic would mark right answers as wrong, and nobody would notice.
Cure: write a `check:` in Python that finds the key another way and asserts that it is `answer`.""",
    "bad-draw": """\
What: an item cannot be drawn: no draw fulfils its conditions, or an expression has no value in one.
Why: the paper that draws it could not be printed.
Cure: mend the expression at the place named, or let `where` exclude such draws.""",
    "printed-twice": """\
What: two options, pairs or steps of an item print the same.
Why: whoever picks one of them cannot know which was meant.
Cure: change one of the two.""",
    "distractor-is-right": """\
What: the `value` of a distractor is that of a key.
Why: whoever picks it would lose points for a right answer.
Cure: make it a key, or change its value.""",
    "key-not-right": """\
What: the answer to an item would not be marked right if somebody typed it.
Why: nobody could earn the points.
Cure: mend the answer, its domain or its tolerance.""",
    "check-fails": """\
What: the `check` of an item does not hold for one of its draws, raises an error, or takes too long.
Why: either the key is wrong or its proof is, and students would pay for it.
Cure: find out which of the two, with the draw that the finding tells.""",
    "check-proves-nothing": """\
What: the `check` of an item asserts nothing, or holds for a wrong answer as well.
Why: it looks like a proof and is none.
Cure: compute the key in another way, and assert that it is `answer`, or that `keys` hold it.""",
}
"""The pages of the rules of this module, for `grade explain`."""
