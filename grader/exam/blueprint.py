"""Reads a blueprint: how many items of which sort a form draws."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import ClassVar, Literal

from grader.errors import ContentError, Finding, no_such
from grader.model.answer import STRICT
from grader.quiz.schemes import FITS
from grader.reading import Document, read_yaml

ItemType = Literal[
    "true_false",
    "single_choice",
    "multiple_choice",
    "short_answer",
    "matching",
    "ordering",
    "table",
    "parts",
    "code",
    "essay",
]


@dataclass(frozen=True, slots=True)
class Plan:
    """One section: `count` items worth `points` each (else what each item states), or `total` points.

    `key_sizes` says how many items with one key, two keys and so on are preferred; `topics` limits the draw.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    title: str
    type: ItemType
    count: int | None = None
    points: Fraction | None = None
    total: Fraction | None = None
    scheme: str | None = None
    key_sizes: dict[str, int] = field(default_factory=dict)
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Blueprint:
    """What a form is made of; `name` is that of its file."""

    name: str
    title: str
    minutes: int
    sections: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class BlueprintFile:
    """A blueprint as its file states it."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    title: str
    minutes: int
    sections: tuple[Plan, ...]


def read_blueprint(
    path: Path, topics: Collection[str] | None = None
) -> tuple[Blueprint | None, list[Finding]]:
    """The blueprint in a file, with everything that its author has to mend.

    Where the `topics` of the bank are given, a section is held to them.
    """
    document: Document[BlueprintFile] = read_yaml(path, BlueprintFile)
    if document.value is None:
        return None, list(document.findings)
    file = document.value
    findings = [*document.findings, *_faults(document, file), *_unknown_topics(document, file, topics)]
    return Blueprint(path.stem, file.title, file.minutes, file.sections), findings


def load_blueprint(course: Path, name: str, *, topics: Collection[str] | None = None) -> Blueprint:
    """The blueprint `question_bank/blueprints/NAME.yaml`, or the one at the path NAME.

    Raises:
        UsageError: there is none of this name.
        ContentError: its author has something to mend.
    """
    path = Path(name) if name.endswith((".yaml", ".yml")) else blueprints(course).get(name)
    if path is None or not path.exists():
        raise no_such("blueprint", name, blueprints(course))
    blueprint, findings = read_blueprint(path, topics)
    if blueprint is None or findings:
        raise ContentError(findings)
    return blueprint


def blueprints(course: Path) -> dict[str, Path]:
    """The blueprints of a course by name."""
    return {path.stem: path for path in sorted((course / "question_bank" / "blueprints").glob("*.yaml"))}


def _faults(document: Document[BlueprintFile], file: BlueprintFile) -> Iterator[Finding]:
    if not file.sections:
        yield document.finding(("sections",), "empty-section", "there is no section", "write one")
    if file.minutes <= 0:
        yield document.finding(("minutes",), "bad-points", "minutes must be more than 0", "write 1 or more")
    for index, plan in enumerate(file.sections):
        yield from _plan_faults(document, ("sections", index), plan)


def _plan_faults(
    document: Document[BlueprintFile], trail: tuple[str | int, ...], plan: Plan
) -> Iterator[Finding]:
    if (plan.count is None) == (plan.total is None):
        what = f"the section `{plan.title}` needs either `count` or `total`"
        yield document.finding(trail, "section-size", what, "write `count: 10`, or `total: 40` points")
    if plan.total is not None and plan.points is not None:
        what = "`points` stands beside `total`, which adds up what each item states"
        yield document.finding((*trail, "points"), "section-size", what, "take one of the two out")
    for name in ("count", "total", "points"):
        value = getattr(plan, name)
        if value is not None and value <= 0:
            yield document.finding(
                (*trail, name), "bad-points", f"`{name}` must be more than 0", "write 1 or more"
            )
    if plan.scheme is not None and plan.scheme not in FITS[plan.type]:
        cure = f"write one of {', '.join(f'`{name}`' for name in sorted(FITS[plan.type]))}"
        what = f"`{plan.scheme}` is no scheme of a {plan.type.replace('_', ' ')}"
        yield document.finding((*trail, "scheme"), "unknown-value", what, cure)
    for size, wanted in plan.key_sizes.items():
        if not re.fullmatch("[0-9]{1,2}", size) or wanted < 0:
            cure = "write a number of keys and a number of items: `2: 4`"
            what = f"`{size}: {wanted}` is no number of keys with a number of items"
            yield document.finding((*trail, "key_sizes", size), "wrong-kind", what, cure)


def _unknown_topics(
    document: Document[BlueprintFile], file: BlueprintFile, topics: Collection[str] | None
) -> Iterator[Finding]:
    for index, plan in enumerate(file.sections):
        for position, topic in enumerate(plan.topics):
            if topics is not None and topic not in topics:
                trail = ("sections", index, "topics", position)
                cure = f"write one of {', '.join(f'`{known}`' for known in sorted(set(topics)))}"
                yield document.finding(trail, "unknown-value", f"the bank has no topic `{topic}`", cure)


RULES: Mapping[str, str] = {
    "section-size": """\
What: a section of a blueprint has neither `count` nor `total`, or both, or `points` beside `total`.
Why: one of them decides how many items are drawn; a total adds up the points that the items state.
Cure: write `count: 10` for ten items, or `total: 40` for items worth exactly 40 points.""",
    "empty-section": """\
What: a blueprint has no sections.
Why: its paper would be empty.
Cure: write one, with `title`, `type` and `count` or `total`.""",
}
"""The pages of the rules of this module, for `grade explain`."""
