"""`grade midterm`: writes a practice midterm with its solutions."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import yaml

from grader.bank import load_bank
from grader.cli.course import the_course
from grader.errors import UsageError
from grader.exam.assembly import assemble
from grader.exam.blueprint import load_blueprint
from grader.exam.printed import blank_names, part_name
from grader.export import FORMATS
from grader.files import write_file
from grader.model.form import Form, Question
from grader.model.item import Table

MAX_SEED = 10**9
_HINTS = {
    "matching": ", such as 1B 2A",
    "ordering": ", such as CAB",
    "code": ": write | after the colon, then your code, indented",
    "essay": ": write | after the colon, then your text, indented",
}
"""What a responses file says about answers that are not letters or a word."""


@click.command()
@click.argument("blueprint", default="midterm")
@click.option(
    "--seed", type=click.IntRange(0, MAX_SEED), default=0, show_default=True, help="Which form to draw."
)
@click.option(
    "--to",
    "formats",
    default="md,ipynb",
    show_default=True,
    help=f"Formats, joined by commas: {', '.join(FORMATS)}.",
)
@click.option("--output", type=click.Path(path_type=Path), default=Path("papers"), show_default=True)
@click.option("--force", is_flag=True, help="Write files anew that were filled in or changed since.")
def midterm(blueprint: str, seed: int, formats: str, output: Path, *, force: bool) -> None:
    """Write the form that BLUEPRINT draws with a seed: paper, solutions, and a responses file to fill in.

    The same blueprint, bank and seed give the same bytes. A file that was filled in or changed since is left
    as it is.
    """
    course = the_course("question_bank")
    wanted = _formats(formats)
    bank = load_bank(course / "question_bank")
    form = assemble(load_blueprint(course, blueprint, topics=bank.topics.values()), bank, seed)
    for name, data in _files(form, wanted).items():
        path = output / name
        if not force and _differs(path, data):
            click.echo(
                f"{path} is filled in already or changed, and was left as it is; `--force` writes it anew",
                err=True,
            )
        else:
            write_file(path, data)
            click.echo(str(path))


def _files(form: Form, formats: Sequence[str]) -> dict[str, bytes]:
    """What is in each file, by its name."""
    files = {}
    for name in formats:
        paper, solutions = FORMATS[name]
        files[f"{form.id}.{name}"] = paper(form)
        files[f"{form.id}-solutions.{name}"] = solutions(form)
    return {**files, f"{form.id}-responses.yaml": blank_responses(form).encode("utf-8")}


def _differs(path: Path, data: bytes) -> bool:
    """Whether something else stands there, a student's answers for one."""
    try:
        return path.is_file() and path.read_bytes() != data
    except OSError as error:
        raise UsageError(f"`{path}` cannot be read: {error.strerror}") from None


def blank_responses(form: Form) -> str:
    """A responses file in which every item of the form waits for its answer, with its number on the paper."""
    lines = ["# Write each answer after its colon: true or false, letters such as AC, or text."]
    lines += [yaml.safe_dump({"paper": form.id}, allow_unicode=True).rstrip("\n"), "responses:"]
    for section in form.sections:
        lines.append(f"  # {' '.join(section.title.split())}")
        for question in section.questions:
            lines += _waiting(question, question.item.id, f"question {question.number}", "  ")
    return "\n".join(lines) + "\n"


def _waiting(question: Question, name: str, told: str, indent: str) -> Iterator[str]:
    """The line of a question, or one for each of its parts or cells."""
    hint = _HINTS.get(question.item.type, "")
    yield f"{indent}{name}:  # {told}{hint}"
    for part in question.parts:
        yield from _waiting(part, part_name(part), f"part {part_name(part)}", f"{indent}  ")
    if isinstance(question.item, Table):
        yield from (f"{indent}  {cell}:" for cell in blank_names(question.item))


def _formats(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        shown = f"`{unknown[0]}` is no format of a paper" if unknown else "no format was named"
        raise UsageError(f"{shown}; the formats are: {', '.join(FORMATS)}")
    return names
