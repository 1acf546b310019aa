"""Holds a blueprint to its rules: what contradicts itself or the bank is a finding."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from grader.errors import Finding
from grader.model.blueprint import Amount, Area, BlueprintFile, Count, Plan, ends
from grader.model.item import Bank
from grader.quiz.schemes import FITS
from grader.reading import Document
from grader.yaml_tree import Trail

MAX_FORMS = 26
"""One a letter."""
Blueprints = Document[BlueprintFile]


def faults(document: Blueprints, file: BlueprintFile, bank: Bank | None) -> Iterator[Finding]:
    """What its author has to mend; without the bank, topics and items are not judged."""
    if not file.sections:
        yield document.finding(("sections",), "empty-section", "there is no section", "write one")
    if file.minutes <= 0:
        yield document.finding(("minutes",), "bad-points", "minutes must be more than 0", "write 1 or more")
    for index, plan in enumerate(file.sections):
        yield from _plan_faults(document, ("sections", index), plan)
    yield from _of_forms(document, file)
    for trail, asked in _asked(file):
        yield from _bounds(document, trail, asked)
    yield from _areas(document, file)
    yield from _levels(document, file)
    if bank:
        yield from _unknown_topics(document, file, set(bank.topics.values()))
    yield from _enemies(document, file, bank)


def _plan_faults(document: Blueprints, trail: Trail, plan: Plan) -> Iterator[Finding]:
    if (plan.count is None) == (plan.total is None):
        what = f"the section `{plan.title}` needs either `count` or `total`"
        yield document.finding(trail, "section-size", what, "write `count: 10`, or `total: 40` points")
    if plan.total is not None and plan.points is not None:
        what = "`points` stands beside `total`, which adds up what each item states"
        yield document.finding((*trail, "points"), "section-size", what, "take one of the two out")
    for name in ("count", "total", "points"):
        value = getattr(plan, name)
        if isinstance(value, int | Fraction) and value <= 0:
            yield document.finding(
                (*trail, name), "bad-points", f"`{name}` must be more than 0", "write 1 or more"
            )
    yield from _types(document, trail, plan)
    for size, wanted in plan.key_sizes.items():
        is_negative = isinstance(wanted, int) and wanted < 0
        if not re.fullmatch("[0-9]{1,2}", size) or is_negative:
            cure = "write a number of keys and a number of items: `2: 4`"
            shown = f"{size}: {wanted}" if isinstance(wanted, int) else size
            what = f"`{shown}` is no number of keys with a number of items"
            yield document.finding((*trail, "key_sizes", size), "wrong-kind", what, cure)


def _types(document: Blueprints, trail: Trail, plan: Plan) -> Iterator[Finding]:
    if not plan.kinds:
        what = "`type` is missing"
        yield document.finding(trail, "missing-field", what, "write `type:`, or `types:` with several")
    if plan.type and plan.types:
        what = f"the section `{plan.title}` has `type` beside `types`"
        yield document.finding((*trail, "types"), "section-type", what, "take one of the two out")
    for kind in plan.kinds:
        if plan.scheme is not None and plan.scheme not in FITS[kind]:
            cure = f"write one of {', '.join(f'`{name}`' for name in sorted(FITS[kind]))}"
            what = f"`{plan.scheme}` is no scheme of a {kind.replace('_', ' ')}"
            yield document.finding((*trail, "scheme"), "unknown-value", what, cure)
    if plan.true_statements is not None and "true_false" not in plan.kinds:
        what = f"the section `{plan.title}` has no statements that could be true"
        cure = "take it out, or write `type: true_false`"
        yield document.finding((*trail, "true_statements"), "section-type", what, cure)


def _of_forms(document: Blueprints, file: BlueprintFile) -> Iterator[Finding]:
    if not 1 <= file.forms <= MAX_FORMS:
        what, cure = f"`forms` must be 1 to {MAX_FORMS}, one a letter", "write `forms: 3`"
        yield document.finding(("forms",), "bad-forms", what, cure)
    least: dict[Trail, int | Fraction] = {("overlap",): file.overlap, ("letters",): file.letters or 0}
    least |= {
        ("parallel", name): getattr(file.parallel, name)
        for name in ("points", "topic", "difficulty", "minutes")
    }
    for trail, value in least.items():
        if value < 0:
            what = f"`{trail[-1]}` must be 0 or more"
            yield document.finding(trail, "bad-forms", what, "write 0 or more")


def _asked(file: BlueprintFile) -> Iterator[tuple[Trail, Count | Amount | None]]:
    """Everything that is asked for between bounds."""
    yield from ((("points",), file.points), (("expected_minutes",), file.expected_minutes))
    yield ("each_topic",), file.each_topic
    yield from ((("topics", name), count) for name, count in file.topics.items())
    for index, area in enumerate(file.areas):
        yield ("areas", index, "items"), area.items
        yield ("areas", index, "points"), area.points
    if file.difficulty:
        yield ("difficulty", "mean"), file.difficulty.mean
        yield ("difficulty", "spread"), file.difficulty.spread
        yield from ((("difficulty", "levels", name), c) for name, c in file.difficulty.levels.items())
    for index, plan in enumerate(file.sections):
        trail: Trail = ("sections", index)
        yield (*trail, "true_statements"), plan.true_statements
        in_bounds = [((*trail, "count"), plan.count), ((*trail, "total"), plan.total)]
        sizes = [((*trail, "key_sizes", size), count) for size, count in plan.key_sizes.items()]
        # What is wrong with plain numbers is told with the section.
        yield from ((where, asked) for where, asked in (*in_bounds, *sizes) if _is_bounds(asked))


def _is_bounds(asked: Count | Amount | None) -> bool:
    return asked is not None and not isinstance(asked, int | Fraction)


def _bounds(document: Blueprints, trail: Trail, asked: Count | Amount | None) -> Iterator[Finding]:
    low, high = ends(asked)
    cure = "write `{min: 2, max: 4}`, one of the two, or a number"
    if asked is not None and low is None and high is None:
        yield document.finding(trail, "bad-bounds", f"`{trail[-1]}` bounds nothing", cure)
    if low is not None and high is not None and low > high:
        what = f"the `min` of `{trail[-1]}` is more than its `max`"
        yield document.finding(trail, "bad-bounds", what, cure)
    if any(end is not None and end < 0 for end in (low, high)):
        yield document.finding(trail, "bad-bounds", f"`{trail[-1]}` must be 0 or more", cure)


def _areas(document: Blueprints, file: BlueprintFile) -> Iterator[Finding]:
    for index, area in enumerate(file.areas):
        trail = ("areas", index)
        if area.items is None and area.points is None:
            what = f"the area `{area.title}` bounds nothing"
            yield document.finding(trail, "bad-bounds", what, "write `items:` or `points:`")
        if not area.topics:
            what = f"the area `{area.title}` has no topics"
            yield document.finding((*trail, "topics"), "bad-bounds", what, "name them: `topics: [a, b]`")


def _levels(document: Blueprints, file: BlueprintFile) -> Iterator[Finding]:
    if file.difficulty is None:
        return
    if file.difficulty.spread is not None and file.difficulty.mean is None:
        what = "`spread` is measured from the mean that is asked for, and there is none"
        yield document.finding(("difficulty", "spread"), "bad-bounds", what, "write `mean:` beside it")
    for level in file.difficulty.levels:
        if level not in {"1", "2", "3", "4", "5"}:
            what = f"`{level}` is no difficulty"
            trail = ("difficulty", "levels", level)
            yield document.finding(trail, "unknown-value", what, "write a level from 1 to 5")


def _unknown_topics(document: Blueprints, file: BlueprintFile, known: Collection[str]) -> Iterator[Finding]:
    named: list[tuple[Trail, str]] = [(("topics", topic), topic) for topic in file.topics]
    holders: Mapping[str, Sequence[Plan | Area]] = {"sections": file.sections, "areas": file.areas}
    for holder, entries in holders.items():
        for index, entry in enumerate(entries):
            named += [
                ((holder, index, "topics", position), topic) for position, topic in enumerate(entry.topics)
            ]
    for trail, topic in named:
        if topic not in known:
            cure = f"write one of {', '.join(f'`{name}`' for name in sorted(known))}"
            yield document.finding(trail, "unknown-value", f"the bank has no topic `{topic}`", cure)


def _enemies(document: Blueprints, file: BlueprintFile, bank: Bank | None) -> Iterator[Finding]:
    for index, group in enumerate(file.enemies):
        trail = ("enemies", index)
        if len(set(group)) < 2:
            what = "enemies are two items or more"
            yield document.finding(trail, "lone-enemy", what, "write `- [one-item, another-item]`")
        for position, name in enumerate(group):
            if bank and name not in bank.items:
                what, cure = f"the bank has no item `{name}`", "copy the id from the bank"
                yield document.finding((*trail, position), "no-such-item", what, cure)


RULES: Mapping[str, str] = {
    "section-size": """\
What: a section of a blueprint has neither `count` nor `total`, or both, or `points` beside `total`.
Why: one of them decides how many items are drawn; a total adds up the points that the items state.
Cure: write `count: 10` for ten items, or `total: 40` for items worth exactly 40 points.""",
    "empty-section": """\
What: a blueprint has no sections.
Why: its paper would be empty.
Cure: write one, with `title`, `type` and `count` or `total`.""",
    "section-type": """\
What: a section has `type` beside `types`, or bounds the true statements where there can be none.
Why: one of the two would be forgotten.
Cure: take one of them out.""",
    "bad-bounds": """\
What: bounds of a blueprint are crossed, negative, or bound nothing.
Why: no paper could keep to them, or every paper would.
Cure: write `{min: 2, max: 4}`, only one of the two, or a number, which stands for exactly so many.""",
    "bad-forms": """\
What: the number of forms, or by how much they may differ, is none.
Why: forms are called A to Z, and two forms cannot differ by less than nothing.
Cure: write 1 to 26 `forms`, and 0 or more for `overlap`, `letters` and the bounds under `parallel`.""",
    "lone-enemy": """\
What: a group of enemies has only one item.
Why: it keeps nothing apart, and perhaps an id is missing.
Cure: write all items of which a paper may have only one: `- [one-item, another-item]`.""",
}
"""The pages of the rules of this module, for `grade explain`."""
