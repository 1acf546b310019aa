"""`grade audit`: holds the course to its own rules."""

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import click

from grader.audit.exercises import Audited, audit_exercise
from grader.bank import read_bank
from grader.cli import FULL, LOST
from grader.cli.course import the_course
from grader.cli.output import working
from grader.errors import Finding, no_such
from grader.exam.blueprint import read_blueprint
from grader.sandbox.text import printable
from grader.testing.wording import count

BANK = "question_bank"


@click.command()
@click.argument("names", nargs=-1)
def audit(names: tuple[str, ...]) -> int:
    """Hold the question bank and all exercises, or those named, to the rules of the audit.

    `grade audit question_bank` holds the bank alone, which takes a second. Each finding is
    `path:line:column: rule: what` with a cure; `grade explain RULE` says more. Exits with 1 when something
    was found.
    """
    course = the_course(BANK if names == (BANK,) else "solutions")
    folders = [] if names == (BANK,) else _folders(course, tuple(name for name in names if name != BANK))
    findings, items = _audit_bank(course) if not names or BANK in names else ([], 0)
    _show(findings)
    found, tests, mistakes = len(set(findings)), 0, 0
    for result in _audited(folders):
        _show(result.findings)
        found += len(set(result.findings))
        tests += result.tests
        mistakes += result.mistakes
    tried = f"{count(tests, 'test')}, {count(mistakes, 'named mistake')}"
    click.echo(
        f"{count(found, 'finding')} in {count(len(folders), 'exercise')} ({tried}) and {count(items, 'item')}"
    )
    return LOST if found else FULL


def _show(findings: Sequence[Finding]) -> None:
    """At once, not at the end: trying an exercise takes a while."""
    for finding in sorted(set(findings)):
        # With a path that can be clicked from where the command was given.
        click.echo(printable(str(replace(finding, path=Path(os.path.relpath(finding.path))))))


def _folders(course: Path, names: tuple[str, ...]) -> list[Path]:
    folders = {
        path.parent.name: path.parent for path in sorted((course / "exercises").glob("*/exercise.yaml"))
    }
    for name in names:
        if name not in folders:
            raise no_such("exercise", name, folders)
    return [folders[name] for name in names] or list(folders.values())


def _audited(folders: Sequence[Path]) -> Iterator[Audited]:
    """One process an exercise, as many at once as there are processors."""
    if not folders:
        return
    context = multiprocessing.get_context("spawn")  # the sandbox's launcher must not be inherited
    with ProcessPoolExecutor(min(len(folders), os.cpu_count() or 1), mp_context=context) as pool:
        results = pool.map(audit_exercise, folders)
        for folder in folders:
            with working(f"trying {folder.name}"):
                result = next(results)
            yield result


def _audit_bank(course: Path) -> tuple[list[Finding], int]:
    folder = course / BANK
    if not folder.is_dir():
        return [], 0
    bank, findings = read_bank(folder)
    for path in sorted((folder / "blueprints").glob("*.yaml")):
        findings += read_blueprint(path, set(bank.topics.values()))[1]
    return findings, len(bank.items)
