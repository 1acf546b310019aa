"""Reads a blueprint: what a form is made of."""

from collections.abc import Mapping
from pathlib import Path

from grader.errors import ContentError, Finding, no_such
from grader.exam import blueprint_faults, used
from grader.exam.blueprint_faults import faults
from grader.exam.used import read_used
from grader.model.blueprint import Blueprint, BlueprintFile
from grader.model.item import Bank, Place
from grader.reading import Document, read_yaml
from grader.yaml_tree import Trail, Tree


def read_blueprint(
    path: Path, bank: Bank | None = None, *, course: Path | None = None
) -> tuple[Blueprint | None, list[Finding]]:
    """The blueprint in a file, with everything that its author has to mend.

    Where the bank is given, what is named has to be in it; papers that were made before are in the course.
    """
    document: Document[BlueprintFile] = read_yaml(path, BlueprintFile)
    file = document.value
    if file is None:
        return None, list(document.findings)
    avoided, missing = read_used(document, file, bank, course)
    blueprint = Blueprint(
        path.stem,
        file.title,
        file.minutes,
        file.sections,
        points=file.points,
        expected_minutes=file.expected_minutes,
        topics=file.topics,
        each_topic=file.each_topic,
        areas=file.areas,
        difficulty=file.difficulty,
        letters=file.letters,
        enemies=file.enemies,
        used=avoided,
        forms=file.forms,
        overlap=file.overlap,
        parallel=file.parallel,
        places=_places(document.tree),
    )
    return blueprint, sorted({*document.findings, *faults(document, file, bank), *missing})


def load_blueprint(course: Path, name: str, bank: Bank | None = None) -> Blueprint:
    """The blueprint `question_bank/blueprints/NAME.yaml`, or the one at the path NAME.

    Raises:
        UsageError: there is none of this name.
        ContentError: its author has something to mend.
    """
    path = Path(name) if name.endswith((".yaml", ".yml")) else blueprints(course).get(name)
    if path is None or not path.exists():
        raise no_such("blueprint", name, blueprints(course))
    blueprint, findings = read_blueprint(path, bank, course=course)
    if blueprint is None or findings:
        raise ContentError(findings)
    return blueprint


def blueprints(course: Path) -> dict[str, Path]:
    """The blueprints of a course by name."""
    return {path.stem: path for path in sorted((course / "question_bank" / "blueprints").glob("*.yaml"))}


def _places(tree: Tree) -> Mapping[Trail, Place]:
    """Where each thing is asked for: at its key, where it has one."""
    starts = sorted(tree.starts(), key=lambda start: start[2])
    return {trail: Place(tree.path, *place) for place, trail, _ in starts}


RULES: Mapping[str, str] = {**blueprint_faults.RULES, **used.RULES}
"""The pages of the rules that a blueprint is held to, for `grade explain`."""
