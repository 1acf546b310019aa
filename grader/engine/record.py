"""Keeps the examples of an exercise's properties in a file, so that they are drawn once for everybody."""

import hashlib
import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

import grader
from grader.engine.ahead import Script
from grader.errors import UsageError
from grader.files import read_file, write_file
from grader.model.exercise import Exercise
from grader.sandbox import codec

FILE = ".record"
MAGIC = b"grade record 2\n"
MAX_BYTES = 256 * 2**20
LIBRARIES = ("hypothesis", "numpy", "pytest")
PLAIN = (type(None), bool, int, float, complex, str, np.ndarray)


class NotPlain(Exception):
    """What was drawn cannot be kept: it would not come back as it was."""


@dataclass(frozen=True, slots=True)
class Example:
    """One run of a test: its arguments, and what was drawn later, as a frame of the wire; its calls."""

    frame: bytes
    script: Script = field(default_factory=Script)

    @property
    def size(self) -> int:
        """How much there is to look at, about."""
        return len(self.frame)

    def drawn(self) -> tuple[dict[str, Any], list[Any]]:
        """The arguments and the later draws, made anew: a test may change them."""
        arguments, draws = codec.decode(*codec.parted(self.frame))
        return arguments, draws

    def frames(self) -> list[bytes]:
        return [self.frame, *self.script.calls]


Record = Mapping[str, Sequence[Example]]
"""The examples of each test by its name, the smallest first; a test that draws nothing has one."""


def example(arguments: Mapping[str, Any], draws: Sequence[Any], script: Script) -> Example:
    """An example of what was drawn, and of the calls that it made of the reference.

    Raises:
        NotPlain: some of it is no plain data.
    """
    if not _is_plain([dict(arguments), list(draws)]):
        raise NotPlain
    try:
        return Example(codec.encode((dict(arguments), list(draws))), script)
    except codec.WireError as error:
        raise NotPlain from error


def _is_plain(value: Any) -> bool:
    """Whether the value comes back from the wire with its own type; a named tuple would lose its names."""
    if type(value) in (list, tuple):
        return all(map(_is_plain, value))
    if type(value) is dict:
        return all(map(_is_plain, (*value.keys(), *value.values())))
    return type(value) in PLAIN or isinstance(value, np.generic)


# --- the file ----------------------------------------------------------------------------------------------


def load(exercise: Exercise) -> Record | None:
    """The record of this very version of an exercise; None where there is none, or it is damaged."""
    path = _path(exercise)
    try:
        data = read_file(path, MAX_BYTES, follow=False) if path else b""
    except OSError:
        return None
    digest, content = data[len(MAGIC) :][:32], data[len(MAGIC) + 32 :]
    if not data.startswith(MAGIC) or hashlib.sha256(content).digest() != digest:
        return None
    head, _, frames = content.partition(b"\n")
    index = json.loads(head)  # as we wrote it, or the digest would not fit
    if index["version"] != version_of(exercise):
        return None
    return dict(_cut(index["tests"], frames))


def save(exercise: Exercise, record: Record) -> None:
    """Keeps the record beside the reference; where that cannot be written, the next run draws again."""
    path = _path(exercise)
    if path is None:
        return
    tests = {
        name: [[[len(frame) for frame in one.frames()], one.script.is_whole] for one in examples]
        for name, examples in record.items()
    }
    head = json.dumps({"version": version_of(exercise), "tests": tests}).encode()
    frames = [frame for examples in record.values() for one in examples for frame in one.frames()]
    content = b"\n".join([head, b"".join(frames)])
    try:
        write_file(path, MAGIC + hashlib.sha256(content).digest() + content)
    except UsageError:
        return


def version_of(exercise: Exercise) -> str:
    """A digest of all that decides what is drawn: tests, reference, strategies, this program, libraries."""
    digest = hashlib.sha256()
    package = Path(grader.__file__).parent
    own = sorted([*(package / "testing").glob("*.py"), *(package / "engine").glob("*.py")])
    for path in (*exercise.test_files, exercise.reference, exercise.folder / "exercise.yaml", *own):
        data = path.read_bytes() if path and path.is_file() else b""
        digest.update(f"{path and path.name} {len(data)}\n".encode() + data)
    known = [
        platform.python_version(),
        grader.__version__,
        *(f"{name} {version(name)}" for name in LIBRARIES),
    ]
    digest.update("\n".join(known).encode())
    return digest.hexdigest()


def _path(exercise: Exercise) -> Path | None:
    """Beside what a student never receives: who could write a record could choose what is tried."""
    return exercise.solution_folder / FILE if exercise.solution_folder else None


def _cut(tests: Mapping[str, Sequence[Any]], content: bytes) -> Iterator[tuple[str, list[Example]]]:
    start = 0
    for name, kept in tests.items():
        examples = []
        for lengths, is_whole in kept:
            frames = []
            for length in lengths:
                frames.append(content[start : start + length])
                start += length
            examples.append(Example(frames[0], Script(tuple(frames[1:]), is_whole)))
        yield name, examples
