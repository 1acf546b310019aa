"""Says when two markings are the same: the submission, the exercise and the environment."""

import hashlib
import json
import platform
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

import grader
from grader.model.exercise import Exercise
from grader.submission import Source, UnreadableError

DECIDING = ("numpy", "hypothesis", "pytest")
"""The packages that a verdict depends on, besides our own."""
LEFTOVERS = "__pycache__"


def exercise_version(exercise: Exercise) -> str:
    """A hash of every file of the exercise and its solution, hidden ones and what Python leaves excepted."""
    digest = hashlib.sha256()
    for folder in (exercise.folder, exercise.solution_folder):
        _add(digest, folder)
    return digest.hexdigest()


def environment(isolation: str) -> str:
    """What a verdict depends on besides submission and exercise, as JSON."""
    tree = {
        "grade": f"{grader.__version__} {_own_hash()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        **{name: version(name) for name in DECIDING},
        "isolation": isolation,
        "machine": f"{platform.system()} {platform.machine()}",
    }
    return json.dumps(tree, sort_keys=True)


def key_of(source: Source | UnreadableError | None, exercise: str, surroundings: str) -> str:
    """The hash by which the ledger knows a submission, for one version of an exercise and one environment.

    Of a submission counts what was chosen from it and will be marked: the name of that file and its code.
    """
    content = json.dumps([_content(source), exercise, surroundings])
    return hashlib.sha256(content.encode("ascii")).hexdigest()


def _content(source: Source | UnreadableError | None) -> list[object]:
    match source:
        case None:
            return ["nothing"]
        case Source():
            return ["source", source.name, source.text, source.cells, source.runs, source.tagged]
        case UnreadableError():
            return ["unreadable", str(source)]


@cache
def _own_hash() -> str:
    """Tells two states of a checkout apart that bear one version."""
    digest = hashlib.sha256()
    _add(digest, Path(grader.__file__).parent)
    return digest.hexdigest()[:12]


def _add(digest: "hashlib._Hash", folder: Path | None) -> None:
    for path in _files(folder) if folder else ():
        data = path.read_bytes()
        # Lengths first, so that no other split into names and contents gives the same bytes.
        name = path.relative_to(folder or path).as_posix().encode("utf-8", "surrogateescape")
        digest.update(f"{len(name)} {len(data)} ".encode("ascii") + name + data)
    digest.update(b"end")


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name == LEFTOVERS:
            continue
        if path.is_dir():
            yield from _files(path)
        elif path.is_file():
            yield path
