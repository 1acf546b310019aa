"""Everything said about one submission."""

from dataclasses import dataclass
from enum import StrEnum

from grader.model.score import Score, total


class Verdict(StrEnum):
    """How one test ended."""

    PASSED = "passed"
    FAILED = "failed"
    BLOCKED = "blocked"
    BROKEN = "broken"


class Visibility(StrEnum):
    """When a student may read why a test ended as it did."""

    VISIBLE = "visible"
    AFTER_DUE_DATE = "after_due_date"
    HIDDEN = "hidden"


class Status(StrEnum):
    """How far the marking of one exercise came."""

    GRADED = "graded"
    NOT_SUBMITTED = "not_submitted"
    UNREADABLE = "unreadable"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The well-known mistake whose results agree with the student's on every input that failed."""

    mistake: str
    hint: str


@dataclass(frozen=True, slots=True)
class TestResult:
    """One promise and whether it is kept.

    `title` is the promise; `message` says what was seen; `counterexample` is Python that a student can paste;
    `printed` is what the student's code wrote while the test ran. A test that `is_public` lies with the
    exercise, where every student has it; of one that `has_public_strategy` its author says that what it draws
    is no secret.
    """

    __test__ = False  # pytest would take the name for a test class

    id: str
    title: str
    verdict: Verdict
    score: Score
    visibility: Visibility = Visibility.VISIBLE
    seconds: float = 0.0
    message: str | None = None
    counterexample: str | None = None
    diagnosis: Diagnosis | None = None
    hint: str | None = None
    printed: str | None = None
    is_public: bool = False
    has_public_strategy: bool = False


@dataclass(frozen=True, slots=True)
class ExerciseReport:
    """The marking of one exercise.

    `message` says why it is not `graded`; `printed` is what the submission wrote while it was imported;
    `notes` are sentences about what was handed in or marked that change no score.
    """

    id: str
    title: str
    status: Status
    tests: tuple[TestResult, ...]
    message: str | None = None
    printed: str = ""
    notes: tuple[str, ...] = ()

    @property
    def score(self) -> Score:
        return total(test.score for test in self.tests)

    @property
    def is_kept(self) -> bool:
        """Whether every promise is kept."""
        return self.status is Status.GRADED and all(test.verdict is Verdict.PASSED for test in self.tests)

    @property
    def is_broken(self) -> bool:
        return any(test.verdict is Verdict.BROKEN for test in self.tests)


class State(StrEnum):
    """How far a run came."""

    RUNNING = "running"
    FINISHED = "finished"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Report:
    """The marking of one submission; `isolation` says in words what kept its code apart.

    A report that is still `running` is what a grader that was killed leaves; `message` says why one is not
    `finished`. The scores of one that does not count, since nothing was kept apart, are nobody's.
    """

    isolation: str
    exercises: tuple[ExerciseReport, ...]
    state: State = State.FINISHED
    message: str | None = None
    counts: bool = True

    @property
    def score(self) -> Score:
        return total(exercise.score for exercise in self.exercises)
