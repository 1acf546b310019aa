"""`grade audit`: holds the course to its own rules."""

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import click

from grader.audit.bank import audit_bank
from grader.audit.blueprints import try_blueprints
from grader.audit.coverage import coverage as count_coverage
from grader.audit.exercises import Audited, audit_exercise
from grader.audit.keys import Proved, audit_keys
from grader.cli import FULL, LOST
from grader.cli.course import the_course
from grader.cli.output import working
from grader.errors import Finding, no_such
from grader.exam.solver import MISSING
from grader.report.coverage import coverage_to_terminal
from grader.sandbox.text import printable
from grader.testing.wording import count

BANK = "question_bank"


@click.command()
@click.argument("names", nargs=-1)
@click.option("--coverage", is_flag=True, help="Count, by topic, the curriculum's entries that are used.")
@click.option("--missing", is_flag=True, help="With `--coverage`: list the entries that are not.")
def audit(names: tuple[str, ...], *, coverage: bool, missing: bool) -> int:
    """Hold the question bank and all exercises, or those named, to the rules of the audit.

    `grade audit question_bank` holds the bank alone, proves its keys, and tries whether it can give what
    each blueprint asks for. Each finding is `path:line:column: rule: what` with a cure; `grade explain RULE`
    says more. Exits with 1 when something was found.
    """
    course = the_course(BANK if names == (BANK,) or coverage or missing else "solutions")
    if coverage or missing:
        content = audit_bank(course).content
        rows = count_coverage(content.curriculum, content.sources)
        click.echo(coverage_to_terminal(rows, missing=missing), nl=False)
        return FULL
    folders = [] if names == (BANK,) else _folders(course, tuple(name for name in names if name != BANK))
    found, items, tests, mistakes = 0, 0, 0, 0
    proved = Proved()
    if (not names or BANK in names) and (course / BANK).is_dir():
        found, items, proved = _audited_bank(course)
    for result in _audited(folders):
        _show(result.findings)
        found += len(set(result.findings))
        tests += result.tests
        mistakes += result.mistakes
    held = [count(items, "item")] if not names or BANK in names else []
    if folders or not held:
        told = f"{count(tests, 'test')}, {count(mistakes, 'named mistake')}"
        held.insert(0, f"{count(len(folders), 'exercise')} ({told})")
    click.echo(f"{count(found, 'finding')} in {' and '.join(held)}")
    if proved.items:
        click.echo(str(proved))
    return LOST if found else FULL


def _audited_bank(course: Path) -> tuple[int, int, Proved]:
    """How many findings and items a bank has, and what its keys rest on."""
    bank = audit_bank(course)
    _show(bank.findings)
    with working("proving the keys of the bank"):
        proved = audit_keys(course / BANK, bank.content.bank)
    _show(proved.findings)
    with working("trying the blueprints"):
        tried = try_blueprints(bank.sound, bank.content.bank)
    _show(tried.findings)
    if tried.untried:
        untried = ", ".join(f"`{name}`" for name in tried.untried)
        click.echo(f"whether the bank can give what {untried} asks for was not tried: {MISSING}", err=True)
    found = {*bank.findings, *proved.findings, *tried.findings}
    return len(found), len(bank.content.bank.items), proved


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
    """One process an exercise, as many at once as there are processors; a single one needs no other."""
    if len(folders) < 2:
        for folder in folders:
            with working(f"trying {folder.name}"):
                result = audit_exercise(folder)
            yield result
        return
    context = multiprocessing.get_context("spawn")  # the sandbox's launcher must not be inherited
    with ProcessPoolExecutor(min(len(folders), os.cpu_count() or 1), mp_context=context) as pool:
        results = pool.map(audit_exercise, folders)
        for folder in folders:
            with working(f"trying {folder.name}"):
                result = next(results)
            yield result
