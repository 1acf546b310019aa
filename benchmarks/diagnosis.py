"""How often a well-known mistake is named, as it is, rewritten, or two at once; a wrong name is never right.

`python benchmarks/diagnosis.py --exercise softmax_loss --every 5` tries each fifth case of one exercise. The
command ends with 1 if a name was wrong.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from grader.course import catalog, load_exercises
from grader.grading import Marker
from grader.model.exercise import Exercise, Mistake
from grader.model.report import ExerciseReport
from grader.sandbox.client import Sandbox
from grader.submission import Source
from measure import Result
from rewrites import REWRITES, in_two_results, rewritten, together, with_both_parts

COURSE = Path(__file__).parent.parent
PAIRS = 24
"""Pairs of two mistakes at once that are tried of each kind and exercise."""
AS_IT_IS, REWRITTEN, BOTH = "as it is", "rewritten: ", "two at once: "
TOGETHER = {
    frozenset(
        {
            "sums the loss over the batch and averages the gradient",
            "forgets to divide the gradient by the number of examples",
        }
    ): "sums over the batch instead of averaging"
}
"""Two mistakes that together are a third one of the catalog."""
HEADINGS = ("case", "tried", "right name", "no name", "wrong name")


@dataclass(frozen=True, slots=True)
class Case:
    """A wrong program, and the names that are right for it."""

    kind: str
    names: frozenset[str]
    text: str


def cases(exercise: Exercise) -> Iterator[Case]:
    """All cases of an exercise, the same in every run."""
    mistakes, _ = catalog(exercise)
    for mistake in mistakes:
        yield Case(AS_IT_IS, frozenset({mistake.name}), mistake.source)
    for mistake in mistakes:
        for kind, change in REWRITES.items():
            text = rewritten(mistake.source, change)
            if text != rewritten(mistake.source, lambda _: None):
                yield Case(f"{REWRITTEN}{kind}", frozenset({mistake.name}), text)
    reference = exercise.reference.read_text("utf-8") if exercise.reference else ""
    by_kind: dict[str, list[Case]] = {}
    for first, second in combinations(mistakes, 2):
        for case in _both(first, second, exercise, reference):
            by_kind.setdefault(case.kind, []).append(case)
    for pairs in by_kind.values():
        yield from pairs[:: -(-len(pairs) // PAIRS)]


def _both(first: Mistake, second: Mistake, exercise: Exercise, reference: str) -> Iterator[Case]:
    names = frozenset({first.name, second.name})
    names |= {TOGETHER[names]} if names in TOGETHER else frozenset()
    name = first.function
    if name != second.function:
        text = together(first.source, second.source, reference)
        yield Case(f"{BOTH}of two functions", names, text)
        return
    parts = with_both_parts(first.source, second.source, name)
    if parts is not None:
        yield Case(f"{BOTH}of two parts of a function", names, parts)
    if len(exercise.functions[name].returns) > 1:
        results = in_two_results(first.source, second.source, name)
        yield Case(f"{BOTH}of two results", names, results)


def tried(exercise: Exercise, sandbox: Sandbox, every: int) -> Iterator[tuple[Case, str | None]]:
    """Each case with the name that it was given; a case that keeps all promises is none."""
    with Marker(exercise, sandbox, shrink_seconds=0) as marker:
        for case in list(cases(exercise))[::every]:
            report = marker.grade(Source(case.text, f"{exercise.id}.py"))
            if not report.is_kept:
                yield case, _named(report)


def _named(report: ExerciseReport) -> str | None:
    return next((test.diagnosis.mistake for test in report.tests if test.diagnosis), None)


def measure(exercises: Sequence[Exercise], every: int = 1) -> tuple[Result, int]:
    """The table of all cases, and how many names were wrong."""
    counts: dict[str, Counter[str]] = {}
    notes = []
    with Sandbox() as sandbox:
        for exercise in exercises:
            for case, name in tried(exercise, sandbox, every):
                verdict = "none" if name is None else "right" if name in case.names else "wrong"
                counts.setdefault(case.kind, Counter())[verdict] += 1
                if verdict == "wrong":
                    notes.append(f"{exercise.id}: {' and '.join(sorted(case.names))} taken for: {name}")
    wrong = sum(count["wrong"] for count in counts.values())
    rows = [_row(kind, count) for kind, count in counts.items()]
    rows.append(_row("all", sum(counts.values(), Counter())))
    notes.append(f"A wrong name was given {wrong} times. Of two mistakes at once, either is a right name.")
    return Result("Diagnosis by executable mistakes", HEADINGS, rows, notes), wrong


def _row(kind: str, count: Counter[str]) -> tuple[str, ...]:
    return (kind, str(count.total()), str(count["right"]), str(count["none"]), str(count["wrong"]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--exercise", action="append", help="one exercise; may be given more than once")
    parser.add_argument("--every", type=int, default=1, help="try only each n-th case")
    options = parser.parse_args()
    exercises = load_exercises(COURSE)
    chosen = [exercises[name] for name in options.exercise or exercises]
    result, wrong = measure(chosen, options.every)
    print(result.text())
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
