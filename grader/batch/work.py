"""Marks a chunk of submissions in a worker process, on this machine or another."""

import atexit
import json
import platform
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from grader.batch.identity import environment, exercise_version
from grader.course import is_course, load_exercises
from grader.errors import ContentError, Finding, GradeError
from grader.grading import Marker
from grader.model.exercise import Exercise
from grader.model.report import ExerciseReport, Verdict
from grader.report.json import exercise_tree
from grader.sandbox.client import Isolation, Sandbox
from grader.sandbox.failures import SandboxError
from grader.sandbox.probes import proven
from grader.sandbox.text import one_line
from grader.submission import Source, UnreadableError

PATIENCE = 60.0
PATIENCE_A_SECOND = 10
"""A submission's own time is bounded by its limits; these bound what our side spends on its results: a fixed
time, and a multiple of `total_seconds`. Who is not done then never will be."""
NO_WALLS = "`grade doctor` shows there what holds; `--isolation process` marks code that you trust"


@dataclass(frozen=True, slots=True)
class Place:
    """Where to mark: the course's folder, the isolation asked for."""

    course: str
    isolation: str


@dataclass(frozen=True, slots=True)
class Site:
    """What a worker found there: the isolation that holds, the environment, each exercise's version."""

    isolation: str
    environment: str
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unit:
    """One submission for one exercise: its code, why there is none that can be used, or neither."""

    key: str
    source: Source | None = None
    unreadable: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Submissions for one exercise, with all that a worker needs to know; plain data only."""

    place: Place
    site: Site
    exercise: str
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """How one submission fared at one exercise.

    `earned` and `possible` are exact fractions, empty where nobody judged; `report` is the exercise's part of
    a JSON report.
    """

    key: str
    exercise: str
    status: str
    earned: str
    possible: str
    message: str
    report: str = ""
    seconds: float = 0.0
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a worker marks nothing at all: what its machine lacks, or what the course's authors must mend."""

    reason: str
    findings: tuple[Finding, ...] = ()


def survey(place: Place) -> Site | Refusal:
    """What this worker process works with, looked at anew."""
    with _LOCK:
        try:
            return _Bench.of(place, anew=True).site
        except GradeError as error:
            return _refusal(error)


def mark_chunk(task: Task) -> tuple[Result, ...] | Refusal:
    """A result for each submission of the chunk, in its order.

    Any `Exception` is our own fault; this process then begins anew with its next chunk.
    """
    with _LOCK:
        try:
            return _marked(task)
        except ContentError as error:
            return _refusal(error)
        except BaseException as error:
            _Bench.drop()
            if isinstance(error, Exception):
                raise
            # It would end whoever asks for the result.
            raise RuntimeError(f"{type(error).__name__} left the tests") from error


def _marked(task: Task) -> tuple[Result, ...] | Refusal:
    try:
        bench = _Bench.of(task.place)
        if bench.site != task.site:  # perhaps the course was changed since this process read it
            bench = _Bench.of(task.place, anew=True)
    except GradeError as error:
        return _refusal(error)
    if bench.site != task.site:
        return Refusal(_difference(bench.site, task.site))
    marker, exercise = bench.marker(task.exercise), bench.exercises[task.exercise]
    return tuple(_result(unit, exercise, marker) for unit in task.units)


def _result(unit: Unit, exercise: Exercise, marker: Marker) -> Result:
    source = UnreadableError(unit.unreadable) if unit.unreadable is not None else unit.source
    start = time.monotonic()
    with _patience(PATIENCE + PATIENCE_A_SECOND * exercise.limits.total_seconds):
        report = marker.grade(source)
    return Result(
        key=unit.key,
        exercise=exercise.id,
        status=str(report.status),
        earned=str(report.score.earned),
        possible=str(report.score.possible),
        message=_sentence(report),
        report=json.dumps(exercise_tree(report), ensure_ascii=False, allow_nan=False),
        seconds=round(time.monotonic() - start, 3),
        is_broken=report.is_broken,
    )


def _sentence(report: ExerciseReport) -> str:
    """What a table says of the report in one line; no example, of which there may be another next time."""
    if report.message:
        return one_line(report.message)
    if report.is_kept:
        return "Every promise is kept."
    kept = sum(test.verdict is Verdict.PASSED for test in report.tests)
    first = next(test for test in report.tests if test.verdict is not Verdict.PASSED)
    whose = " by a fault of ours" if first.verdict is Verdict.BROKEN else ""
    return one_line(
        f"{kept} of {len(report.tests)} promises are kept; the first that is not{whose}: {first.title}"
    )


@contextmanager
def _patience(seconds: float) -> Iterator[None]:
    """Ends this process if the body takes longer; a hang in C code would not hear of it otherwise."""
    earlier = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, *earlier)


def _difference(ours: Site, wanted: Site) -> str:
    where = f"the worker on {platform.node()}"
    changed = sorted(name for name, value in wanted.versions.items() if ours.versions.get(name) != value)
    if changed:
        names = ", ".join(f"`{name}`" for name in changed)
        return f"{where} has another version of {names} than this batch; copy the course there and go on"
    return f"{where} differs from the others: {ours.environment} there, {wanted.environment} elsewhere"


def _refusal(error: GradeError) -> Refusal:
    return Refusal(str(error), error.findings if isinstance(error, ContentError) else ())


# --- what a process keeps ----------------------------------------------------------------------------------


class _Bench:
    """The course, the sandbox and the marker of the latest exercise, kept from chunk to chunk."""

    _kept: "_Bench | None" = None

    def __init__(self, place: Place, sandbox: Sandbox) -> None:
        self.place = place
        self.sandbox = sandbox
        course = Path(place.course)
        if not is_course(course):
            where = f"on {platform.node()}, where a worker runs"
            raise GradeError(f"there is no course at `{course}` {where}; it must lie at the same path there")
        self.exercises = load_exercises(course)
        versions = {name: exercise_version(exercise) for name, exercise in self.exercises.items()}
        self.site = Site(sandbox.isolation, environment(sandbox.isolation), versions)
        self._markers = ExitStack()
        self._latest: tuple[str, Marker] | None = None

    def marker(self, exercise: str) -> Marker:
        """The open marker of an exercise; that of another one is closed first."""
        if self._latest is None or self._latest[0] != exercise:
            self.put_away()
            # Nobody waits for the shortest input of each; whoever wants it marks that one by itself.
            marker = self._markers.enter_context(
                Marker(self.exercises[exercise], self.sandbox, shrink_seconds=0)
            )
            self._latest = (exercise, marker)
        return self._latest[1]

    def put_away(self) -> None:
        self._latest = None
        self._markers.close()

    @classmethod
    def of(cls, place: Place, *, anew: bool = False) -> "_Bench":
        """The bench of this process; `anew`, one that has looked at the course again."""
        kept = cls._kept
        if kept and kept.place == place and not anew:
            return kept
        if kept and kept.place.isolation == place.isolation:
            kept.put_away()
            cls._kept = cls(place, kept.sandbox)
            return cls._kept
        cls.drop()
        with ExitStack() as stack:
            sandbox = _proven(Isolation(place.isolation), stack)
            cls._kept = cls(place, sandbox)
            stack.pop_all()
        return cls._kept

    @classmethod
    def drop(cls) -> None:
        """Closes what this process keeps; the next chunk begins with a sandbox of its own."""
        kept, cls._kept = cls._kept, None
        if kept:
            with kept.sandbox:
                kept.put_away()


def _proven(isolation: Isolation, stack: ExitStack) -> Sandbox:
    """A sandbox of this isolation that was held to its proof."""
    try:
        return stack.enter_context(proven(isolation))
    except SandboxError as error:
        raise SandboxError(f"{error}. {NO_WALLS}") from None


_LOCK = threading.RLock()
"""A worker of a cluster may have several threads; pytest marks in one of them at a time."""
atexit.register(_Bench.drop)
