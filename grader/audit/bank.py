"""Holds a question bank to all its rules: those of its reader, and those of good questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.audit import items, whole_bank
from grader.audit.content import Content, without_allowed
from grader.bank import read_bank
from grader.course import read_exercises
from grader.curriculum import read_curriculum
from grader.errors import Finding
from grader.exam.blueprint import read_blueprint
from grader.model.blueprint import Blueprint

RULES = (*items.RULES, *whole_bank.RULES)
"""The functions whose docstrings `grade explain` prints."""


@dataclass(frozen=True, slots=True)
class AuditedBank:
    """What was found in a bank, beside its content as far as it can be read.

    `sound` are the blueprints with which nothing is wrong by themselves.
    """

    content: Content
    findings: Sequence[Finding]
    sound: Sequence[Blueprint] = ()


def audit_bank(course: Path) -> AuditedBank:
    """All findings in `question_bank/`: its topics, its blueprints and its lists of the curriculum."""
    folder = course / "question_bank"
    bank, findings = read_bank(folder)
    curriculum, faults = read_curriculum(folder)
    blueprints: dict[Path, Blueprint] = {}
    sound = []
    for path in sorted((folder / "blueprints").glob("*.yaml")):
        blueprint, found = read_blueprint(path, bank, course=course)
        faults += found
        if blueprint is not None:
            blueprints[path] = blueprint
            sound += [] if found else [blueprint]
    # What is wrong with the exercises themselves is found where these are audited.
    content = Content(bank, curriculum, read_exercises(course)[0], blueprints)
    judged = without_allowed(finding for rule in RULES for finding in rule(content))
    return AuditedBank(content, [*findings, *faults, *judged], sound)
