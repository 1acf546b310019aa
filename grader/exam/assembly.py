"""Draws a form from a bank: the same blueprint, bank and seed give the same form on every machine."""

import hashlib
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from grader.errors import UsageError
from grader.exam.blueprint import Blueprint, Plan
from grader.model.form import Form, Question, Section
from grader.model.item import NONE_OF_THE_ABOVE, Bank, Item, Key, MultipleChoice, SingleChoice
from grader.model.score import show_points
from grader.quiz.schemes import RULES

TRIES = 200
"""Orders in which a section is tried before it is said to be impossible."""
MAX_STEPS = 20_000
"""Choices that the search for an exact total may try in one order."""


class _Used:
    """What a form asks already: items, and entries of the curriculum, which it asks once."""

    def __init__(self) -> None:
        self.items: set[str] = set()
        self.sources: set[str] = set()

    def allows(self, item: Item) -> bool:
        return item.id not in self.items and self.sources.isdisjoint(item.source)

    def add(self, items: Iterable[Item]) -> None:
        for item in items:
            self.items.add(item.id)
            self.sources.update(item.source)


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
        questions = tuple(_question(item, number + i, plan, rng) for i, item in enumerate(items))
        number += len(items)
        sections.append(Section(plan.title, _rule(plan, questions), questions))
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
    best: list[Item] = []
    for _ in range(TRIES):
        order = _shuffled([item for item in fitting if used.allows(item)], rng)
        order = _by_turns(order, bank)
        items = _exact(order, plan.total) if plan.total else _count(order, plan)
        if _is_enough(items, plan):
            return _shuffled(items, rng)
        best = max(best, items, key=len)
    raise UsageError(_shortage(plan, best, len(fitting)))


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
        if len(chosen) < (plan.count or 0) and taken.allows(item) and not _is_second_full_key(item, chosen):
            taken.add([item])
            chosen.append(item)
    return chosen


def _is_second_full_key(item: Item, chosen: Sequence[Item]) -> bool:
    """Ticking everything is the cheapest guess, so at most one item of a paper rewards it."""
    return _is_full_key(item) and any(map(_is_full_key, chosen))


def _is_full_key(item: Item) -> bool:
    return isinstance(item, MultipleChoice) and key_size(item) == len(item.options)


def key_size(item: Item) -> int:
    """How many options of an item are right; 0 for an item without options."""
    if not isinstance(item, SingleChoice | MultipleChoice):
        return 0
    keys = sum(isinstance(option, Key) for option in item.options)
    return keys or int(NONE_OF_THE_ABOVE in item.options)


def _exact(order: Sequence[Item], total: Fraction) -> list[Item]:
    """Items worth exactly the total, found depth first in the given order; none where there are none."""
    steps = 0

    def search(start: int, left: Fraction, chosen: list[Item]) -> list[Item] | None:
        nonlocal steps
        if left == 0:
            return chosen
        taken = _Used()
        taken.add(chosen)
        for index in range(start, len(order)):
            steps += 1
            if steps > MAX_STEPS:
                return None
            item = order[index]
            if item.worth <= left and taken.allows(item):
                found = search(index + 1, left - item.worth, [*chosen, item])
                if found is not None:
                    return found
        return None

    return search(0, total, []) or []


def _is_enough(items: Sequence[Item], plan: Plan) -> bool:
    if plan.total is not None:
        return sum((item.worth for item in items), Fraction(0)) == plan.total
    return len(items) == plan.count


def _shortage(plan: Plan, best: Sequence[Item], fitting: int) -> str:
    kind = plan.type.replace("_", " ")
    where = f" on {', '.join(plan.topics)}" if plan.topics else ""
    if plan.total is not None:
        return (
            f"section `{plan.title}`: no choice of the {fitting} {kind} items{where} is worth exactly"
            f" {show_points(plan.total)} points without asking an entry of the curriculum twice"
        )
    return (
        f"section `{plan.title}`: {plan.count} {kind} items{where} are needed, but only {len(best)} of the"
        f" {fitting} in the bank go together without asking an entry of the curriculum twice"
    )


def _question(item: Item, number: int, plan: Plan, rng: random.Random) -> Question:
    order: tuple[int, ...] = ()
    if isinstance(item, SingleChoice | MultipleChoice):
        # The random numbers are drawn for all options, so that a pinned one does not shift the others.
        places = [(option == NONE_OF_THE_ABOVE, rng.random(), i) for i, option in enumerate(item.options)]
        order = tuple(index for _, _, index in sorted(places))
    return Question(item, number, plan.points or item.worth, plan.rule, order)


def _rule(plan: Plan, questions: Sequence[Question]) -> str:
    worths = {question.points for question in questions}
    worth = worths.pop() if len(worths) == 1 else None
    told = show_points(worth) if worth is not None else "its"
    half = show_points(worth / 2) if worth is not None else "half of them"
    return RULES[plan.rule].format(worth=told, half=half)


def _digest(sections: Sequence[Section]) -> str:
    """Tells a form from one that was made of other words: of a bank that has changed since."""
    content = repr(
        [(question.item, question.points, question.order) for s in sections for question in s.questions]
    )
    return hashlib.sha256(content.encode("utf-8")).hexdigest()[:6]


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
