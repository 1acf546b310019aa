"""`grade score`: marks filled-in papers, one or a folder of hundreds."""

import sys
from contextlib import suppress
from pathlib import Path

import click

from grader.bank import load_bank
from grader.batch.incoming import refuse_among
from grader.cli import FULL, LOST, USAGE
from grader.cli.code import CodeMarker
from grader.cli.course import the_course
from grader.cli.output import GivenPath, ReportPath, refuse_over, write
from grader.cli.scoring import FORMATS, Outcome, write_changes, write_pages, write_pending
from grader.errors import ContentError, GradeError, UsageError, listed
from grader.exam.again import Forms
from grader.exam.amendments import read_amendments
from grader.exam.collecting import Collected, collect
from grader.exam.deciding import unused
from grader.exam.marks import read_marks
from grader.exam.papers import PaperMarker, Standing, unused_amendments, with_odd_ones
from grader.report.paper import refused_to_json
from grader.sandbox.client import Isolation
from grader.sandbox.text import one_line, printable

OF_ONE = ("terminal", "json")
"""Formats that have a form of their own for one paper alone; the others have a row or a page for any."""


@click.command()
@click.argument("papers", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format", "format_", type=click.Choice([*FORMATS, "html"]), default="terminal", show_default=True
)
@click.option("-o", "--output", type=ReportPath(), help="Write the result here; of HTML, the folder.")
@click.option("--paper", "handed_out", metavar="ID", multiple=True, help="Take only answers to this paper.")
@click.option("--pending", type=GivenPath(), help="Write what a person has to decide here: CSV or YAML.")
@click.option("--marks", type=GivenPath(), help="Count what a person decided: a `--pending` file, filled in.")
@click.option("--amend", type=GivenPath(), help="Mark with these amendments to wrong keys: YAML.")
@click.option(
    "--changes", type=GivenPath(), help="The folder for what they changed: a table, the audit trail."
)
@click.option(
    "--isolation",
    type=click.Choice([str(one) for one in Isolation]),
    help="What is to keep code apart; on CI `strict`, elsewhere `auto`.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even when points were lost.")
def score(
    papers: tuple[Path, ...],
    format_: str,
    output: Path | None,
    handed_out: tuple[str, ...],
    pending: Path | None,
    marks: Path | None,
    amend: Path | None,
    changes: Path | None,
    isolation: str | None,
    *,
    exit_zero: bool,
) -> int:
    """Mark filled-in PAPERS: YAML, JSON, notebooks that `grade midterm` wrote, or folders of them.

    Of a folder each file is one student's, called by its name, and so is each folder in it. `--format csv`
    writes a row a student, `--format html -o DIR` a page a student and `index.html` for you. `--paper`, once
    for each form handed out, refuses all others.

    Essays, and answers that cannot be decided here, wait for a person: `--pending FILE` writes a line for
    each criterion, and `--marks FILE` counts what was filled in under `given`. A wrong key is amended with
    `--amend FILE`: another answer accepted, full credit for all, or the item dropped.

    Exits with 0 for full marks, 1 when points were lost or a response could not be used, 2 when a file
    could not be read; the others are marked all the same.
    """
    for path in (output, pending):
        refuse_over(path, (*papers, *(given for given in (marks, amend) if given)))
    _refuse_folders(format_, output, changes, papers)
    if changes and not amend:
        raise UsageError("`--changes` tells what amendments changed; name them with `--amend FILE`")
    decided = read_marks(marks) if marks else None
    course = the_course("question_bank")
    bank = load_bank(course / "question_bank")
    amendments = read_amendments(amend, bank) if amend else None
    found = collect(papers)
    with CodeMarker(course, isolation) as mark_code:
        marker = PaperMarker(Forms(course, bank), mark_code, handed_out, decided, amendments)
        standings = _marked(marker, found)
    is_one = len(standings) == 1 and not found.is_many
    if is_one and format_ in OF_ONE and (error := standings[0].error):
        _leave_word(error, format_, output)
        raise error
    findings = [*found.passed_over]
    findings += sorted(unused(decided, marker.used)) if decided else []
    findings += unused_amendments(amendments, standings) if amendments else []
    outcome = Outcome(tuple(standings), tuple(findings), found.is_many, amendments)
    _tell(outcome)
    if pending:
        write_pending(marker.waits, pending)
    if changes:
        write_changes(outcome, bank, changes)
    if format_ == "html" and output:
        write_pages(outcome, output)
    elif outcome.has_result or format_ not in OF_ONE:
        write(FORMATS[format_](outcome), output)
    return _exit_code(outcome, exit_zero=exit_zero)


def _refuse_folders(
    format_: str, output: Path | None, changes: Path | None, papers: tuple[Path, ...]
) -> None:
    """Refuses to write where the next run would take what was written for papers.

    Raises:
        UsageError: a folder lies among the papers, or none is named for pages.
    """
    if format_ == "html" and output is None:
        raise UsageError("HTML is a page a student; name a folder for them: `-o DIR`")
    for folder in filter(None, (output, changes)):
        refuse_among(folder, [path for path in papers if path.is_dir()])


def _marked(marker: PaperMarker, found: Collected) -> list[Standing]:
    if not found.is_many:
        return [marker.standing(one) for one in found.papers]
    if sys.stderr.isatty():
        with click.progressbar(found.papers, label="marking", file=sys.stderr) as papers:
            return with_odd_ones([marker.standing(one) for one in papers])
    return with_odd_ones([marker.standing(one) for one in found.papers])


def _tell(outcome: Outcome) -> None:
    """What could not be used, to whoever runs the command; of hundreds of papers the first of it."""
    if outcome.is_many:
        found = [finding for one in outcome.standings for finding in one.findings]
        if found or outcome.findings:
            click.echo(printable(listed([*outcome.findings, *found])), err=True)
        return
    for one in outcome.standings:
        if one.error:
            click.echo(_told(one.path, one.error), err=True)
        elif one.findings:
            click.echo(printable(listed(one.findings)), err=True)
    if outcome.findings:
        click.echo(printable(listed(outcome.findings)), err=True)


def _told(path: Path, error: GradeError) -> str:
    return printable(str(error)) if isinstance(error, ContentError) else one_line(f"{path}: {error}")


def _leave_word(error: GradeError, format_: str, output: Path | None) -> None:
    """In the place of a result, so that none of another paper is taken for it."""
    if output:
        text = f"{error}\n" if format_ == "terminal" else refused_to_json(str(error))
        with suppress(UsageError):
            write(printable(text), output)


def _exit_code(outcome: Outcome, *, exit_zero: bool) -> int:
    if any(one.error for one in outcome.standings):
        return USAGE
    is_full = all(one.is_full for one in outcome.standings) and not outcome.findings
    return FULL if is_full or exit_zero else LOST
