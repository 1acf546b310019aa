"""What the templates of all formats say about a question."""

from collections.abc import Iterator
from fractions import Fraction

from jinja2 import Environment, PackageLoader, StrictUndefined

from grader.exam.printed import key_letters, option_text, printed_options
from grader.model.form import Form, Question
from grader.model.item import ShortAnswer, TrueFalse
from grader.model.score import show_points
from grader.quiz.answers import shown_answer
from grader.quiz.selection import letter


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
    pages.globals.update(
        points=points, worth=worth, options=options, solved_options=solved_options, answer=answer
    )
    return pages


def points(form: Form) -> str:
    """The points of a whole form."""
    every = (question.points for section in form.sections for question in section.questions)
    return show_points(sum(every, Fraction(0)))


def worth(question: Question) -> str:
    """The points of a question, in words."""
    return "1 point" if question.points == 1 else f"{show_points(question.points)} points"


def options(question: Question) -> Iterator[tuple[str, str]]:
    """Letter and text of each option as printed; true and false for a statement."""
    if isinstance(question.item, TrueFalse):
        return
    for index, option in enumerate(printed_options(question)):
        yield letter(index), " ".join(option_text(option).split())


def solved_options(question: Question) -> Iterator[tuple[str, str, str, bool]]:
    """Letter, text, feedback and whether it is right, of each option as printed."""
    key = key_letters(question)
    for index, option in enumerate(printed_options(question)):
        feedback = "" if isinstance(option, str) else option.feedback or ""
        text = " ".join(option_text(option).split())
        yield letter(index), text, " ".join(feedback.split()), letter(index) in key


def answer(question: Question) -> str:
    """The right answer in a few words."""
    match question.item:
        case TrueFalse(answer=is_true):
            return "true" if is_true else "false"
        case ShortAnswer() as item:
            return shown_answer(item)
    return ", ".join(sorted(key_letters(question)))
