"""`grade audit`: holds the course to its own rules."""

import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import click

from grader.audit.exercises import Audited, audit_exercise
from grader.bank import read_bank
from grader.cli import FULL, LOST, nearest
from grader.course import find_course
from grader.errors import Finding, UsageError
from grader.exam.blueprint import read_blueprint


@click.command()
@click.argument("names", nargs=-1)
def audit(names: tuple[str, ...]) -> int:
    """Hold exercises (all, or those named) and the question bank to the rules of the audit.

    Each finding is `path:line:column: rule: what` with a cure; `grade explain RULE` says more. Exits with 1
    when something was found.
    """
    course = find_course(Path.cwd())
    folders = _folders(course, names)
    audited = _audit_all(folders)
    findings = [finding for result in audited for finding in result.findings]
    items = 0
    if not names:
        items, faults = _audit_bank(course)
        findings += faults
    for finding in sorted(set(findings)):
        click.echo(str(_relative(finding)))
    tests = sum(result.tests for result in audited)
    mistakes = sum(result.mistakes for result in audited)
    click.echo(
        f"{len(set(findings))} findings in {len(folders)} exercises"
        f" ({tests} tests, {mistakes} named mistakes) and {items} items"
    )
    return LOST if findings else FULL


def _folders(course: Path, names: tuple[str, ...]) -> list[Path]:
    folders = {
        path.parent.name: path.parent for path in sorted((course / "exercises").glob("*/exercise.yaml"))
    }
    for name in names:
        if name not in folders:
            raise UsageError(f"there is no exercise `{name}` here.{nearest(name, list(folders))}")
    return [folders[name] for name in names] or list(folders.values())


def _audit_all(folders: Sequence[Path]) -> list[Audited]:
    """One process an exercise, as many at once as there are processors."""
    if not folders:
        return []
    context = multiprocessing.get_context("spawn")  # the sandbox's launcher must not be inherited
    with ProcessPoolExecutor(min(len(folders), os.cpu_count() or 1), mp_context=context) as pool:
        return list(pool.map(audit_exercise, folders))


def _audit_bank(course: Path) -> tuple[int, list[Finding]]:
    folder = course / "question_bank"
    if not folder.is_dir():
        return 0, []
    bank, findings = read_bank(folder)
    for path in sorted((folder / "blueprints").glob("*.yaml")):
        findings += read_blueprint(path)[1]
    return len(bank.items), findings


def _relative(finding: Finding) -> Finding:
    """The finding with a path that can be clicked from where the command was given."""
    return replace(finding, path=Path(os.path.relpath(finding.path)))
