"""An exercise as a Jupyter notebook: its statement, a cell to solve it in and a cell that marks it."""

import hashlib
from collections.abc import Mapping
from typing import Any

import nbformat

from grader.cells import TAG
from grader.model.exercise import Exercise

KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
CODE: Mapping[str, Any] = {"cell_type": "code", "execution_count": None, "outputs": []}
MARK = "Run the cell below to mark what the cell above defines. Save the notebook to hand it in."


def exercise_notebook(exercise: Exercise) -> str:
    """The notebook that a student solves the exercise in; the same exercise gives the same bytes."""
    statement = (exercise.folder / "README.md").read_text(encoding="utf-8")
    stub = exercise.stub.read_text(encoding="utf-8")
    check = f"%load_ext grader\n%grade {exercise.id}"
    cells: list[dict[str, Any]] = [
        {"cell_type": "markdown", "source": statement.strip(), "metadata": {}},
        {**CODE, "source": stub.strip(), "metadata": {"tags": [TAG + exercise.id]}},
        {"cell_type": "markdown", "source": MARK, "metadata": {}},
        {**CODE, "source": check, "metadata": {}},
    ]
    for number, cell in enumerate(cells):
        cell["id"] = _id(exercise, number)
    tree = {"cells": cells, "metadata": KERNEL, "nbformat": 4, "nbformat_minor": 5}
    notebook = nbformat.from_dict(tree)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"  # type: ignore[no-untyped-call]


def _id(exercise: Exercise, number: int) -> str:
    # nbformat draws ids at random; the same exercise must give the same bytes.
    return hashlib.sha256(f"{exercise.id} {number}".encode()).hexdigest()[:12]
