"""Exercises as notebooks, solved and marked in a real kernel."""

import copy
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from grader import load_ipython_extension, magic
from grader.export.exercise import exercise_notebook
from grader.magic import Shown, cells_run
from grader.model.exercise import Exercise
from tests.cli.test_mark import grade

# What the kernel's own libraries complain about is not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


def executed(path: Path, *more: str, solution: str) -> Any:
    """The notebook after a kernel ran it, with a solution in it and with more cells at its end."""
    notebook = nbformat.read(path, 4)  # type: ignore[no-untyped-call]
    notebook.cells[1].source = solution
    notebook.cells += [nbformat.v4.new_code_cell(text) for text in more]  # type: ignore[no-untyped-call]
    where = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=100, allow_errors=True, resources=where).execute()
    return notebook


def shown(cell: Any) -> dict[str, str]:
    """What a cell displays, by its kind."""
    (output,) = cell.outputs
    return dict(output["data"])


@pytest.fixture
def written(small_course: Path) -> Path:
    """The notebook that `grade new notebook toolbox` writes."""
    done = grade(small_course, "new", "notebook", "toolbox")
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "notebooks/toolbox.ipynb\n")
    return small_course / "notebooks/toolbox.ipynb"


def test_a_notebook_holds_statement_stub_and_a_cell_that_marks(written: Path, toolbox: Exercise) -> None:
    notebook = nbformat.read(written, 4)  # type: ignore[no-untyped-call]
    statement, stub, _, check = notebook.cells
    assert statement.source == (toolbox.folder / "README.md").read_text("utf-8").strip()
    assert stub.source == toolbox.stub.read_text("utf-8").strip()
    assert stub.metadata.tags == ["grade:toolbox"]
    assert check.source == "%load_ext grader\n%grade toolbox"
    assert exercise_notebook(toolbox) == written.read_text("utf-8"), "the same bytes every time"


def test_a_notebook_that_was_worked_in_is_left_alone(small_course: Path, written: Path) -> None:
    mine = written.read_text("utf-8").replace("Twice x", "My x")
    written.write_text(mine, "utf-8")
    done = grade(small_course, "new", "notebook", "toolbox")
    assert "was left as it is" in done.stderr
    assert written.read_text("utf-8") == mine
    grade(small_course, "new", "notebook", "toolbox", "--force")
    assert written.read_text("utf-8") != mine


def test_an_unknown_exercise_writes_nothing(small_course: Path) -> None:
    done = grade(small_course, "new", "notebook", "toolbox", "toolbx", "-o", "out")
    assert done.returncode == 2
    assert "Did you mean `toolbox`?" in done.stderr
    assert not (small_course / "out").exists()


WRONG, MISTYPED = 7, 8
"""The cells in which the solution is made wrong, and in which Python can read nothing."""


@pytest.fixture(scope="module")
def in_a_kernel(
    tmp_path_factory: pytest.TempPathFactory, recorded_course: Path, toolbox: Exercise, toolbox_reference: str
) -> Any:
    """The notebook as a kernel left it that ran the solution, and then this and that."""
    course = tmp_path_factory.mktemp("kernel") / "course"
    shutil.copytree(recorded_course, course)
    path = course / "notebooks/toolbox.ipynb"
    path.parent.mkdir()
    path.write_text(exercise_notebook(toolbox), "utf-8")
    notebook = executed(
        path,
        "!echo hello",
        "%matplotlib nowhere",
        "double = None",
        "def double(x): return 3 * x, float(3 * x.sum())",
        "def double(x) return x",
        "for epoch in range(3): loss = double(__import__('numpy').ones(3))",
        "1 / 0",
        "%grade toolbox",
        "%grade toolbx",
        "%grade",
        solution=toolbox_reference,
    )
    assert "toolbox" in (course / ".grade/progress.json").read_text("utf-8")
    return notebook


def test_in_a_kernel_the_cells_are_marked_in_place(in_a_kernel: Any) -> None:
    first, later, unknown, none = (in_a_kernel.cells[index] for index in (3, -3, -2, -1))
    assert "5.5 / 5.5 points" in shown(first)["text/html"]
    assert "5.5 / 5.5 points" in shown(first)["text/plain"]
    assert "<table" in shown(first)["text/html"]
    assert "triples instead of doubling" in shown(later)["text/html"]
    assert "Did you mean `toolbox`?" in shown(unknown)["text/plain"]
    assert "write `%grade NAME`" in shown(none)["text/plain"]


def test_a_notebook_that_was_run_is_a_submission(
    small_course: Path, written: Path, in_a_kernel: Any, toolbox_reference: str
) -> None:
    # As somebody leaves it behind who tried this and that, and got it right in the end.
    mended = copy.deepcopy(in_a_kernel)
    mended.cells[WRONG].source = toolbox_reference
    del mended.cells[MISTYPED]
    nbformat.write(mended, written)  # type: ignore[no-untyped-call]
    done = grade(small_course, "toolbox", "--submission", "notebooks/toolbox.ipynb")
    assert done.returncode == 0
    assert "5.5 / 5.5 points" in done.stdout


def test_outside_a_course_it_says_how_to_name_one(
    tmp_path: Path, small_course: Path, toolbox_reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this process, as `%grade` runs in a kernel's."""
    monkeypatch.chdir(tmp_path)
    shell: Any = SimpleNamespace(history_manager=SimpleNamespace(input_hist_raw=["", toolbox_reference]))
    marking = magic._Marking(shell)
    try:
        assert "`%grade NAME --course PATH`" in marking.grade("toolbox").text
        assert "<table" in (marking.grade(f"toolbox --course {small_course}").html or "")
        assert "`/nowhere` is no course" in marking.grade("toolbox --course /nowhere").text
    finally:
        marking.close()


class TestHistory:
    def test_a_cell_run_again_counts_where_it_was_run_last(self) -> None:
        cells = cells_run(["", "a = 1", "b = 2", "a = 1"])
        assert [(cell.number, cell.text) for cell in cells] == [(2, "b = 2"), (3, "a = 1")]

    def test_a_slip_that_was_mended_does_no_harm(self) -> None:
        assert [cell.text for cell in cells_run(["", "def f(:", "def f(): pass"])] == ["def f(): pass"]

    def test_magics_do_no_harm(self) -> None:
        assert len(cells_run(["", "%grade f", "!ls", "%%bash\nls"])) == 3


def test_what_is_not_marked_is_shown_as_text_alone() -> None:
    assert (repr(Shown("told")), Shown("told")._repr_html_()) == ("told", None)


def test_the_package_is_light_until_the_extension_is_loaded() -> None:
    code = "import sys, grader; grader.load_ipython_extension; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
    assert callable(load_ipython_extension)
