"""`grade score`: marks a filled-in paper."""

from contextlib import suppress
from pathlib import Path

import click

from grader.bank import load_bank
from grader.cli import FULL, LOST, USAGE
from grader.cli.course import the_course
from grader.cli.output import ReportPath, refuse_over, write
from grader.errors import ContentError, GradeError, UsageError, listed
from grader.exam.marking import MarkedPaper, mark_responses
from grader.exam.responses import Responses, read_responses
from grader.model.score import total
from grader.report.paper import FORMATS, refused_to_json
from grader.sandbox.text import one_line, printable


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="terminal", show_default=True)
@click.option("--output", type=ReportPath(), help="Write the result here, not to the terminal.")
@click.option("--paper", metavar="ID", help="Take only answers to this paper, the one handed out.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even when points were lost.")
def score(
    files: tuple[Path, ...], format_: str, output: Path | None, paper: str | None, *, exit_zero: bool
) -> int:
    """Mark filled-in papers: YAML, JSON, or a notebook that `grade midterm` wrote.

    Exits with 0 for full marks, 1 when points were lost or a response could not be used, 2 when a file
    could not be read; the others are marked all the same. With `--format json`, one FILE at a time.
    """
    if format_ == "json" and len(files) > 1:
        raise UsageError("JSON holds one paper; mark the files one by one")
    refuse_over(output, files)
    course = the_course("question_bank")
    bank = load_bank(course / "question_bank")
    texts, code = [], FULL
    for path in files:
        try:
            marked = mark_responses(course, bank, _of_paper(read_responses(path), paper))
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
    if texts:
        write("\n".join(texts), output)
    return code


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
