"""Draws a form that asks for no more than sections: at random, until everything fits."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from grader.errors import ContentError, Finding
from grader.exam.limits import is_full_key, key_size
from grader.model.blueprint import Blueprint, Plan
from grader.model.item import Bank, Item
from grader.model.score import show_points

TRIES = 200
"""Orders in which a section is tried before it is said to be impossible."""
MAX_STEPS = 2_000
"""Choices that the search for an exact total may try in one order."""


class _Short(Exception):
    """A section cannot be filled."""


class _Used:
    """What a form asks already: items, entries of the curriculum, an item whose key is all its options.

    Ticking everything is the cheapest guess, so at most one item of a paper rewards it.
    """

    def __init__(self) -> None:
        self.items: set[str] = set()
        self.sources: set[str] = set()
        self.enemies: set[str] = set()
        self.full_key = False

    def allows(self, item: Item) -> bool:
        if item.id in self.items or not self.sources.isdisjoint(item.source):
            return False
        if item.id in self.enemies or not self.items.isdisjoint(item.enemies):
            return False
        return not (self.full_key and is_full_key(item))

    def add(self, items: Iterable[Item]) -> None:
        for item in items:
            self.items.add(item.id)
            self.sources.update(item.source)
            self.enemies.update(item.enemies)
            self.full_key |= is_full_key(item)


def draw_items(blueprint: Blueprint, bank: Bank, seed: int) -> tuple[tuple[str, ...], ...]:
    """The items of each section that a seed draws, in the order of the paper.

    Raises:
        ContentError: the bank cannot fill a section; the finding names it and the shortage.
    """
    used = _Used()
    drawn: dict[int, list[Item]] = {}
    # Exact totals first: they are the hardest to meet with what others have left.
    for index in sorted(range(len(blueprint.sections)), key=lambda i: blueprint.sections[i].total is None):
        rng = random.Random(f"{blueprint.name}:{seed}:{index}")  # noqa: S311 (a draw, not a secret)
        try:
            drawn[index] = _drawn(blueprint.sections[index], bank, used, rng)
        except _Short as short:
            place = blueprint.place(
                ("sections", index, "total" if blueprint.sections[index].total else "count")
            )
            cure = "write more such items, or ask for fewer"
            fault = Finding(place.path, place.line, place.column, "shortage", str(short), cure)
            raise ContentError([fault]) from None
        used.add(drawn[index])
    return tuple(tuple(item.id for item in drawn[index]) for index in range(len(blueprint.sections)))


def _drawn(plan: Plan, bank: Bank, used: _Used, rng: random.Random) -> list[Item]:
    fitting = [
        item
        for item in bank.items.values()
        if item.type in plan.kinds and (not plan.topics or bank.topics[item.id] in plan.topics)
    ]
    fitting.sort(key=lambda item: item.id)  # the order of files must not matter
    free = [item for item in fitting if used.allows(item)]
    best: list[Item] = []
    # A total that even all entries of the curriculum together cannot meet needs no search.
    total = _total(plan)
    hopeless = total is not None and total not in _sums(free, total)[0]
    for _ in range(0 if hopeless else TRIES):
        order = _by_turns(_shuffled(free, rng), bank)
        items = _exact(order, total) if total else _count(order, plan)
        if _is_enough(items, plan):
            return _shuffled(items, rng)
        best = max(best, items, key=len)
    raise _Short(_shortage(plan, best, fitting, free))


def _total(plan: Plan) -> Fraction | None:
    return plan.total if isinstance(plan.total, Fraction) else None


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
    wanted = Counter({int(size): n for size, n in plan.key_sizes.items() if isinstance(n, int)})
    count = plan.count if isinstance(plan.count, int) else 0
    chosen: list[Item] = []
    rest = []
    taken = _Used()
    for item in order:
        size = key_size(item)
        if not taken.allows(item):
            continue
        if wanted and wanted[size] <= 0:
            rest.append(item)
        elif len(chosen) < count:
            wanted[size] -= 1
            taken.add([item])
            chosen.append(item)
    for item in rest:
        if len(chosen) < count and taken.allows(item):
            taken.add([item])
            chosen.append(item)
    return chosen


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
    total = _total(plan)
    if total is not None:
        return sum((item.worth for item in items), Fraction(0)) == total
    return len(items) == plan.count


def _shortage(plan: Plan, best: Sequence[Item], fitting: Sequence[Item], free: Sequence[Item]) -> str:
    where = f" on {', '.join(plan.topics)}" if plan.topics else ""
    kind = f"{' or '.join(plan.kinds).replace('_', ' ')} items{where}"
    total = _total(plan)
    if total is not None:
        return f"section `{plan.title}`: {_missed_total(total, kind, len(fitting), free)}"
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
