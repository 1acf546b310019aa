"""What the templates of all formats say about a question."""

from fractions import Fraction

from jinja2 import Environment, PackageLoader, StrictUndefined

from grader.exam.printed import part_name
from grader.export.bodies import answer, body, box, misses, solved
from grader.model.form import Form, Question
from grader.model.score import in_points, show_points


def environment() -> Environment:
    """Jinja2 with the templates of this package; a slip in a template is an error, not an empty place."""
    pages = Environment(
        loader=PackageLoader("grader.export"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 (Markdown, not HTML)
    )
    pages.globals.update(points=points, head=head, part_head=part_head, body=body, box=box)
    pages.globals.update(solved=solved, answer=answer, misses=misses)
    return pages


def points(form: Form) -> str:
    """The points of a whole form."""
    every = (question.points for section in form.sections for question in section.questions)
    return show_points(sum(every, Fraction(0)))


def head(question: Question) -> str:
    """Number, points and stem, with the scoring rule where it is not that of the section."""
    return _head(f"**{question.number}.**", question)


def part_head(part: Question) -> str:
    """The same of a part: its letter, points, stem and rule."""
    return _head(f"**({part_name(part)})**", part)


def _head(name: str, question: Question) -> str:
    rule = f"\n\n*{question.rule}*" if question.rule else ""
    return f"{name} ({in_points(question.points)}) {question.item.stem.strip()}{rule}"
