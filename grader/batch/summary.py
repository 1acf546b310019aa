"""Writes what a batch found: a table, a summary, a report for each submission."""

import csv
import hashlib
import io
import json
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any

from grader.batch.ledger import Difference, Ledger, Row
from grader.batch.run import QUARANTINED
from grader.batch.work import Result, Site
from grader.files import read_file, write_file
from grader.model.report import State, Verdict
from grader.model.score import Score, plain_number, total
from grader.report.json import assembled, score_tree, written

VERSION = 1
SCORES, SUMMARY, REPORTS = "scores.csv", "summary.json", "reports"
HEADER = ("submission", "exercise", "earned", "possible", "status", "message")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes a cell for a formula by."""
MAX_NAME_BYTES = 200
"""Most file systems take 255 bytes; `write_file` needs some for the name of its temporary file."""


def write_outputs(out: Path, ledger: Ledger, site: Site, passed_over: Sequence[str]) -> "Tally":
    """Writes all there is to read of a run, from the ledger alone; returns what its caller must tell.

    Raises:
        UsageError: a file cannot be written.
    """
    tally = Tally()
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(HEADER)
    for submission, rows in groupby(ledger.rows(), key=lambda row: row.submission):
        parts = list(rows)
        for row in parts:
            writer.writerow(_cells(row))
            tally.add(row, is_new=row.run == ledger.run)
        _write_unless_there(report_path(out, submission), _report(parts, site.isolation))
    tally.differences += [_difference(one) for one in ledger.differences()]
    write_file(out / SCORES, table.getvalue().encode("utf-8"))
    write_file(out / SUMMARY, written(_summary(tally, site, passed_over)).encode("utf-8"))
    return tally


def report_path(out: Path, submission: str) -> Path:
    """Where the report on a submission lies; of a very long name, a part and a hash."""
    *above, last = submission.split("/")
    return out.joinpath(REPORTS, *map(_short, above), f"{_short(last)}.json")


def _short(name: str) -> str:
    data = name.encode("utf-8")
    if len(data) <= MAX_NAME_BYTES:
        return name
    kept = data[: MAX_NAME_BYTES - 9].decode("utf-8", "ignore")
    return f"{kept}-{hashlib.sha256(data).hexdigest()[:8]}"


def _write_unless_there(path: Path, text: str) -> None:
    """Leaves a file as it is that says the same; after a resumed run most do."""
    data = text.encode("utf-8")
    try:
        if read_file(path, len(data), follow=False) == data:
            return
    except OSError:
        pass
    write_file(path, data)


# --- the table ---------------------------------------------------------------------------------------------


def _cells(row: Row) -> Iterator[str]:
    result = row.result
    yield _harmless(row.submission)
    yield _harmless(result.exercise)
    yield _decimal(result.earned)
    yield _decimal(result.possible)
    yield _harmless(result.status)
    yield _harmless(result.message)


def _harmless(text: str) -> str:
    """The text as a spreadsheet shows it, never as a formula that it runs."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _decimal(points: str) -> str:
    return str(plain_number(Fraction(points))) if points else ""


# --- a report ----------------------------------------------------------------------------------------------


def _report(rows: Sequence[Row], isolation: str) -> str:
    """The report that `grade --format json` would give; without a score where part of it is in quarantine."""
    judged = [row.result for row in rows if row.result.status != QUARANTINED]
    missing = [row.result for row in rows if row.result.status == QUARANTINED]
    return assembled(
        [json.loads(result.report) for result in judged],
        total(_score(result) for result in judged),
        isolation,
        state=State.REFUSED if missing else State.FINISHED,
        message=missing[0].message if missing else None,
    )


def _score(result: Result) -> Score:
    return Score(Fraction(result.earned or 0), Fraction(result.possible or 0))


# --- the summary -------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _OfExercise:
    earned: Counter[Fraction] = field(default_factory=Counter)
    possible: Fraction = Fraction(0)
    statuses: Counter[str] = field(default_factory=Counter)
    titles: dict[str, str] = field(default_factory=dict)
    verdicts: dict[str, Counter[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Tally:
    """What the lines of a run add up to; its size does not grow with their number."""

    submissions: int = 0
    marked: int = 0
    from_ledger: int = 0
    exercises: dict[str, _OfExercise] = field(default_factory=dict)
    quarantined: list[dict[str, str]] = field(default_factory=list)
    differences: list[dict[str, Any]] = field(default_factory=list)
    _latest: str | None = None

    def add(self, row: Row, *, is_new: bool) -> None:
        result = row.result
        self.submissions += row.submission != self._latest
        self._latest = row.submission
        self.marked += is_new
        self.from_ledger += not is_new
        of_exercise = self.exercises.setdefault(result.exercise, _OfExercise())
        of_exercise.statuses[result.status] += 1
        if result.status == QUARANTINED:
            where = {"submission": row.submission, "exercise": result.exercise}
            self.quarantined.append({**where, "reason": result.message})
            return
        of_exercise.earned[Fraction(result.earned)] += 1
        of_exercise.possible = Fraction(result.possible)
        for test in json.loads(result.report)["tests"]:
            of_exercise.titles[test["id"]] = test["title"]
            of_exercise.verdicts.setdefault(test["id"], Counter())[test["verdict"]] += 1

    @property
    def broken(self) -> list[dict[str, str]]:
        """The tests of ours that were at fault for somebody."""
        return [
            {"exercise": name, "test": test}
            for name, of_exercise in sorted(self.exercises.items())
            for test, verdicts in of_exercise.verdicts.items()
            if verdicts[Verdict.BROKEN]
        ]


def _summary(tally: Tally, site: Site, passed_over: Sequence[str]) -> dict[str, Any]:
    statuses: Counter[str] = sum((one.statuses for one in tally.exercises.values()), Counter())
    return {
        "version": VERSION,
        "environment": json.loads(site.environment),
        "submissions": tally.submissions,
        "marked": tally.marked,
        "from_ledger": tally.from_ledger,
        "statuses": dict(sorted(statuses.items())),
        "exercises": [
            _exercise(name, one, site.versions.get(name, "")) for name, one in sorted(tally.exercises.items())
        ],
        "quarantined": tally.quarantined,
        "broken": tally.broken,
        "differences": tally.differences,
        "passed_over": list(passed_over),
    }


def _exercise(name: str, of_exercise: _OfExercise, version: str) -> dict[str, Any]:
    earned = sorted(of_exercise.earned.elements())
    return {
        "id": name,
        "version": version,
        "possible": plain_number(of_exercise.possible),
        "statuses": dict(sorted(of_exercise.statuses.items())),
        # Over all that were judged, those who handed in nothing included.
        "mean": plain_number(sum(earned, start=Fraction(0)) / len(earned)) if earned else None,
        "median": plain_number(Fraction(statistics.median(earned))) if earned else None,
        "tests": [
            _test(test, of_exercise.titles[test], verdicts) for test, verdicts in of_exercise.verdicts.items()
        ],
    }


def _test(name: str, title: str, verdicts: Mapping[str, int]) -> dict[str, Any]:
    passed, of = verdicts.get(Verdict.PASSED, 0), sum(verdicts.values())
    rate = plain_number(Fraction(passed, of))
    return {"id": name, "title": title, "passed": passed, "of": of, "rate": rate}


def _difference(difference: Difference) -> dict[str, Any]:
    before, after = difference.before, difference.after
    return {
        "submission": difference.submission,
        "exercise": after.exercise,
        "before": _standing(before),
        "after": _standing(after),
        "tests": sorted({test for test, _ in _verdicts(before) ^ _verdicts(after)}),
    }


def _standing(result: Result) -> dict[str, Any]:
    return {"status": result.status, "score": score_tree(_score(result)) if result.earned else None}


def _verdicts(result: Result) -> set[tuple[str, str]]:
    tests: Iterable[Mapping[str, str]] = json.loads(result.report)["tests"] if result.report else ()
    return {(test["id"], test["verdict"]) for test in tests}
