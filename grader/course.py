"""Reads `exercises/` with their `solutions/`: what a student receives and what it is marked with."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Literal, get_args

from grader.errors import ContentError, Finding, UsageError
from grader.mistakes import read_mistakes
from grader.model.exercise import Exercise, Feedback, Function, Kind, Limits, Mistake, Value
from grader.model.strict import STRICT
from grader.reading import Document, fit, read_yaml
from grader.submission import UnreadableError, read_source
from grader.yaml_tree import Trail, Tree

_VALUE = re.compile(r"(?:\((?P<shape>[^()]*)\)\s*)?(?P<kind>[a-z]+)")
_MEMORY = re.compile(r"(\d+)\s*(KiB|MiB|GiB)")
_UNITS = {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30}


@dataclass(frozen=True, slots=True)
class _FunctionEntry:
    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    arguments: dict[str, str]
    returns: dict[str, str]
    updates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _LimitsEntry:
    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    seconds: float = 10.0
    total_seconds: float = 30.0
    memory: str = "512 MiB"
    packages: bool = False


@dataclass(frozen=True, slots=True)
class _ExerciseFile:
    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    title: str
    topic: str
    difficulty: Literal[1, 2, 3, 4, 5]
    functions: dict[str, _FunctionEntry]
    hints: tuple[str, ...]
    source: tuple[str, ...] = ()
    limits: _LimitsEntry = field(default_factory=_LimitsEntry)
    feedback: Literal["full", "diagnosis", "verdict"] = "full"
    due: str | None = None
    show_solution: bool = True


def find_course(start: Path) -> Path:
    """The nearest folder from `start` upwards that holds `exercises/` or `question_bank/`.

    Raises:
        UsageError: there is none.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if is_course(folder):
            return folder
    raise UsageError(
        f"no course found from `{start}` upwards; go to a folder that holds `exercises/` or `question_bank/`"
    )


def is_course(folder: Path) -> bool:
    return (folder / "exercises").is_dir() or (folder / "question_bank").is_dir()


def read_exercises(course: Path) -> tuple[dict[str, Exercise], list[Finding]]:
    """All exercises of a course by id, in alphabetical order, with everything their authors have to mend."""
    exercises, findings = {}, []
    for folder in sorted((course / "exercises").glob("*/")):
        if not (folder / "exercise.yaml").exists() and not (folder / f"{folder.name}.py").exists():
            continue
        exercise, faults = read_exercise(folder)
        findings += faults
        if exercise:
            exercises[exercise.id] = exercise
    return exercises, findings


def load_exercises(course: Path) -> dict[str, Exercise]:
    """All exercises of a course that can be used as it stands.

    Raises:
        ContentError: its authors have something to mend.
    """
    exercises, findings = read_exercises(course)
    if findings:
        raise ContentError(findings)
    return exercises


def read_exercise(folder: Path) -> tuple[Exercise | None, list[Finding]]:
    """One exercise; None with findings where its `exercise.yaml` cannot be used."""
    document: Document[_ExerciseFile] = read_yaml(folder / "exercise.yaml", _ExerciseFile)
    # Each part is read by itself, so that a fault in one does not hide those in another.
    functions, faults = _functions(document.tree)
    limits, slips = _limits(document.tree)
    due, late = _due(document.tree)
    findings = [
        *document.findings,
        *faults,
        *slips,
        *late,
        *_hint_findings(document.tree),
        *_missing_files(folder),
    ]
    entry = document.value
    if entry is None:
        return None, findings
    solution = folder.parent.parent / "solutions" / folder.name
    return Exercise(
        id=folder.name,
        title=entry.title,
        topic=entry.topic,
        difficulty=entry.difficulty,
        source=entry.source,
        functions=functions,
        hints=entry.hints,
        folder=folder,
        solution_folder=solution if solution.is_dir() else None,
        limits=limits,
        feedback=Feedback(entry.feedback),
        due=due,
        shows_solution=entry.show_solution,
    ), findings


def catalog(exercise: Exercise) -> tuple[tuple[Mistake, ...], list[Finding]]:
    """The exercise's named mistakes; none where there is no solution or no catalog."""
    if exercise.solution_folder is None or exercise.reference is None:
        return (), []
    path = exercise.solution_folder / "mistakes.py"
    if not path.exists() or not exercise.reference.exists():
        return (), []
    try:
        reference = read_source(exercise.reference).text
    except UnreadableError as error:
        return (), [Finding(exercise.reference, 1, 1, "file-unreadable", str(error), "mend the file")]
    return read_mistakes(path, reference)


# --- the contract ------------------------------------------------------------------------------------------


def _functions(tree: Tree) -> tuple[dict[str, Function], list[Finding]]:
    functions, findings = {}, []
    entries = tree.at(("functions",))
    if entries == {}:
        what, cure = "the exercise asks for no function", "write one with its `arguments` and `returns`"
        findings.append(tree.finding(("functions",), "bad-contract", what, cure))
    for name in entries if isinstance(entries, dict) else ():
        declared, _ = fit(tree, ("functions", name), _FunctionEntry)
        if declared is not None:
            functions[name], faults = _function(name, declared, tree)
            findings += faults
    return functions, findings


def _function(name: str, declared: _FunctionEntry, tree: Tree) -> tuple[Function, list[Finding]]:
    findings: list[Finding] = []
    values: dict[str, dict[str, Value]] = {"arguments": {}, "returns": {}}
    for part, texts in (("arguments", declared.arguments), ("returns", declared.returns)):
        for key, text in texts.items():
            value = _value(text)
            values[part][key] = value or Value("number")
            if value is None:
                findings.append(_bad_value(tree, ("functions", name, part, key), text))
    for unknown in sorted(set(declared.updates) - set(declared.arguments)):
        what = f"`{unknown}` is not an argument of `{name}`"
        cure = f"name one of {', '.join(declared.arguments)}"
        findings.append(tree.finding(("functions", name, "updates"), "unknown-argument", what, cure))
    return Function(name, values["arguments"], values["returns"], frozenset(declared.updates)), findings


def _value(text: str) -> Value | None:
    match = _VALUE.fullmatch(text.strip())
    if match is None or match["kind"] not in get_args(Kind):
        return None
    kind: Kind = match["kind"]  # type: ignore[assignment]  # checked on the line above
    if match["shape"] is None:
        return Value(kind)
    sizes = [size.strip() for size in match["shape"].split(",") if size.strip()]
    return Value(kind, tuple(int(size) if size.isdecimal() else size for size in sizes))


def _bad_value(tree: Tree, trail: Trail, text: str) -> Finding:
    kinds = ", ".join(get_args(Kind))
    what = f"`{text}` does not say what the value is"
    cure = f'write one of {kinds}, or a shape before it: "(N, C) float"'
    return tree.finding(trail, "bad-contract", what, cure)


def _limits(tree: Tree) -> tuple[Limits, list[Finding]]:
    entry, _ = fit(tree, ("limits",), _LimitsEntry)
    entry = entry or _LimitsEntry()
    findings = []
    match = _MEMORY.fullmatch(entry.memory.strip())
    if match is None:
        what = f"`{entry.memory}` is not an amount of memory"
        findings.append(tree.finding(("limits", "memory"), "bad-limit", what, "write it like `512 MiB`"))
    if not 0 < entry.seconds <= entry.total_seconds:
        what = f"a test gets {entry.seconds:g} s of {entry.total_seconds:g} s for all tests together"
        cure = "let `seconds` be more than 0 and at most `total_seconds`"
        findings.append(tree.finding(("limits",), "bad-limit", what, cure))
    memory = int(match[1]) * _UNITS[match[2]] if match else Limits().memory
    return Limits(entry.seconds, entry.total_seconds, memory, entry.packages), findings


def _due(tree: Tree) -> tuple[datetime | None, list[Finding]]:
    text, _ = fit(tree, ("due",), str | None)
    if text is None:
        return None, []
    try:
        due = datetime.fromisoformat(text)
    except ValueError:
        due = None
    if due and due.tzinfo:
        return due, []
    what = f"`{text}` is not a time that is the same everywhere"
    cure = "write the date, the time and its distance from UTC: `due: 2027-02-01 23:59+01:00`"
    return None, [tree.finding(("due",), "bad-due-date", what, cure)]


def _missing_files(folder: Path) -> list[Finding]:
    needed = (f"{folder.name}.py", "README.md", "test_public.py")
    return [
        Finding(folder / name, 1, 1, "file-missing", f"the exercise has no `{name}`", "write it")
        for name in needed
        if not (folder / name).is_file()
    ]


def _hint_findings(tree: Tree) -> list[Finding]:
    hints, _ = fit(tree, ("hints",), tuple[str, ...])
    cure = "write at least one sentence that helps a student on"
    if hints == ():
        return [tree.finding(("hints",), "hint-missing", "the exercise has no hint", cure)]
    return [
        tree.finding(("hints", index), "hint-missing", "this hint is empty", cure)
        for index, hint in enumerate(hints or ())
        if not hint.strip()
    ]


RULES: Mapping[str, str] = {
    "bad-contract": """\
What: `functions` is empty, or a value in it is not a kind that the grader knows.
Why: results are held against the contract before a test sees them.
Cure: write a kind such as `float` or `dict`, or a shape and a kind: "(N, C) float".""",
    "unknown-argument": """\
What: `updates` names something that is not an argument of its function.
Why: what may be changed in place must be known exactly.
Cure: write the name as it stands under `arguments`.""",
    "bad-limit": """\
What: a limit is not an amount of memory, or not a time that a test can use.
Why: every submission runs under it.
Cure: write memory with a unit, `512 MiB`, and `seconds` above 0 and not above `total_seconds`.""",
    "bad-due-date": """\
What: `due` is no date with a time and its distance from UTC.
Why: tests `after_due_date` must come into sight at the same moment for everybody.
Cure: write `due: 2027-02-01 23:59+01:00`.""",
    "file-missing": """\
What: an exercise lacks its stub, its statement or its public tests.
Why: these three are what a student receives.
Cure: write the file; `exercises/softmax_loss/` is a model.""",
    "hint-missing": """\
What: an exercise has no hint, or an empty one.
Why: `grade hint` is where a stuck student turns first.
Cure: write three hints, from gentle to telling, of 20 to 60 words.""",
}
"""The pages of the rules of this module, for `grade explain`."""
