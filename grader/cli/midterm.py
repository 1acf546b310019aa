"""`grade midterm`: writes practice midterms with their solutions, and certifies what was asked of them."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import yaml

from grader.bank import load_bank
from grader.cli.course import the_course
from grader.cli.output import working
from grader.errors import UsageError
from grader.exam.assembly import assemble_forms
from grader.exam.blueprint import load_blueprint
from grader.exam.blueprint_faults import MAX_FORMS
from grader.exam.certificate import certify
from grader.exam.kept import keep_choices
from grader.exam.paper_id import form_of
from grader.exam.printed import blank_names, part_name
from grader.export import FORMATS, PAGES
from grader.files import write_file
from grader.model.form import Form, Question
from grader.model.item import Table
from grader.report.certificate import CERTIFICATES

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
    "--forms", type=click.IntRange(1, MAX_FORMS), help="How many parallel forms; else what BLUEPRINT says."
)
@click.option(
    "--to",
    "formats",
    default="md,ipynb",
    show_default=True,
    help=f"Formats, joined by commas: {', '.join(FORMATS)}; and pages to take in a browser: practice, with"
    " the keys in it, marks itself; graded, without any, only saves the answers.",
)
@click.option("--output", type=click.Path(path_type=Path), default=Path("papers"), show_default=True)
@click.option("--force", is_flag=True, help="Write files anew that were filled in or changed since.")
def midterm(blueprint: str, seed: int, forms: int | None, formats: str, output: Path, *, force: bool) -> None:
    """Write the forms that BLUEPRINT draws with a seed: papers, solutions, and responses files to fill in.

    Beside them stands a certificate: each constraint of the blueprint, what was asked, what each form has;
    as a page too, with a picture of the topics by difficulty, where `html` is among the formats.
    The same blueprint, bank and seed give the same bytes. A file that was filled in or changed since is left
    as it is. Exits with 2 where the bank cannot give what is asked, and names what is short.
    """
    course = the_course("question_bank")
    wanted = _formats(formats)
    bank = load_bank(course / "question_bank")
    plan = load_blueprint(course, blueprint, bank)
    with working("choosing the questions"):
        made = assemble_forms(plan, bank, seed, forms)
        certificate = certify(plan, bank, made)
    keep_choices(course, made)
    files = {name: data for form in made for name, data in _files(form, wanted).items()}
    name = made[0].id if len(made) == 1 else _name_of_all(made)
    for ending in ("md", "json", *({"html"} & {*wanted})):
        files[f"{name}-certificate.{ending}"] = CERTIFICATES[ending](certificate).encode("utf-8")
    for name, data in files.items():
        path = output / name
        if not force and _differs(path, data):
            click.echo(
                f"{path} is filled in already or changed, and was left as it is; `--force` writes it anew",
                err=True,
            )
        else:
            write_file(path, data)
            click.echo(str(path))


def _name_of_all(forms: Sequence[Form]) -> str:
    """What the forms of one seed are called together."""
    drawn = form_of(forms[0].id)
    digest = hashlib.sha256(" ".join(form.id for form in forms).encode("utf-8")).hexdigest()[:6]
    return f"{drawn.blueprint}-{drawn.seed}-all{drawn.forms}-{digest}"


def _files(form: Form, formats: Sequence[str]) -> dict[str, bytes]:
    """What is in each file, by its name."""
    files = {}
    for name in formats:
        if name in PAGES:
            files[f"{form.id}-{name}.html"] = PAGES[name](form)
            continue
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
    known = (*FORMATS, *PAGES)
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        shown = f"`{unknown[0]}` is no format of a paper" if unknown else "no format was named"
        raise UsageError(f"{shown}; the formats are: {', '.join(known)}")
    return names
