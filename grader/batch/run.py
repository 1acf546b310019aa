"""Takes a batch from its submissions to a full ledger, through any engine."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from typing import TypeVar

from grader.batch.engine import Engine
from grader.batch.identity import exercise_version, key_of
from grader.batch.incoming import Incoming, read_incoming
from grader.batch.ledger import Ledger
from grader.batch.work import Place, Refusal, Result, Site, Task, Unit, mark_chunk, survey
from grader.errors import ContentError, GradeError, UsageError
from grader.model.exercise import Exercise
from grader.sandbox.text import one_line
from grader.submission import UnreadableError

T = TypeVar("T")

CHUNK_SECONDS = 1.0
"""What a chunk should take: long beside the way to a worker, and no great loss when it is killed."""
MAX_CHUNK = 16
MAX_CHUNK_CODE = 2**20
"""Characters of code in a chunk: it is held here, on its way, and there."""
TRIES = 2
MAX_IN_A_ROW = 10
"""So many submissions, one after another, that nobody can mark are the machine's fault rather than theirs."""
TICK_SECONDS = 0.5
GRACE_SECONDS = 5.0
"""What is at work when a person stops the run has so long to end as usual, and is then kept."""
QUARANTINED = "quarantined"
ENDED = "It ended the process that marks it, {tries} times; nobody has judged it."
FAILED = "The grader itself failed on it, {tries} times ({what}); nobody has judged it."
OURS_ALONE = (
    "{count} submissions in a row could not be marked, so the fault seems to be the machine's; the last one: "
    "{reason} See to it, then run the same command with `--again`"
)


@dataclass(slots=True)
class Progress:
    """How far a run has come; `marked` is the part of `done` that was not in the ledger before."""

    total: int
    done: int = 0
    marked: int = 0
    quarantined: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be marked: each of the submissions for each of the exercises."""

    place: Place
    submissions: Sequence[Incoming]
    exercises: Sequence[Exercise]
    others: frozenset[str]
    """The names of all exercises of the course, whose files are not taken for one another."""
    again: bool = False


def run_batch(batch: Batch, ledger: Ledger, engine: Engine, watch: Callable[[Progress], None]) -> Site:
    """Marks what the ledger does not know yet; `watch` is told from time to time how far it has come.

    Raises:
        GradeError: nothing, or nothing more, can be marked; what was marked is in the ledger.
    """
    site = _agreed(engine.submit(survey, batch.place).result(), batch.exercises)
    ledger.begin(again=batch.again)
    run = _Run(batch, site, ledger, engine, watch)
    try:
        run.work()
    except KeyboardInterrupt:
        run.save()
        raise
    return site


def _agreed(answer: Site | Refusal, exercises: Sequence[Exercise]) -> Site:
    site = _unless_refused(answer)
    for exercise in exercises:
        if site.versions.get(exercise.id) != exercise_version(exercise):
            there = f"where the workers run, `{exercise.id}` is not the same as here"
            raise UsageError(f"{there}; copy the course to them and start again")
    return site


def _unless_refused(answer: T | Refusal) -> T:
    if not isinstance(answer, Refusal):
        return answer
    if answer.findings:
        raise ContentError(answer.findings)
    raise GradeError(answer.reason)


Flight = Future[tuple[Result, ...] | Refusal]


@dataclass(slots=True)
class _Pace:
    """How many submissions make a chunk that is neither too short nor too long."""

    size: int = 1

    def learn(self, results: Sequence[Result]) -> None:
        mean = sum(result.seconds for result in results) / len(results)
        self.size = max(1, min(MAX_CHUNK, 2 * self.size, int(CHUNK_SECONDS / max(mean, 1e-3))))


@dataclass(slots=True)
class _Run:
    batch: Batch
    site: Site
    ledger: Ledger
    engine: Engine
    watch: Callable[[Progress], None]
    progress: Progress = field(init=False)
    pace: _Pace = field(default_factory=_Pace)
    flying: dict[Flight, Task] = field(default_factory=dict)
    waiting: set[tuple[str, str]] = field(default_factory=set)
    """What is on its way to a result, so that a copy of it is not marked as well."""
    in_a_row: int = 0

    def __post_init__(self) -> None:
        self.progress = Progress(len(self.batch.submissions) * len(self.batch.exercises))

    def work(self) -> None:
        tasks = self._tasks()
        task = next(tasks, None)
        while task or self.flying:
            room = self.engine.in_flight - len(self.flying)
            while task and room > 0:
                self.flying[self.engine.submit(mark_chunk, task)] = task
                task, room = next(tasks, None), room - 1
            done, _ = wait(self.flying, TICK_SECONDS, FIRST_COMPLETED)
            self._settle(done)
            self.watch(self.progress)
        self.watch(self.progress)

    def save(self) -> None:
        """Keeps what is done within a moment."""
        done, _ = wait(self.flying, GRACE_SECONDS)
        for future in done:
            if not future.cancelled() and future.exception() is None:
                answer = future.result()
                if not isinstance(answer, Refusal):
                    self._record(answer)

    # --- on the way out ------------------------------------------------------------------------------------

    def _tasks(self) -> Iterator[Task]:
        """What is to be marked, in chunks of one exercise; a chunk is made when there is room for it."""
        for exercise in self.batch.exercises:
            units: list[Unit] = []
            code = 0
            for unit in self._units(exercise):
                units.append(unit)
                code += len(unit.source.text) if unit.source else 0
                if len(units) >= self.pace.size or code > MAX_CHUNK_CODE:
                    yield self._task(exercise, units)
                    units, code = [], 0
            if units:
                yield self._task(exercise, units)

    def _task(self, exercise: Exercise, units: Sequence[Unit]) -> Task:
        return Task(self.batch.place, self.site, exercise.id, tuple(units))

    def _units(self, exercise: Exercise) -> Iterator[Unit]:
        version = self.site.versions[exercise.id]
        for incoming in self.batch.submissions:
            source = read_incoming(incoming, exercise.id, self.batch.others)
            key = key_of(source, version, self.site.environment)
            self.ledger.enroll(incoming.name, exercise.id, key)
            if (key, exercise.id) in self.waiting or self.ledger.knows(key, exercise.id):
                self.progress.done += 1
                self.watch(self.progress)
                continue
            self.waiting.add((key, exercise.id))
            if isinstance(source, UnreadableError):
                yield Unit(key, unreadable=str(source))
            else:
                yield Unit(key, source)

    # --- on the way in -------------------------------------------------------------------------------------

    def _settle(self, done: Iterable[Flight]) -> None:
        suspects = self._sorted_out(done)
        if suspects:
            # Who is tried alone must be alone: dask blames all that waits on a worker that dies.
            suspects += self._sorted_out(wait(self.flying).done)
            self._examine(suspects)

    def _sorted_out(self, done: Iterable[Flight]) -> list[Task]:
        """Keeps the results; returns the tasks that have none."""
        suspects: list[Task] = []
        for future in done:
            task = self.flying.pop(future)
            if future.cancelled() or future.exception() is not None:
                suspects.append(task)
            else:
                results = _unless_refused(future.result())
                self._record(results)
                self.pace.learn(results)
        return suspects

    def _examine(self, suspects: Sequence[Task]) -> None:
        """Marks one by one what failed together; who fails alone again is put into quarantine."""
        self.pace = _Pace()
        self.engine.mend()
        for task in suspects:
            for unit in task.units:
                self._record([self._alone(task, unit)])
                self.watch(self.progress)

    def _alone(self, task: Task, unit: Unit) -> Result:
        single = Task(task.place, task.site, task.exercise, (unit,))
        reason = ""
        for _ in range(TRIES):
            try:
                answer = self.engine.alone(mark_chunk, single)
            except UsageError:
                raise  # the engine itself is gone
            except Exception as error:  # whatever it was that the submission made of our own code
                self.engine.mend()
                reason = _reason(error)
                continue
            return _unless_refused(answer)[0]
        return Result(unit.key, task.exercise, QUARANTINED, "", "", reason)

    def _record(self, results: Sequence[Result]) -> None:
        self.ledger.record(results)
        for result in results:
            self.waiting.discard((result.key, result.exercise))
            self.progress.done += 1
            self.progress.marked += 1
            is_quarantined = result.status == QUARANTINED
            self.progress.quarantined += is_quarantined
            self.in_a_row = self.in_a_row + 1 if is_quarantined else 0
            if self.in_a_row >= MAX_IN_A_ROW:
                raise GradeError(OURS_ALONE.format(count=MAX_IN_A_ROW, reason=result.message))


DEADLY: Mapping[str, str] = {"BrokenProcessPool": ENDED, "KilledWorker": ENDED}
"""By name, since one of them is dask's, which need not be installed."""


def _reason(error: Exception) -> str:
    what = one_line(f"{type(error).__name__}: {error}")[:500]
    return DEADLY.get(type(error).__name__, FAILED).format(tries=TRIES, what=what)
