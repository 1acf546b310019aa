"""A form as a Jupyter notebook, one answer cell a question."""

import hashlib
from collections.abc import Iterator
from typing import Any

import nbformat

from grader.exam.notebooks import CODE, METADATA, PASTE_HERE, TEXT, WRITE_HERE
from grader.exam.printed import blank_names, part_name
from grader.export.bodies import body
from grader.export.markdown import solutions_markdown
from grader.export.pages import head, part_head, points
from grader.model.answer import FormulaAnswer, MatrixFormulaAnswer, NumberAnswer, ShapeAnswer, TextAnswer
from grader.model.form import Form, Question
from grader.model.item import (
    Code,
    Essay,
    Matching,
    MultipleChoice,
    Ordering,
    ShortAnswer,
    SingleChoice,
    Table,
    TrueFalse,
)


def paper_notebook(form: Form) -> str:
    """The paper to be filled in: after each question a cell `answer = None`, which is read and never run."""
    cells = [_text(form, "title", f"# {form.title}\n\n{_preface(form)}")]
    for section in form.sections:
        cells.append(_text(form, section.title, f"## {section.title}\n\n{section.rule}"))
        for question in section.questions:
            cells += _question(form, question)
    return _written(cells)


def solutions_notebook(form: Form) -> str:
    """The solutions, as one page of text."""
    return _written([_text(form, "solutions", solutions_markdown(form).rstrip("\n"))])


def _preface(form: Form) -> str:
    return (
        f"Paper `{form.id}` · {form.minutes} minutes · {points(form)} points\n\n"
        "Write each answer after `answer =` and leave `None` for a blank one. Save the notebook and mark it"
        " with `grade score`."
    )


def _question(form: Form, question: Question) -> Iterator[dict[str, Any]]:
    yield _text(form, question.item.id, f"{head(question)}\n\n{body(question)}".strip())
    if not question.parts:
        yield _answer(form, question, question.item.id)
    for part in question.parts:
        name = f"{question.item.id} {part_name(part)}"
        yield _text(form, name, f"{part_head(part)}\n\n{body(part)}".strip())
        yield _answer(form, part, question.item.id, part_name(part))


def _answer(form: Form, question: Question, item: str, part: str | None = None) -> dict[str, Any]:
    """The cell to fill in: `answer = None`, or for an essay text, for an exercise code."""
    about = {"item": item, "paper": form.id, **({"part": part} if part else {})}
    cell = {"id": _cell_id(form, f"answer {item}{f' {part}' if part else ''}")}
    match question.item:
        case Essay():
            metadata = {METADATA: {**about, "kind": TEXT}, "tags": ["answer"]}
            return {"cell_type": "markdown", **cell, "metadata": metadata, "source": WRITE_HERE}
        case Code(exercise=exercise):
            metadata = {METADATA: {**about, "kind": CODE}, "tags": ["answer"]}
            source = PASTE_HERE.format(exercise=exercise)
        case Table() as table:
            metadata = {METADATA: about, "tags": ["answer"]}
            names = blank_names(table).items()
            lines = "".join(f'    "{name}": None,  # {_typed(blank)}\n' for name, blank in names)
            source = f"answer = {{\n{lines}}}"
        case _:
            metadata = {METADATA: about, "tags": ["answer"]}
            source = f"answer = None  # {_example(question)}"
    return {
        "cell_type": "code",
        **cell,
        "metadata": metadata,
        "source": source,
        "execution_count": None,
        "outputs": [],
    }


def _example(question: Question) -> str:
    match question.item:
        case TrueFalse():
            return "True or False"
        case SingleChoice():
            return 'one letter, "A"'
        case MultipleChoice():
            return 'letters, "AC"'
        case Matching():
            return 'numbers with letters, "1B 2A"'
        case Ordering():
            return 'letters in order, "CAB"'
        case ShortAnswer() as item:
            return _typed(item)
    return "in quotes"


def _typed(item: ShortAnswer) -> str:
    """How an answer of this kind is written; never one for the answer itself."""
    match item.answer:
        case FormulaAnswer():
            return 'a formula, "exp(x)/(1 + exp(x))^2"'
        case MatrixFormulaAnswer():
            return 'a formula, "W^T (W x - y)"'
        case TextAnswer():
            return "a word or a few, in quotes"
        case ShapeAnswer():
            return 'a shape, "8x3x32x32"'
        case NumberAnswer():
            return 'a number, 12.5 or "10*5*5 + 10"'


def _text(form: Form, name: str, text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": _cell_id(form, name), "metadata": {}, "source": text}


def _cell_id(form: Form, name: str) -> str:
    # nbformat draws ids at random; the same form must give the same bytes.
    return hashlib.sha256(f"{form.id} {name}".encode()).hexdigest()[:12]


def _written(cells: list[dict[str, Any]]) -> str:
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    notebook = nbformat.from_dict({"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"  # type: ignore[no-untyped-call]
