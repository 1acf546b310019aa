"""Holds an exercise to its rules by marking its stub, its reference, its mistakes and generated faults."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.audit.faults import faults
from grader.course import catalog, read_exercise
from grader.engine.declared import Declared
from grader.engine.run import Marked, is_stumble
from grader.engine.session import mark_all
from grader.errors import ContentError, Finding
from grader.model.exercise import Exercise, Mistake
from grader.model.report import Status, Verdict
from grader.sandbox.client import Sandbox
from grader.submission import Source, read_source

UNTRIED = {
    *("file-missing", "solution-missing", "mistakes-unreadable"),
    *("bad-contract", "bad-limit", "unknown-argument"),
}
"""After a finding of these rules the exercise is not tried: what came of it would only repeat them."""


@dataclass(frozen=True, slots=True)
class Audited:
    """What was found in one exercise, and how much was tried to find it."""

    findings: tuple[Finding, ...]
    tests: int = 0
    mistakes: int = 0


@dataclass(frozen=True, slots=True)
class Trial:
    """How the exercise's own files fared against its tests."""

    exercise: Exercise
    tests: Sequence[Declared]
    stub: Marked
    reference: Marked
    mistakes: Sequence[tuple[Mistake, Marked]]

    def is_sound(self, test: Declared) -> bool:
        """Whether the reference passes, so that what the test makes of other code says something about it."""
        return self.reference.outcomes[test.id].verdict is Verdict.PASSED


def audit_exercise(folder: Path) -> Audited:
    """All findings in the exercise at `exercises/NAME`."""
    exercise, findings = read_exercise(folder)
    findings += _missing_solution(folder)
    if exercise is None:
        return Audited(tuple(findings))
    mistakes, faulty = catalog(exercise)
    findings += faulty
    if any(finding.rule in UNTRIED for finding in findings):
        return Audited(tuple(findings))
    try:
        with Sandbox() as sandbox:
            trial = _tried(exercise, mistakes, sandbox)
            findings += [finding for rule in RULES for finding in rule(trial)]
            # A mistake that could not be read may be what an idle test is there for.
            findings += [] if faulty else test_catches_nothing(trial, sandbox)
    except ContentError as error:
        return Audited((*findings, *error.findings))
    return Audited(tuple(findings), len(trial.tests), len(mistakes))


def _tried(exercise: Exercise, mistakes: Sequence[Mistake], sandbox: Sandbox) -> Trial:
    own = [read_source(path) for path in (exercise.stub, exercise.reference) if path]
    wrong = [Source(mistake.source, mistake.name) for mistake in mistakes]
    # A smaller counterexample is of no use here, and looking for it is what takes time.
    tests, (stub, reference) = mark_all(exercise, own, sandbox, shrink_seconds=0)
    _, marked = mark_all(exercise, wrong, sandbox, hidden_only=True, shrink_seconds=0)
    return Trial(exercise, tests, stub, reference, list(zip(mistakes, marked, strict=True)))


def _missing_solution(folder: Path) -> Iterator[Finding]:
    """solution-missing

    What: an exercise needs `solutions/NAME/` with its reference, hidden tests and mistakes.
    Why: without them nothing can be marked, and nothing shows that the marking is right.
    Cure: write the three files; `solutions/softmax_loss/` is a model.
    """
    solution = folder.parent.parent / "solutions" / folder.name
    for name in (f"{folder.name}.py", "test_hidden.py", "mistakes.py"):
        if not (solution / name).exists():
            yield Finding(solution / name, 1, 1, "solution-missing", f"there is no `{name}`", "write it")


# --- the rules ---------------------------------------------------------------------------------------------


def stub_passes(trial: Trial) -> Iterator[Finding]:
    """stub-passes

    What: a test, public or hidden, passes on the stub.
    Why: whoever hands in nothing would get points or praise for it.
    Cure: let the test ask for a right value as well.
    """
    if trial.stub.status is not Status.GRADED:
        what = f"the stub cannot be imported: {trial.stub.message}"
        yield Finding(trial.exercise.stub, 1, 1, "stub-passes", what, "mend the stub")
    for test in trial.tests:
        if trial.stub.outcomes[test.id].verdict is Verdict.PASSED:
            yield _at(test, "stub-passes", "passes on the stub", "let it ask for a right value as well")


def reference_fails(trial: Trial) -> Iterator[Finding]:
    """reference-fails

    What: a test does not pass on the reference.
    Why: no student could pass it either.
    Cure: mend the reference or the test; `pytest solutions/NAME` shows the whole error.
    """
    for test in trial.tests:
        outcome = trial.reference.outcomes[test.id]
        if outcome.verdict is not Verdict.PASSED and not test.fault:
            what = f"is {outcome.verdict} on the reference: {outcome.message}"
            yield _at(test, "reference-fails", what, f"run `pytest solutions/{trial.exercise.id}`")


def test_at_fault(trial: Trial) -> Iterator[Finding]:
    """test-at-fault

    What: a test is skipped, bears another test's name, or has a marker that says nothing the grader knows.
    Why: a slip there would change what a promise is worth; such a test earns nobody anything.
    Cure: mend what the finding names.
    """
    for test in trial.tests:
        if test.fault:
            yield _at(test, "test-at-fault", f"cannot count: {test.fault}", "mend it")


def mistake_survives(trial: Trial) -> Iterator[Finding]:
    """mistake-survives

    What: a mistake of `mistakes.py` passes every hidden test.
    Why: a student who makes it would get full marks.
    Cure: write a hidden test that it fails, or strengthen one.
    """
    for mistake, marked in trial.mistakes:
        hidden = [marked.outcomes[test.id] for test in trial.tests if test.is_hidden]
        if all(outcome.verdict is Verdict.PASSED for outcome in hidden):
            what = f"code that {mistake.name} passes every hidden test"
            cure = "write a hidden test that it fails"
            yield Finding(_mistakes_file(trial.exercise), mistake.line, 1, "mistake-survives", what, cure)


def test_stumbles(trial: Trial) -> Iterator[Finding]:
    """test-stumbles

    What: a test raises an error of its own on a mistake.
    Why: a student who makes the mistake would read that our test is at fault.
    Cure: check the form of a result before using it.
    """
    for mistake, marked in trial.mistakes:
        for test in filter(trial.is_sound, trial.tests):
            outcome = marked.outcomes.get(test.id)
            if outcome and is_stumble(outcome):
                what = f"code that {mistake.name} makes `{test.id}` stumble"
                cure = "check the form of a result before using it"
                yield Finding(_mistakes_file(trial.exercise), mistake.line, 1, "test-stumbles", what, cure)


def test_without_promise(trial: Trial) -> Iterator[Finding]:
    """test-without-promise

    What: a test has no docstring.
    Why: its first paragraph is the promise that a student reads.
    Cure: say in one positive sentence what the code must do.
    """
    for test in trial.tests:
        if not test.has_promise:
            yield _at(
                test, "test-without-promise", "has no docstring", "say in one sentence what is promised"
            )


def test_without_points(trial: Trial) -> Iterator[Finding]:
    """test-without-points

    What: a hidden test carries no points, or a public one does.
    Why: hidden tests make the score; students can read, hence satisfy, the public ones alone.
    Cure: put `@pytest.mark.points(n)` on every hidden test and on no public one.
    """
    for test in trial.tests:
        if test.is_hidden and test.points <= 0 and not test.fault:
            yield _at(test, "test-without-points", "carries no points", "add `@pytest.mark.points(1)`")
        if not test.is_hidden and test.points != 0:
            yield _at(
                test, "test-without-points", "is public and carries points", "move it to `test_hidden.py`"
            )


def unknown_need(trial: Trial) -> Iterator[Finding]:
    """unknown-need

    What: `@pytest.mark.needs` names a test that does not exist.
    Why: the test could never run.
    Cure: write the name of a test function of the same exercise.
    """
    names = {test.id for test in trial.tests}
    for test in trial.tests:
        for need in test.needs:
            if need not in names:
                yield _at(test, "unknown-need", f"needs `{need}`, which does not exist", "name a test")


def test_catches_nothing(trial: Trial, sandbox: Sandbox) -> list[Finding]:
    """test-catches-nothing

    What: a hidden test passes on every mistake and on every generated fault.
    Why: nothing shows that it can fail for the right reason, and its points are free.
    Cure: write the mistake that it is there for, or drop the test.
    """
    sound = filter(trial.is_sound, trial.tests)
    idle = [test for test in sound if test.is_hidden and not _catches(test, trial)]
    if not idle or trial.exercise.reference is None:
        return []
    reference = trial.exercise.reference.read_text(encoding="utf-8")
    wrong = list(faults(trial.exercise, reference))
    _, marked = mark_all(trial.exercise, wrong, sandbox, hidden_only=True, shrink_seconds=0)
    return [
        _at(test, "test-catches-nothing", "catches no mistake and no generated fault", "write its mistake")
        for test in idle
        if all(entry.outcomes[test.id].verdict is not Verdict.FAILED for entry in marked)
    ]


def _catches(test: Declared, trial: Trial) -> bool:
    return any(marked.outcomes[test.id].verdict is Verdict.FAILED for _, marked in trial.mistakes)


def _at(test: Declared, rule: str, what: str, cure: str) -> Finding:
    return Finding(test.path, test.line, 1, rule, f"`{test.id}` {what}", cure)


def _mistakes_file(exercise: Exercise) -> Path:
    return exercise.folder.parent.parent / "solutions" / exercise.id / "mistakes.py"


RULES = (
    stub_passes,
    reference_fails,
    test_at_fault,
    mistake_survives,
    test_stumbles,
    test_without_promise,
    test_without_points,
    unknown_need,
)
PAGES = (_missing_solution, *RULES, test_catches_nothing)
"""The functions whose docstrings `grade explain` prints."""
