"""What a person decides about papers: written out criterion by criterion, and read back into the scores."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, ClassVar

import yaml

from grader.errors import ContentError, Finding
from grader.files import read_file
from grader.model.form import ItemResult
from grader.model.strict import STRICT
from grader.reading import Document, read_yaml

MAX_CSV = 64 * 2**20
_POINTS = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,6}|/[1-9][0-9]{0,11})?")
_FORMULA = tuple("=+-@\t\r")
"""How a cell begins that a spreadsheet would run."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of a file of marks: where it belongs, and the points given; None while nobody has decided.

    `points` is the most that can be given, `response` what the student wrote.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    file: str
    item: str
    criterion: str
    points: str
    paper: str | None = None
    given: str | None = None
    comment: str | None = None
    response: str | None = None


FIELDS = ("paper", "file", "item", "criterion", "points", "given", "comment", "response")
Key = tuple[str, str, str, str]
"""Paper, file, item and criterion."""


@dataclass(frozen=True, slots=True)
class _Marks:
    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a file by where they belong, with the line of each."""

    path: Path
    marks: Mapping[Key, Mark]
    lines: Mapping[Key, int]

    def finding(self, key: Key, rule: str, what: str, cure: str) -> Finding:
        return Finding(self.path, self.lines[key], 1, rule, what, cure)


# --- out ---------------------------------------------------------------------------------------------------


def waiting(paper: str | None, file: str, results: Iterable[ItemResult]) -> Iterator[Mark]:
    """What of a marked paper a person has still to decide."""
    for result in results:
        for one in result.pending:
            response = one.response.replace("\r\n", "\n").replace("\r", "\n")
            points = as_decimal(one.points)
            yield Mark(file, result.id, one.criterion, points, paper=paper, response=response)


def marks_csv(marks: Iterable[Mark]) -> str:
    """A table to be filled in with a spreadsheet, which finds no formula in what students wrote."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(FIELDS)
    for mark in marks:
        writer.writerow([harmless(getattr(mark, name) or "") for name in FIELDS])
    return text.getvalue()


def marks_yaml(marks: Iterable[Mark]) -> str:
    """The same to be filled in with an editor."""
    whole = [{name: getattr(mark, name) or None for name in FIELDS} for mark in marks]
    return "# Write the points under `given`, from 0 to `points`.\n" + str(
        yaml.safe_dump({"marks": whole}, sort_keys=False, allow_unicode=True)
    )


def harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_decimal(points: Fraction) -> str:
    """Points in decimals where they are exact: a spreadsheet would take 3/2 for a day in February."""
    decimals = f"{float(points):.6f}".rstrip("0").rstrip(".")
    return decimals if Fraction(decimals) == points else str(points)


def read_points(text: str | None) -> Fraction | None:
    """A number of points as it was typed, with a point or a comma; None where it is none."""
    plain = (text or "").strip().replace(",", ".")
    return Fraction(plain) if _POINTS.fullmatch(plain) else None


# --- in ----------------------------------------------------------------------------------------------------


def read_marks(path: Path) -> Marks:
    """A filled-in file of marks, CSV or YAML.

    Raises:
        ContentError: something in it cannot be used; every such line is told.
    """
    numbered, findings = _yaml_marks(path) if path.suffix.lower() in (".yaml", ".yml") else _csv_marks(path)
    marks: dict[Key, Mark] = {}
    lines: dict[Key, int] = {}
    for line, mark in numbered:
        key = key_of(mark)
        if mark.given and mark.given.strip() and read_points(mark.given) is None:
            what = f"`{mark.given[:30]}` is no number of points"
            findings.append(Finding(path, line, 1, "bad-mark", what, "write it like `2`, `1.5` or `3/2`"))
        if key in marks:
            what = f"this criterion has a line already (line {lines[key]})"
            findings.append(Finding(path, line, 1, "bad-mark", what, "keep one of the two"))
        marks.setdefault(key, mark)
        lines.setdefault(key, line)
    if findings:
        raise ContentError(sorted(findings))
    return Marks(path, marks, lines)


def key_of(mark: Mark) -> Key:
    """Where a mark belongs, as a spreadsheet may show it."""
    names = (mark.paper or "", mark.file, mark.item, mark.criterion)
    paper, file, item, criterion = (" ".join(harmless(name).split()) for name in names)
    return paper, file, item, criterion


def _yaml_marks(path: Path) -> tuple[list[tuple[int, Mark]], list[Finding]]:
    document: Document[_Marks] = read_yaml(path, _Marks)
    if document.value is None:
        return [], list(document.findings)
    places = (document.tree.place(("marks", index))[0] for index in range(len(document.value.marks)))
    return list(zip(places, document.value.marks, strict=True)), list(document.findings)


def _csv_marks(path: Path) -> tuple[list[tuple[int, Mark]], list[Finding]]:
    try:
        data = read_file(path, MAX_CSV)
        text = data[:MAX_CSV].decode("utf-8-sig")
    except OSError as error:
        return [], [_unreadable(path, f"the file cannot be read: {error.strerror}")]
    except UnicodeDecodeError:
        return [], [_unreadable(path, "the file is not UTF-8 text")]
    head = text.split("\n", 1)[0]
    # Spreadsheets of many languages write semicolons.
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in head else ",", strict=True)
    try:
        return _rows(path, rows)
    except csv.Error as error:
        return [], [Finding(path, rows.line_num, 1, "bad-mark", f"this is no CSV: {error}", "save it again")]


def _rows(path: Path, rows: Any) -> tuple[list[tuple[int, Mark]], list[Finding]]:
    names = [name.strip().casefold() for name in next(rows, [])]
    if sorted(names) != sorted(FIELDS):
        cure = f"begin with the columns {', '.join(FIELDS)}"
        return [], [Finding(path, 1, 1, "bad-mark", "these are not the columns of a file of marks", cure)]
    marks, findings, line = [], [], rows.line_num + 1
    for row in rows:
        if len(row) == len(names):
            marks.append((line, Mark(**dict(zip(names, row, strict=True)))))
        elif any(row):
            what = f"this line has {len(row)} cells, and there are {len(names)} columns"
            findings.append(Finding(path, line, 1, "bad-mark", what, "put text with a comma in quotes"))
        line = rows.line_num + 1
    return marks, findings


def _unreadable(path: Path, what: str) -> Finding:
    return Finding(path, 1, 1, "file-unreadable", what, "save it again as UTF-8")


RULES: Mapping[str, str] = {
    "bad-mark": """\
What: a line of a file of marks cannot be used: other columns, no number, more points than there are.
Why: a slip in it would change somebody's score without a word.
Cure: mend the line; the points are written like `2`, `1.5` or `3/2`.""",
}
"""The pages of the rules of this module, for `grade explain`."""
