"""`grade midterm`: writes a practice midterm with its solutions."""

from pathlib import Path

import click
import yaml

from grader.bank import load_bank
from grader.course import find_course
from grader.errors import UsageError
from grader.exam.assembly import assemble
from grader.exam.blueprint import load_blueprint
from grader.export import FORMATS
from grader.files import write_file
from grader.model.form import Form

MAX_SEED = 10**9


@click.command()
@click.argument("blueprint", default="midterm")
@click.option(
    "--seed", type=click.IntRange(0, MAX_SEED), default=0, show_default=True, help="Which form to draw."
)
@click.option("--to", "formats", default="md,ipynb", show_default=True, help="Formats, joined by commas.")
@click.option("--output", type=click.Path(path_type=Path), default=Path("papers"), show_default=True)
def midterm(blueprint: str, seed: int, formats: str, output: Path) -> None:
    """Write the form that BLUEPRINT draws with a seed: paper, solutions, and a responses file to fill in.

    The same blueprint, bank and seed give the same bytes.
    """
    course = find_course(Path.cwd())
    wanted = _formats(formats)
    form = assemble(load_blueprint(course, blueprint), load_bank(course / "question_bank"), seed)
    for name in wanted:
        paper, solutions = FORMATS[name]
        _write(output / f"{form.id}.{name}", paper(form))
        _write(output / f"{form.id}-solutions.{name}", solutions(form))
    responses = output / f"{form.id}-responses.yaml"
    if responses.exists() and responses.read_text(encoding="utf-8") != blank_responses(form):
        click.echo(f"{responses} is filled in already and was left as it is", err=True)
    else:
        _write(responses, blank_responses(form))


def blank_responses(form: Form) -> str:
    """A responses file in which every item of the form waits for its answer."""
    names = [question.item.id for section in form.sections for question in section.questions]
    tree = {"paper": form.id, "responses": dict.fromkeys(names)}
    return yaml.safe_dump(tree, sort_keys=False, allow_unicode=True)


def _formats(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        shown = f"`{unknown[0]}` is no format of a paper" if unknown else "no format was named"
        raise UsageError(f"{shown}; the formats are: {', '.join(FORMATS)}")
    return names


def _write(path: Path, text: str) -> None:
    write_file(path, text.encode("utf-8"))
    click.echo(str(path))
