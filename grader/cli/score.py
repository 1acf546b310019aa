"""`grade score`: marks a filled-in paper."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import click

from grader.bank import load_bank
from grader.cli import FULL, LOST, USAGE
from grader.cli.code import CodeMarker
from grader.cli.course import the_course
from grader.cli.output import GivenPath, ReportPath, refuse_over, write
from grader.errors import ContentError, GradeError, UsageError, listed
from grader.exam.deciding import unused, with_marks
from grader.exam.given import Responses
from grader.exam.marking import MarkedPaper, mark_responses
from grader.exam.marks import Key, Mark, Marks, marks_csv, marks_yaml, read_marks, waiting
from grader.exam.responses import read_responses
from grader.files import write_file
from grader.model.item import Bank
from grader.model.score import total
from grader.report.paper import FORMATS, refused_to_json
from grader.sandbox.client import Isolation
from grader.sandbox.text import one_line, printable


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="terminal", show_default=True)
@click.option("--output", type=ReportPath(), help="Write the result here, not to the terminal.")
@click.option("--paper", metavar="ID", help="Take only answers to this paper, the one handed out.")
@click.option("--pending", type=GivenPath(), help="Write what a person has to decide here: CSV or YAML.")
@click.option("--marks", type=GivenPath(), help="Count what a person decided: a `--pending` file, filled in.")
@click.option(
    "--isolation",
    type=click.Choice([str(one) for one in Isolation]),
    help="What is to keep code apart; on CI `strict`, elsewhere `auto`.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even when points were lost.")
def score(
    files: tuple[Path, ...],
    format_: str,
    output: Path | None,
    paper: str | None,
    pending: Path | None,
    marks: Path | None,
    isolation: str | None,
    *,
    exit_zero: bool,
) -> int:
    """Mark filled-in papers: YAML, JSON, or a notebook that `grade midterm` wrote.

    Essays, and answers that cannot be decided here, wait for a person: `--pending FILE` writes a line for
    each criterion, and `--marks FILE` counts what was filled in under `given`.

    Exits with 0 for full marks, 1 when points were lost or a response could not be used, 2 when a file
    could not be read; the others are marked all the same. With `--format json`, one FILE at a time.
    """
    if format_ == "json" and len(files) > 1:
        raise UsageError("JSON holds one paper; mark the files one by one")
    given = (*files, marks) if marks else files
    refuse_over(output, given)
    refuse_over(pending, given)
    decided = read_marks(marks) if marks else None
    course = the_course("question_bank")
    bank = load_bank(course / "question_bank")
    texts, code = [], FULL
    with CodeMarker(course, isolation) as mark_code:
        run = _Run(course, bank, paper, mark_code, decided)
        for path in files:
            try:
                marked = run.mark(path)
            except GradeError as error:
                if len(files) == 1:
                    _leave_word(error, format_, output)
                    raise
                click.echo(_told(path, error), err=True)
                code = USAGE
                continue
            heading = f"{one_line(str(path))}\n" if len(files) > 1 else ""
            texts.append(heading + FORMATS[format_](marked.results, marked.findings))
            if marked.findings:
                click.echo(printable(listed(marked.findings)), err=True)
            if not _is_full(marked) and not exit_zero:
                code = max(code, LOST)
    if decided and (left := sorted(unused(decided, run.used))):
        click.echo(printable(listed(left)), err=True)
        code = max(code, FULL if exit_zero else LOST)
    if pending:
        _write_pending(run.waits, pending)
    if texts:
        write("\n".join(texts), output)
    return code


@dataclass(slots=True)
class _Run:
    """Marks one paper after another; `waits` is what a person has to decide, `used` what one decided."""

    course: Path
    bank: Bank
    paper: str | None
    mark_code: CodeMarker
    decided: Marks | None
    waits: list[Mark] = field(default_factory=list)
    used: set[Key] = field(default_factory=set)

    def mark(self, path: Path) -> MarkedPaper:
        """The marked paper, with what a person decided about it.

        Raises:
            GradeError: the file cannot be read, or answers another paper.
        """
        responses = _of_paper(read_responses(path), self.paper)
        marked = mark_responses(self.course, self.bank, responses, self.mark_code)
        if self.decided:
            results, findings, used = with_marks(self.decided, responses.paper, str(path), marked.results)
            marked = MarkedPaper(results, (*marked.findings, *findings))
            self.used |= used
        self.waits += waiting(responses.paper, str(path), marked.results)
        return marked


def _write_pending(waits: Sequence[Mark], path: Path) -> None:
    """Writes what a person has to decide; never over what somebody filled in.

    Raises:
        UsageError: another file is there.
    """
    text = marks_yaml(waits) if path.suffix.lower() in (".yaml", ".yml") else marks_csv(waits)
    data = text.encode("utf-8")
    if path.exists() and path.is_file() and path.read_bytes() != data:
        raise UsageError(f"`{path}` is there already, and perhaps filled in; name another file")
    write_file(path, data)
    lines = "1 line" if len(waits) == 1 else f"{len(waits)} lines"
    click.echo(f"{lines} for a person in {one_line(str(path))}", err=True)


def _told(path: Path, error: GradeError) -> str:
    return printable(str(error)) if isinstance(error, ContentError) else one_line(f"{path}: {error}")


def _leave_word(error: GradeError, format_: str, output: Path | None) -> None:
    """In the place of a result, so that none of another paper is taken for it."""
    if output:
        text = f"{error}\n" if format_ == "terminal" else refused_to_json(str(error))
        with suppress(UsageError):
            write(printable(text), output)


def _of_paper(responses: Responses, paper: str | None) -> Responses:
    """The responses, if they are to the paper handed out; who could choose it would choose an easy one."""
    if paper is None or responses.paper == paper:
        return responses
    given = f"paper `{responses.paper}`" if responses.paper else "no paper by its id"
    raise UsageError(f"`{responses.path.name}` answers {given}; `{paper}` is asked for")


def _is_full(paper: MarkedPaper) -> bool:
    return not paper.findings and total(result.score for result in paper.results).is_full
