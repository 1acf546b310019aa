"""Draws a form from a bank: the same blueprint, bank and seed give the same form on every machine."""

import hashlib
import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from grader.errors import UsageError
from grader.exam.blueprint import Blueprint, Plan
from grader.exam.questions import asked, draw, rule_of
from grader.exam.solution import right_answer
from grader.model.form import Form, Question, Section
from grader.model.item import (
    NONE_OF_THE_ABOVE,
    Bank,
    Essay,
    Item,
    Key,
    Matching,
    MultipleChoice,
    Option,
    Ordering,
    Parts,
    SingleChoice,
    Table,
    TrueFalse,
)
from grader.model.score import show_points

TRIES = 200
"""Orders in which a section is tried before it is said to be impossible."""
MAX_STEPS = 2_000
"""Choices that the search for an exact total may try in one order."""


class _Used:
    """What a form asks already: items, entries of the curriculum, an item whose key is all its options.

    Ticking everything is the cheapest guess, so at most one item of a paper rewards it.
    """

    def __init__(self) -> None:
        self.items: set[str] = set()
        self.sources: set[str] = set()
        self.full_key = False

    def allows(self, item: Item) -> bool:
        if item.id in self.items or not self.sources.isdisjoint(item.source):
            return False
        return not (self.full_key and _is_full_key(item))

    def add(self, items: Iterable[Item]) -> None:
        for item in items:
            self.items.add(item.id)
            self.sources.update(item.source)
            self.full_key |= _is_full_key(item)


def assemble(blueprint: Blueprint, bank: Bank, seed: int) -> Form:
    """The form that a seed draws.

    Raises:
        UsageError: the bank cannot fill a section; the text names it and the shortage.
    """
    used = _Used()
    drawn: dict[int, list[Item]] = {}
    # Exact totals first: they are the hardest to meet with what others have left.
    for index in sorted(range(len(blueprint.sections)), key=lambda i: blueprint.sections[i].total is None):
        plan = blueprint.sections[index]
        rng = random.Random(f"{blueprint.name}:{seed}:{index}")  # noqa: S311 (a draw, not a secret)
        drawn[index] = _drawn(plan, bank, used, rng)
        used.add(drawn[index])
    sections, number = [], 1
    for index, plan in enumerate(blueprint.sections):
        rng = random.Random(f"{blueprint.name}:{seed}:{index}:options")  # noqa: S311 (a draw, not a secret)
        items = drawn[index]
        questions = tuple(
            asked(draw(item, seed), number + i, points=plan.points, scheme=plan.scheme, rng=rng)
            for i, item in enumerate(items)
        )
        number += len(items)
        sections.append(Section(plan.title, _rule(questions), questions))
    digest = _digest(sections)
    return Form(
        f"{blueprint.name}-{seed}-{digest}", blueprint.title, seed, blueprint.minutes, tuple(sections)
    )


def _drawn(plan: Plan, bank: Bank, used: _Used, rng: random.Random) -> list[Item]:
    fitting = [
        item
        for item in bank.items.values()
        if item.type == plan.type and (not plan.topics or bank.topics[item.id] in plan.topics)
    ]
    fitting.sort(key=lambda item: item.id)  # the order of files must not matter
    free = [item for item in fitting if used.allows(item)]
    best: list[Item] = []
    # A total that even all entries of the curriculum together cannot meet needs no search.
    hopeless = plan.total is not None and plan.total not in _sums(free, plan.total)[0]
    for _ in range(0 if hopeless else TRIES):
        order = _by_turns(_shuffled(free, rng), bank)
        items = _exact(order, plan.total) if plan.total else _count(order, plan)
        if _is_enough(items, plan):
            return _shuffled(items, rng)
        best = max(best, items, key=len)
    raise UsageError(_shortage(plan, best, fitting, free))


def _shuffled(items: Sequence[Item], rng: random.Random) -> list[Item]:
    # `random.random` is the one method whose values Python promises to keep.
    return [item for _, _, item in sorted((rng.random(), i, item) for i, item in enumerate(items))]


def _by_turns(items: Sequence[Item], bank: Bank) -> list[Item]:
    """The items with their topics taking turns, so that a section is spread over the course."""
    seen: Counter[str] = Counter()
    turns = []
    for position, item in enumerate(items):
        turns.append((seen[bank.topics[item.id]], position, item))
        seen[bank.topics[item.id]] += 1
    return [item for _, _, item in sorted(turns, key=lambda turn: turn[:2])]


def _count(order: Sequence[Item], plan: Plan) -> list[Item]:
    """The first items that go together; the preferred numbers of keys come first."""
    wanted = Counter({int(size): count for size, count in plan.key_sizes.items()})
    chosen: list[Item] = []
    rest = []
    taken = _Used()
    for item in order:
        size = key_size(item)
        if not taken.allows(item):
            continue
        if wanted and wanted[size] <= 0:
            rest.append(item)
        elif len(chosen) < (plan.count or 0):
            wanted[size] -= 1
            taken.add([item])
            chosen.append(item)
    for item in rest:
        if len(chosen) < (plan.count or 0) and taken.allows(item):
            taken.add([item])
            chosen.append(item)
    return chosen


def _is_full_key(item: Item) -> bool:
    return isinstance(item, MultipleChoice) and key_size(item) == len(item.options)


def key_size(item: Item) -> int:
    """How many options of an item are right; 0 for an item without options."""
    if not isinstance(item, SingleChoice | MultipleChoice):
        return 0
    keys = sum(isinstance(option, Key) for option in item.options)
    return keys or int(NONE_OF_THE_ABOVE in item.options)


def _sums(items: Sequence[Item], total: Fraction) -> list[frozenset[Fraction]]:
    """For each position, the sums up to a total that items from there on can have, sources aside."""
    sums = [frozenset({Fraction(0)})]
    for item in reversed(items):
        sums.append(sums[-1] | {left + item.worth for left in sums[-1] if left + item.worth <= total})
    return sums[::-1]


def _exact(order: Sequence[Item], total: Fraction) -> list[Item]:
    """Items worth exactly the total, found depth first in the given order; none where there are none."""
    steps = 0
    sums = _sums(order, total)

    def search(start: int, left: Fraction, chosen: list[Item]) -> list[Item] | None:
        nonlocal steps
        if left == 0:
            return chosen
        taken = _Used()
        taken.add(chosen)
        for index in range(start, len(order)):
            steps += 1
            if steps > MAX_STEPS or left not in sums[index]:
                return None
            item = order[index]
            if left - item.worth in sums[index + 1] and taken.allows(item):
                found = search(index + 1, left - item.worth, [*chosen, item])
                if found is not None:
                    return found
        return None

    return search(0, total, []) or []


def _is_enough(items: Sequence[Item], plan: Plan) -> bool:
    if plan.total is not None:
        return sum((item.worth for item in items), Fraction(0)) == plan.total
    return len(items) == plan.count


def _shortage(plan: Plan, best: Sequence[Item], fitting: Sequence[Item], free: Sequence[Item]) -> str:
    where = f" on {', '.join(plan.topics)}" if plan.topics else ""
    kind = f"{plan.type.replace('_', ' ')} items{where}"
    if plan.total is not None:
        return f"section `{plan.title}`: {_missed_total(plan.total, kind, len(fitting), free)}"
    limits = "without asking an entry of the curriculum twice"
    if plan.type == "multiple_choice":
        limits += ", or having two items of which every option is right"
    return (
        f"section `{plan.title}`: {plan.count} {kind} are needed, but only {len(best)} of the"
        f" {len(fitting)} in the bank go together {limits}"
    )


def _missed_total(total: Fraction, kind: str, fitting: int, free: Sequence[Item]) -> str:
    available = sum((item.worth for item in free), Fraction(0))
    if available < total:
        return f"{show_points(total)} points are needed, but its {kind} have {show_points(available)} in all"
    nearest = max(_sums(free, total)[0])
    told = f"; {show_points(nearest)} is the most below it" if nearest < total else ""
    return (
        f"no choice of the {fitting} {kind} is worth exactly {show_points(total)} points without asking an"
        f" entry of the curriculum twice{told}"
    )


def _rule(questions: Sequence[Question]) -> str:
    """The rule of the section, and after it those of items that have one of their own."""
    told: list[str] = []
    for scheme, _ in Counter(question.scheme for question in questions).most_common():
        own = [question for question in questions if question.scheme == scheme]
        worths = {question.points for question in own}
        sentence = rule_of(scheme, worths.pop() if len(worths) == 1 else None)
        numbers = ", ".join(str(question.number) for question in own)
        noun = "Question" if len(own) == 1 else "Questions"
        told.append(f"{noun} {numbers}: {sentence}" if told else sentence)
    return " ".join(told)


def _digest(sections: Sequence[Section]) -> str:
    """Tells a form from one that was made of other words: of a bank that has changed since."""
    content = [_content(question) for section in sections for question in section.questions]
    return hashlib.sha256(json.dumps(content).encode("ascii")).hexdigest()[:6]


def _content(question: Question) -> list[Any]:
    """What a student reads, what is right and how it is scored; a new field of the bank renames no paper."""
    item = question.item
    stated = [item.id, item.stem, str(question.points), question.scheme, list(question.order)]
    return [*stated, *_asked(question)]


def _asked(question: Question) -> list[Any]:
    match question.item:
        case SingleChoice(options=options) | MultipleChoice(options=options):
            return [[[_option_text(option), isinstance(option, Key)] for option in options]]
        case Matching() as item:
            return [[[pair.left, pair.right] for pair in item.pairs], list(item.extras)]
        case Ordering(steps=steps):
            return [list(steps)]
        case Table(columns=columns, rows=rows):
            return [
                list(columns),
                [[cell if isinstance(cell, str) else "" for cell in row] for row in rows],
                right_answer(question),
            ]
        case Parts():
            return [[_content(part) for part in question.parts]]
        case Essay(rubric=rubric):
            return [[[one.criterion, str(one.points)] for one in rubric]]
        case TrueFalse(answer=answer):
            return [[[str(answer), True]]]
    return [[[right_answer(question), True]]]


def _option_text(option: Option) -> str:
    return option if isinstance(option, str) else option.text


def form_of(paper: str) -> tuple[str, int]:
    """The blueprint's name and the seed in the id of a form.

    Raises:
        UsageError: the text is no id of a form.
    """
    name, _, rest = paper.rpartition("-")
    name, _, seed = name.rpartition("-")
    if not name or not rest or not seed.isdecimal() or len(seed) > 18:
        raise UsageError(f"`{paper}` is not the name of a paper; it looks like `midterm-7-3f9a1c`")
    return name, int(seed)
