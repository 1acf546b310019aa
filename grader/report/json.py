"""A report as JSON, version 1; new fields may be added, none is renamed or removed."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from grader.model.report import ExerciseReport, Report, State, TestResult
from grader.model.score import Score, plain_number
from grader.sandbox.text import is_unseen

VERSION = 1


def to_json(report: Report) -> str:
    """Strict JSON: no NaN, no Infinity."""
    trees = [exercise_tree(exercise) for exercise in report.exercises]
    return assembled(
        trees,
        report.score,
        report.isolation,
        state=report.state,
        message=report.message,
        counts=report.counts,
    )


def assembled(
    exercises: Sequence[Mapping[str, Any]],
    score: Score,
    isolation: str,
    *,
    state: State = State.FINISHED,
    message: str | None = None,
    counts: bool = True,
) -> str:
    """The report made of exercises that are trees already."""
    tree = {
        "version": VERSION,
        "status": str(state),
        "message": message,
        "isolation": isolation,
        "counts": counts,
        # Half a score must not be taken for one, nor one that does not count.
        "score": score_tree(score) if state is State.FINISHED and counts else None,
        "exercises": exercises,
    }
    return written(tree)


def written(tree: Mapping[str, Any]) -> str:
    """The tree as strict JSON; what a terminal or a CI log would act on is escaped, which loses nothing."""
    text = json.dumps(tree, indent=2, ensure_ascii=False, allow_nan=False)
    text = re.sub(r"##(?=\w*\[)", r"#\\u0023", text)
    for character in filter(is_unseen, set(text)):
        text = text.replace(character, json.dumps(character)[1:-1])
    return f"{text}\n"


def score_tree(score: Score) -> dict[str, int | float]:
    """A score as JSON has it."""
    return {"earned": plain_number(score.earned), "possible": plain_number(score.possible)}


def exercise_tree(exercise: ExerciseReport) -> dict[str, Any]:
    """One exercise as it stands in a report."""
    return {
        "id": exercise.id,
        "title": exercise.title,
        "score": score_tree(exercise.score),
        "status": str(exercise.status),
        "broken": exercise.is_broken,
        "message": exercise.message,
        "printed": exercise.printed or None,
        "notes": list(exercise.notes),
        "tests": [_test(test) for test in exercise.tests],
    }


def _test(test: TestResult) -> dict[str, Any]:
    return {
        "id": test.id,
        "title": test.title,
        "verdict": str(test.verdict),
        "score": score_tree(test.score),
        "visibility": str(test.visibility),
        "public": test.is_public,
        "seconds": test.seconds,
        "message": test.message,
        "counterexample": test.counterexample,
        "diagnosis": test.diagnosis and test.diagnosis.mistake,
        "hint": test.hint,
        "printed": test.printed,
    }
