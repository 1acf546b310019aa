"""Assembles forms from a bank: the same blueprint, bank and seed give the same ones again."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from grader.errors import ContentError
from grader.exam.letters import balanced, unevenness
from grader.exam.limits import wanted
from grader.exam.paper_id import Drawn, id_of
from grader.exam.picking import pick
from grader.exam.plain_draw import draw_items
from grader.exam.questions import asked, draw, rule_of
from grader.exam.shortage import shortages, uneven_letters
from grader.exam.solver import Missed
from grader.model.blueprint import Blueprint
from grader.model.form import Form, Question, Section
from grader.model.item import Bank

ORDERS = 24
"""Orders of the options of an item, of which the one is taken that balances the letters of the keys."""
Choice = tuple[tuple[str, ...], ...]
"""The ids of the items of each section, in the order of the paper."""


def assemble(blueprint: Blueprint, bank: Bank, seed: int) -> Form:
    """The form that a seed draws; of parallel ones the first.

    Raises:
        GradeError: as `assemble_forms`.
    """
    return assemble_forms(blueprint, bank, seed)[0]


def assemble_forms(blueprint: Blueprint, bank: Bank, seed: int, forms: int | None = None) -> tuple[Form, ...]:
    """All parallel forms that a seed draws; `forms` goes before what the blueprint says.

    Raises:
        ContentError: the bank cannot give what the blueprint asks for.
        UsageError: scipy is needed and not there, or the search for a paper ended without an answer.
    """
    number = forms or blueprint.forms
    drawn = [Drawn(blueprint.name, seed, form, number) for form in range(number)]
    if is_plain(blueprint, number):
        return (compose(blueprint, bank, drawn[0], draw_items(blueprint, bank, seed)),)
    chosen = _chosen(blueprint, bank, seed, number)
    made = tuple(compose(blueprint, bank, one, choice) for one, choice in zip(drawn, chosen, strict=True))
    if blueprint.letters is not None:
        uneven = max(unevenness(form.questions) for form in made)
        if uneven > blueprint.letters:
            raise ContentError([uneven_letters(blueprint, uneven)])
    return made


def is_plain(blueprint: Blueprint, forms: int) -> bool:
    """Whether so many forms can be drawn without a solver, as they were before there was one."""
    return forms == 1 and blueprint.is_plain


def compose(blueprint: Blueprint, bank: Bank, drawn: Drawn, choice: Choice) -> Form:
    """The form of the items chosen: drawn and shuffled, the letters of its keys in balance.

    Raises:
        UsageError: an item cannot be drawn.
    """
    plain = is_plain(blueprint, drawn.forms)
    orders: list[list[Question]] = []
    starts = [0, *accumulate(map(len, choice))]
    for index, (plan, names) in enumerate(zip(blueprint.sections, choice, strict=True)):
        own = f"{drawn.seed}:{index}" if plain else f"{drawn.seed}:{drawn.form}:{index}"
        rng = random.Random(f"{blueprint.name}:{own}:options")  # noqa: S311 (a draw, not a secret)
        for number, name in enumerate(names, starts[index] + 1):
            item = draw(bank.items[name], drawn.seed)
            tries = range(1 if plain else ORDERS)
            orders.append(
                [asked(item, number, points=plan.points, scheme=plan.scheme, rng=rng) for _ in tries]
            )
    questions = balanced(orders)
    sections = []
    for plan, start, names in zip(blueprint.sections, starts, choice, strict=False):
        part = tuple(questions[start : start + len(names)])
        sections.append(Section(plan.title, _rule(part), part))
    title = f"{blueprint.title}, form {drawn.letter}" if drawn.letter else blueprint.title
    return Form(id_of(drawn, sections), title, drawn.seed, blueprint.minutes, tuple(sections))


def choice_of(form: Form) -> Choice:
    """The items that a form was made of."""
    return tuple(tuple(question.item.id for question in section.questions) for section in form.sections)


def _chosen(blueprint: Blueprint, bank: Bank, seed: int, forms: int) -> list[Choice]:
    """The items of each form, in an order of the seed's."""
    asks = wanted(blueprint, bank, seed, forms)
    rng = random.Random(f"{blueprint.name}:{seed}:{forms}:choice")  # noqa: S311 (a draw, not a secret)
    # What one form cannot have, several cannot; to find that out of all at once may take minutes.
    alone = pick(replace(asks, forms=1, alike=[]), random.Random(0)) if forms > 1 else None  # noqa: S311
    picked = alone if isinstance(alone, Missed) else pick(asks, rng)
    if isinstance(picked, Missed):
        raise ContentError(shortages(blueprint, bank, asks, picked))
    chosen = []
    for form in picked:
        candidates = [asks.candidates[n] for n in form]
        # `random.random` is the one method whose values Python promises to keep.
        candidates.sort(key=lambda _: rng.random())
        sections = range(len(blueprint.sections))
        chosen.append(
            tuple(tuple(one.item.id for one in candidates if one.section == index) for index in sections)
        )
    return chosen


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
