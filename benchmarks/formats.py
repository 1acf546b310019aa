"""The ten tests and the submissions in the form that each grader wants, and what it said of them."""

import hashlib
import json
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from measure import command
from submissions import Submission

FILES = Path(__file__).with_name("peer_files")
COURSE = Path(__file__).with_name("course")
TESTS = 10


def write_files(place: Path, batch: Sequence[Submission]) -> None:
    """Each submission as a module, `NAME.py`."""
    for one in batch:
        (place / f"{one.name}.py").write_text(one.text, "utf-8")


# --- pytest ------------------------------------------------------------------------------------------------


def prepare_pytest(place: Path, _: Path) -> None:
    shutil.copy(FILES / "conftest.py", place)
    for file in sorted(COURSE.glob("*/deep/test_*.py")):
        shutil.copy(file, place)


def pytest(_: Path, batch: Sequence[Submission]) -> list[list[str]]:
    return [["pytest", "-q", f"SUBMISSION={one.name}.py"] for one in batch]


def of_pytest(_: Path, __: Submission, told: str) -> int:
    match = re.search(r"(\d+) passed", told)
    return int(match[1]) if match else 0


# --- otter -------------------------------------------------------------------------------------------------


def prepare_otter(place: Path, _: Path) -> None:
    with zipfile.ZipFile(place / "autograder.zip", "w") as archive:
        archive.write(FILES / "otter_tests.py", "tests/deep.py")
        archive.writestr("otter_config.json", json.dumps({"pdf": False}))


def write_notebooks(place: Path, batch: Sequence[Submission]) -> None:
    """Each submission as a notebook with one cell, `NAME.ipynb`."""
    for one in batch:
        _write(place / f"{one.name}.ipynb", _notebook([_cell(one.text)]))


def otter(place: Path, batch: Sequence[Submission]) -> list[list[str]]:
    for one in batch:
        (place / one.name).mkdir(exist_ok=True)
    return [["otter", "run", "--no-logo", "-o", one.name, f"{one.name}.ipynb"] for one in batch]


def of_otter(place: Path, one: Submission, _: str) -> int:
    return _points(_results(place / one.name / "results.json"))


# --- nbgrader ----------------------------------------------------------------------------------------------


def prepare_nbgrader(place: Path, bin_folder: Path) -> None:
    (place / "nbgrader_config.py").write_text(
        "c = get_config()\n"
        "c.CourseDirectory.course_id = 'benchmark'\n"
        "c.CourseDirectory.root = '.'\n"
        "c.ExecutePreprocessor.timeout = 600\n",
        "utf-8",
    )
    source = place / "source" / "deep" / "deep.ipynb"
    source.parent.mkdir(parents=True)
    _write(source, _nbgrader_notebook())
    command([bin_folder / "nbgrader", "generate_assignment", "deep"], folder=place)


def submit_notebooks(place: Path, batch: Sequence[Submission]) -> None:
    """Each submission in the released notebook, where nbgrader looks for it, and no others."""
    shutil.rmtree(place / "submitted", ignore_errors=True)
    for one in batch:
        notebook = json.loads((place / "release" / "deep" / "deep.ipynb").read_text("utf-8"))
        notebook["cells"][0]["source"] = one.text
        target = place / "submitted" / one.name / "deep" / "deep.ipynb"
        target.parent.mkdir(parents=True)
        _write(target, notebook)


def nbgrader(_: Path, __: Sequence[Submission]) -> list[list[str]]:
    """One command for all that were handed in: that is how nbgrader is quickest."""
    return [["nbgrader", "autograde", "deep", "--force"]]


def of_nbgrader(place: Path, one: Submission, _: str) -> int:
    query = """
        SELECT SUM(grade.auto_score) FROM grade
        JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
        JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
        WHERE submitted_assignment.student_id = ?
    """
    with closing(sqlite3.connect(place / "gradebook.db")) as gradebook:
        (points,) = gradebook.execute(query, [one.name]).fetchone()
    return round(float(points or 0))


def _nbgrader_notebook() -> Any:
    files = [file.read_text("utf-8") for file in sorted(COURSE.glob("*/deep/test_*.py"))]
    names = [name for text in files for name in re.findall(r"^def (test_\w+)", text, re.MULTILINE)]
    solution = _cell("# the solution", _marks("solution", grade=False))
    tests = [
        _cell(f"from ten import hold\n\nhold({name!r}, dict(globals()))", _marks(name, grade=True))
        for name in names
    ]
    return _notebook([solution, *tests])


def _marks(name: str, *, grade: bool) -> Mapping[str, Any]:
    marks = {"grade": grade, "solution": not grade, "locked": grade, "task": False}
    points = {"points": 1} if grade else {}
    return {"nbgrader": {"schema_version": 3, "grade_id": name, "cell_type": "code", **marks, **points}}


# --- gradescope-utils --------------------------------------------------------------------------------------


def prepare_gradescope(place: Path, _: Path) -> None:
    shutil.copy(FILES / "gradescope_tests.py", place)


def gradescope(_: Path, batch: Sequence[Submission]) -> list[list[str]]:
    return [["python", "gradescope_tests.py", f"SUBMISSION={one.name}.py"] for one in batch]


def of_gradescope(_: Path, __: Submission, told: str) -> int:
    try:
        return _points(json.loads(told))
    except ValueError:
        return 0  # it could not even begin


# --- what they share ---------------------------------------------------------------------------------------


def _notebook(cells: Sequence[Any]) -> Mapping[str, Any]:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    about = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": about, "cells": list(cells)}


def _cell(source: str, metadata: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
    identity = hashlib.sha256(source.encode()).hexdigest()[:8]
    head: Mapping[str, Any] = {"cell_type": "code", "id": identity, "execution_count": None, "outputs": []}
    return {**head, "metadata": metadata or {}, "source": source}


def _write(path: Path, notebook: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(notebook), "utf-8")


def _points(results: Any) -> int:
    """The points of all tests in a `results.json`."""
    total: float = sum(test.get("score", 0) for test in results.get("tests", []))
    return round(total)


def _results(path: Path) -> Any:
    return json.loads(path.read_text("utf-8")) if path.exists() else {}
