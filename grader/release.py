"""Puts together what a student receives: everything by name, so that nothing else gets in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from grader.bank import load_bank
from grader.course import load_exercises
from grader.errors import ContentError, Finding, UsageError
from grader.exam.questions import draw
from grader.export.exercise import exercise_notebook
from grader.export.program import pins, program
from grader.export.questions import as_asked, questions_markdown
from grader.grading import Marker
from grader.model.exercise import Exercise
from grader.model.item import Item
from grader.model.report import Verdict
from grader.sandbox.client import Sandbox
from grader.submission import read_source
from grader.yaml_tree import read_tree

SETTINGS = ("title", "topic", "difficulty", "functions", "limits", "due", "hints")
"""What of `exercise.yaml` a student's copy needs; its comments and sources stay with the author."""
GIVEN = ("README.md", "test_public.py")
PROGRAM = "program"
SEED = 0
"""One draw of each question with parameters, the same for everybody."""
IGNORED = ".venv/\n.grade/\n__pycache__/\n.ipynb_checkpoints/\n"
WIDTH = 110


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of a bundle by their paths, and what of the course was left out of it."""

    files: Mapping[str, bytes]
    left_out: tuple[str, ...]


def bundle(course: Path, sandbox: Sandbox) -> Bundle:
    """What the students of a course receive.

    Raises:
        ContentError: a stub keeps a promise already, and so may give a solution away.
        UsageError: this is no whole course.
    """
    exercises = load_exercises(course)
    _refuse_solved(exercises, sandbox)
    files: dict[str, bytes] = {}
    left_out: list[str] = []
    for exercise in exercises.values():
        folder = f"exercises/{exercise.id}"
        files |= {f"{folder}/{name}": data for name, data in _exercise(exercise)}
        files[f"notebooks/{exercise.id}.ipynb"] = exercise_notebook(exercise).encode("utf-8")
        left_out += [f"{folder}/{name}" for name in _others(exercise)]
    for topic, text, unshown in _questions(course):
        files[f"questions/{topic}.md"] = text.encode("utf-8")
        left_out += [f"the question `{name}`, which cannot be shown without its key" for name in unshown]
    files |= {f"{PROGRAM}/{name}": data for name, data in program().items()}
    files["constraints.txt"] = pins().encode("utf-8")
    files[".gitignore"] = IGNORED.encode("utf-8")
    files["README.md"] = _readme(list(exercises.values())).encode("utf-8")
    return Bundle(files, tuple(left_out))


def _refuse_solved(exercises: Mapping[str, Exercise], sandbox: Sandbox) -> None:
    """A stub that keeps a promise may be somebody's working copy."""
    findings = []
    for exercise in exercises.values():
        if exercise.hidden_tests not in exercise.test_files:
            where = f"`solutions/{exercise.id}/test_hidden.py` is not here"
            raise UsageError(f"{where}; a bundle is made from the whole course")
        with Marker(exercise, sandbox, shrink_seconds=0) as marker:
            report = marker.grade(read_source(exercise.stub))
        kept = next((test for test in report.tests if test.verdict is Verdict.PASSED), None)
        if kept:
            what = f"the stub passes `{kept.id}`, so it may give a solution away"
            cure = "put the stub back as it was handed out, `git checkout` for one"
            findings.append(Finding(exercise.stub, 1, 1, "stub-passes", what, cure))
    if findings:
        raise ContentError(findings)
    if not exercises:
        raise UsageError("this course has no exercises to hand out")


def _exercise(exercise: Exercise) -> Iterator[tuple[str, bytes]]:
    yield exercise.stub.name, exercise.stub.read_bytes()
    for name in GIVEN:
        yield name, (exercise.folder / name).read_bytes()
    known = read_tree(exercise.folder / "exercise.yaml").data
    settings = {name: known[name] for name in SETTINGS if name in known}
    yield "exercise.yaml", _yaml(settings).encode("utf-8")


def _yaml(tree: Mapping[str, Any]) -> str:
    return yaml.safe_dump(tree, sort_keys=False, allow_unicode=True, width=WIDTH)


def _others(exercise: Exercise) -> list[str]:
    """What else lies in the folder of an exercise."""
    handed_out = {exercise.stub.name, "exercise.yaml", *GIVEN, "__pycache__"}
    return sorted(path.name for path in exercise.folder.iterdir() if path.name not in handed_out)


def _questions(course: Path) -> Iterator[tuple[str, str, Sequence[str]]]:
    """The name of each file of questions, its text, and the names of those that are left out."""
    folder = course / "question_bank"
    if not folder.is_dir():
        return
    bank = load_bank(folder)
    files: dict[str, list[Item]] = {}
    for name, item in bank.items.items():
        files.setdefault(bank.places[name].path.stem, []).append(item)
    for stem, items in files.items():
        asked = {item.id: as_asked(asdict(draw(item, SEED))) for item in items}
        shown = [question for question in asked.values() if question is not None]
        text = questions_markdown(bank.topics[items[0].id], shown)
        yield stem, text, [name for name, question in asked.items() if question is None]


# --- the page that it opens with ---------------------------------------------------------------------------


def _readme(exercises: Sequence[Exercise]) -> str:
    rows = "\n".join(
        f"| [{one.title}](exercises/{one.id}/README.md) | `{one.id}` | {one.topic} | {one.difficulty} of 5 |"
        for one in exercises
    )
    return README.format(rows=rows, name=exercises[0].id)


README = """\
# Exercises

All you need is Python 3.11 or later on Linux or macOS (on Windows, use WSL). Install once:

```sh
python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt ./program
source .venv/bin/activate
```

| do | with |
| --- | --- |
| see the exercises and how far you are | `grade list` |
| solve one | read `exercises/{name}/README.md`, edit `{name}.py` beside it |
| mark it | `grade {name}`, or `grade` for all |
| mark it on every save | `grade watch {name}` |
| get unstuck | `grade hint {name}` |
| stop in a debugger on an input that fails | `breakpoint()` in your code, then `grade --debug {name}` |
| work in a notebook | `.venv/bin/pip install jupyterlab` once, then open `notebooks/{name}.ipynb` |

| exercise | name | topic | difficulty |
| --- | --- | --- | --- |
{rows}

What runs here are the public tests. The hidden tests, and with them the points, run where you hand in: your
`.py` file, or your notebook. In `questions/` are questions to practise on; your instructor has their answers.
"""
