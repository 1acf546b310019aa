"""Keeps the examples of an exercise's properties in a file, so that they are drawn once for everybody."""

import hashlib
import itertools
import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import grader
from grader.engine.ahead import Script
from grader.engine.reference import Answers
from grader.errors import UsageError
from grader.files import read_file, write_file
from grader.model.exercise import Exercise
from grader.sandbox import codec
from grader.testing.remade import KINDS, parts_of

FILE = ".record"
MAGIC = b"grade record 3\n"
MAX_BYTES = 256 * 2**20
ROOMS = ("testing", "engine", "sandbox")
"""What of this program decides which examples are drawn, and the bytes in which calls are kept."""
LIBRARIES = ("hypothesis", "numpy", "pytest")


REMADE = "\0made"
"""The key of a dict that stands for a value to be made again."""


class NotPlain(Exception):
    """What was drawn cannot be kept: it would not come back as it was."""


@dataclass(frozen=True, slots=True)
class Example:
    """One run of a test: its arguments, and what was drawn later, as a frame of the wire.

    With it, the calls that it makes of the student, what the reference answers to the test, and the digest of
    what the reference answers in the student's place, of which the example is known to be content.
    """

    frame: bytes
    script: Script = field(default_factory=Script)
    answers: tuple[tuple[bytes, bytes], ...] = ()
    familiar: bytes = b""

    @property
    def size(self) -> int:
        """How much there is to look at, about."""
        return len(self.frame)

    def drawn(self) -> tuple[dict[str, Any], list[Any]]:
        """The arguments and the later draws, made anew: a test may change them."""
        arguments, draws, is_plain = codec.decode(*codec.parted(self.frame))
        return (arguments, draws) if is_plain else (_restored(arguments), _restored(draws))

    def frames(self) -> list[bytes]:
        return [self.frame, *self.script.calls, *itertools.chain(*self.answers)]


Record = Mapping[str, Sequence[Example]]
"""The examples of each test by its name, the smallest first; a test that draws nothing has one."""


def example(
    arguments: Mapping[str, Any], draws: Sequence[Any], script: Script, answers: Answers | None = None
) -> Example:
    """An example of what was drawn, and of the calls that it made of the reference.

    Raises:
        NotPlain: some of it is no plain data.
    """
    drawn = [dict(arguments), list(draws)]
    is_plain = codec.is_own(drawn)
    if not is_plain:
        drawn = _flat(drawn)
    try:
        return Example(codec.encode((*drawn, is_plain)), script, tuple((answers or {}).items()))
    except codec.WireError as error:
        raise NotPlain from error


def _flat(value: Any) -> Any:
    """The value with a dict, marked as such, in the place of each that can be made again.

    Raises:
        NotPlain: it holds something else.
    """
    if type(value) in (list, tuple):
        return type(value)(map(_flat, value))
    if type(value) is dict:
        return {key: _flat(entry) for key, entry in value.items()}
    if codec.is_own(value):
        return value
    parts = parts_of(value)
    if parts is None:
        raise NotPlain
    return {REMADE: parts[0], **_flat(parts[1])}


def _restored(value: Any) -> Any:
    if type(value) in (list, tuple):
        return type(value)(map(_restored, value))
    if type(value) is not dict:
        return value
    restored = {key: _restored(entry) for key, entry in value.items()}
    return KINDS[restored.pop(REMADE)](**restored) if REMADE in restored else restored


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
    tests = {name: [_entry(one) for one in examples] for name, examples in record.items()}
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
    own = sorted(path for room in ROOMS for path in (package / room).glob("*.py"))
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


def _entry(one: Example) -> list[Any]:
    """What `_cut` has to know of an example."""
    return [list(map(len, one.frames())), len(one.answers), one.script.is_whole, one.familiar.hex()]


def _cut(tests: Mapping[str, Sequence[Any]], content: bytes) -> Iterator[tuple[str, list[Example]]]:
    start = 0
    for name, kept in tests.items():
        examples = []
        for lengths, answers, is_whole, familiar in kept:
            frames = []
            for length in lengths:
                frames.append(content[start : start + length])
                start += length
            end = len(frames) - 2 * answers
            pairs = tuple(zip(frames[end::2], frames[end + 1 :: 2], strict=True))
            script = Script(tuple(frames[1:end]), is_whole)
            examples.append(Example(frames[0], script, pairs, bytes.fromhex(familiar)))
        yield name, examples
