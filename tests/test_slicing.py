"""What of a notebook is marked: the functions asked for, and what they need."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader.grading import grade
from grader.model.exercise import Exercise, Function
from grader.sandbox.client import Sandbox
from grader.slicing import for_exercise
from grader.submission import Source, read_source


@pytest.fixture
def exercise(toolbox: Exercise) -> Exercise:
    """An exercise `toolbox` that asks for `f` alone."""
    return replace(toolbox, functions={"f": Function("f", {}, {})})


def notebook(tmp_path: Path, *cells: str | dict[str, Any]) -> Source:
    tree: list[dict[str, Any]] = [
        {"cell_type": "code", "metadata": {}, "execution_count": None}
        | (cell if isinstance(cell, dict) else {"source": cell})
        for cell in cells
    ]
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": tree, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "utf-8")
    return read_source(path)


def kept(source: Source, exercise: Exercise) -> list[str]:
    sliced, _ = for_exercise(source, exercise)
    return [line for line in sliced.text.split("\n") if line]


def test_a_python_file_is_marked_as_it_is(exercise: Exercise) -> None:
    source = Source("train_for_hours()\ndef f(): pass\n", "f.py")
    assert for_exercise(source, exercise) == (source, ())


@pytest.mark.parametrize(
    "demo",
    [
        "for epoch in range(10**9):\n    f(epoch)",
        "import matplotlib.pyplot as plt\nplt.plot(f(1))",
        "while True: pass",
        "loss = f(3)",
        "raise SystemExit",
        "print(f(2))",
    ],
)
def test_demos_plots_and_training_are_left_out(tmp_path: Path, exercise: Exercise, demo: str) -> None:
    source = notebook(tmp_path, "def f(x):\n    loss = x\n    return loss", demo)
    assert kept(source, exercise) == ["def f(x):", "    loss = x", "    return loss"]


@pytest.mark.parametrize(
    ("needed", "function"),
    [
        ("import numpy as np", "def f(x): return np.exp(x)"),
        ("from math import *", "def f(x): return exp(x)"),
        ("def g(x): return x", "def f(x): return g(x)"),
        ("def g(x): return x", "f = g"),
        ("def g(x): return x", "@g\ndef f(x): return x"),
        ("def g(x): return x", "f = lambda x: [g(i) for i in x]"),
        ("class G:\n    size = 3", "def f(x): return G.size"),
        ("table = {}\nfor i in range(3):\n    table[i] = i", "def f(x): return table[x]"),
        ("table = []\ntable.append(1)", "def f(x): return table[x]"),
        ("try:\n    import cupy as np\nexcept ImportError:\n    import numpy as np", "def f(x): return np"),
        ("scale, shift = 2, 3", "def f(x):\n    def inner(): return scale\n    return inner()"),
    ],
)
def test_what_a_function_needs_stays(tmp_path: Path, exercise: Exercise, needed: str, function: str) -> None:
    source = notebook(tmp_path, needed, "demo = f(1)", function)
    assert kept(source, exercise) == [*needed.split("\n"), *function.split("\n")]


def test_lines_keep_their_places(tmp_path: Path, exercise: Exercise) -> None:
    sliced, _ = for_exercise(notebook(tmp_path, "demo = 1\ndemo", "\ndef f(): pass"), exercise)
    assert sliced.place(sliced.text.split("\n").index("def f(): pass") + 1) == "cell 2, line 2"


@pytest.mark.parametrize(
    "code",
    [
        "exec('def f(): pass')",
        "count = 0\ndef start():\n    global count\n    count = 1\nstart()\ndef f(): return count",
        "def f(:",
    ],
    ids=["hidden", "global", "syntax"],
)
def test_what_cannot_be_seen_through_is_run_whole(tmp_path: Path, exercise: Exercise, code: str) -> None:
    source = notebook(tmp_path, code, "demo = 1")
    assert for_exercise(source, exercise)[0].text == source.text


def test_a_function_under_another_name_stays_for_the_question_about_it(
    tmp_path: Path, toolbox: Exercise, sandbox: Sandbox, toolbox_reference: str
) -> None:
    text = toolbox_reference.replace("def double(", "def doubel(")
    report = grade(toolbox, notebook(tmp_path, text, "while True: pass"), sandbox)
    assert any("Is it `doubel`, under another name?" in (test.message or "") for test in report.tests)


class TestTags:
    def test_a_tagged_cell_is_kept_whole(self, tmp_path: Path, exercise: Exercise) -> None:
        tagged = {
            "source": "def f(): pass\nf.calls = 3\nprint()",
            "metadata": {"tags": ["x", "grade:toolbox"]},
        }
        assert kept(notebook(tmp_path, "demo = 1", tagged), exercise)[-1] == "print()"

    def test_the_cell_of_another_exercise_defines_nothing_here(
        self, tmp_path: Path, exercise: Exercise
    ) -> None:
        theirs = {"source": "def f(): return 'theirs'", "metadata": {"tags": ["grade:other"]}}
        assert kept(notebook(tmp_path, "def f(): return 1", theirs), exercise) == ["def f(): return 1"]

    def test_a_later_cell_without_a_tag_counts_too(self, tmp_path: Path, exercise: Exercise) -> None:
        stub = {"source": "def f(): raise NotImplementedError", "metadata": {"tags": ["grade:toolbox"]}}
        assert "def f(): return 1" in kept(notebook(tmp_path, stub, "def f(): return 1"), exercise)

    @pytest.mark.parametrize("metadata", [None, [], {"tags": "grade:toolbox"}, {"tags": [3, None]}])
    def test_odd_metadata_does_no_harm(self, tmp_path: Path, exercise: Exercise, metadata: Any) -> None:
        source = notebook(tmp_path, {"source": "def f(): pass", "metadata": metadata})
        assert kept(source, exercise) == ["def f(): pass"]


class TestOrder:
    def test_cells_run_out_of_order_are_told(self, tmp_path: Path, exercise: Exercise) -> None:
        cells = [
            {"source": "scale = 2", "execution_count": 7},
            {"source": "demo = 1", "execution_count": 1},
            {"source": "def f(): return scale", "execution_count": 3},
        ]
        _, notes = for_exercise(notebook(tmp_path, *cells), exercise)
        assert len(notes) == 1
        assert "Cell 3 of the notebook was run before cell 1" in notes[0]

    def test_a_demo_may_be_run_at_any_time(self, tmp_path: Path, exercise: Exercise) -> None:
        cells = [{"source": "def f(): pass", "execution_count": 7}, {"source": "f()", "execution_count": 1}]
        assert for_exercise(notebook(tmp_path, *cells), exercise)[1] == ()

    @pytest.mark.parametrize("run", [None, "3", True, [], -1])
    def test_odd_counts_do_no_harm(self, tmp_path: Path, exercise: Exercise, run: Any) -> None:
        cells = [{"source": "def f(): pass", "execution_count": run}]
        assert for_exercise(notebook(tmp_path, *cells), exercise)[1] == ()

    def test_the_report_tells_it(
        self, tmp_path: Path, toolbox: Exercise, sandbox: Sandbox, toolbox_reference: str
    ) -> None:
        late = {"source": "import math", "execution_count": 9}
        source = notebook(tmp_path, late, {"source": toolbox_reference, "execution_count": 2})
        report = grade(toolbox, source, sandbox)
        assert report.is_kept
        assert "from top to bottom" in report.notes[0]


def test_a_notebook_with_endless_demos_earns_full_marks(
    tmp_path: Path, toolbox: Exercise, sandbox: Sandbox, toolbox_reference: str
) -> None:
    cells = ["%matplotlib inline", toolbox_reference, "!sleep 100", "while True:\n    double(1)", "1/0"]
    assert grade(toolbox, notebook(tmp_path, *cells), sandbox).is_kept


def test_statements_that_all_need_one_another_are_followed_once(tmp_path: Path, exercise: Exercise) -> None:
    source = notebook(tmp_path, "a = 0\n" + "a = a + 1\n" * 4_000, "def f(): return a", "demo = 1")
    lines = kept(source, exercise)
    assert (len(lines), lines[-1]) == (4_002, "def f(): return a")


def test_very_many_statements_are_not_looked_at_one_by_one(tmp_path: Path, exercise: Exercise) -> None:
    source = notebook(tmp_path, "def f(): pass", "x = 1\n" * 20_000)
    assert for_exercise(source, exercise)[0].text == source.text
