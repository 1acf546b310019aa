"""Tries whether a bank can give what each blueprint asks for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grader.audit.content import without_allowed
from grader.errors import ContentError, Finding, UsageError
from grader.exam.assembly import assemble_forms, is_plain
from grader.exam.solver import can_solve
from grader.model.blueprint import Blueprint
from grader.model.item import Bank

SEED = 0
"""Which forms are tried: others differ in what is chosen, not in what there is."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What the bank is short of, and the blueprints that need a solver where there is none."""

    findings: tuple[Finding, ...]
    untried: tuple[str, ...]


def try_blueprints(blueprints: Iterable[Blueprint], bank: Bank) -> Tried:
    """The forms of each blueprint, made once and thrown away."""
    findings: list[Finding] = []
    untried = []
    for blueprint in blueprints:
        if can_solve() or is_plain(blueprint, blueprint.forms):
            findings += _shortages(blueprint, bank)
        else:
            untried.append(blueprint.name)
    return Tried(tuple(without_allowed(findings)), tuple(untried))


def _shortages(blueprint: Blueprint, bank: Bank) -> Iterator[Finding]:
    try:
        assemble_forms(blueprint, bank, SEED)
    except ContentError as error:
        yield from error.findings
    except UsageError as error:
        place = blueprint.place(())
        cure = "ask for less, or give wider bounds"
        yield Finding(place.path, place.line, place.column, "shortage", str(error), cure)
