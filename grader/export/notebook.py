"""A form as a Jupyter notebook, one answer cell a question."""

import hashlib
from collections.abc import Iterator
from typing import Any

import nbformat

from grader.exam.notebooks import METADATA
from grader.export.markdown import solutions_markdown
from grader.export.pages import options, points, worth
from grader.model.form import Form, Question
from grader.model.item import MultipleChoice, SingleChoice, TrueFalse


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
    lines = [f"**{question.number}.** ({worth(question)}) {question.item.stem.strip()}", ""]
    lines += [f"- {letter}. {text}" for letter, text in options(question)]
    yield _text(form, question.item.id, "\n".join(lines).strip())
    yield {
        "cell_type": "code",
        "id": _cell_id(form, f"answer {question.item.id}"),
        "metadata": {METADATA: {"item": question.item.id, "paper": form.id}, "tags": ["answer"]},
        "source": f"answer = None  # {_example(question)}",
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
    return 'text, "8x3x32x32" or "10*5*5 + 10"'


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
