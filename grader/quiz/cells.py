"""Reads answers that have several places: the cells of a table, the parts of an item."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from grader.quiz.selection import UnclearError, is_blank

_NAME = re.compile(r"\D{0,9}(\d{1,3})\D{1,9}(\d{1,3})\D{0,9}")
_PART = re.compile(r"\(?\s*([a-zA-Z])\s*[).:]?")

Place = tuple[int, int]


def read_cells(response: Any, places: Sequence[Place], width: int) -> dict[Place, Any]:
    """What was written into each cell, by row and column counted from 0; a blank cell is left out.

    A mapping names cells as the paper does: `2.3` is the third cell of the second row. A list has an entry a
    cell to fill in, or a list a row: of all its cells, or of those to fill in. A text has `;` or a new line
    between cells.

    Raises:
        UnclearError: it cannot be said which answer belongs to which cell.
    """
    if isinstance(response, Mapping):
        cells = dict(_named(response, places))
    elif isinstance(response, tuple | list):
        cells = _listed(response, places, width)
    else:
        cells = _in_turn([entry.strip() for entry in re.split(r"[;\n]", str(response).strip())], places)
    return {place: value for place, value in cells.items() if not is_blank(value)}


def _named(response: Mapping[Any, Any], places: Sequence[Place]) -> Iterator[tuple[Place, Any]]:
    for key, value in response.items():
        name = _NAME.fullmatch(str(key))
        place = (int(name[1]) - 1, int(name[2]) - 1) if name else None
        if place is None or place not in places:
            known = ", ".join(f"`{row + 1}.{column + 1}`" for row, column in places)
            raise UnclearError(f"there is no cell `{str(key)[:20]}` to fill in; the cells are {known}")
        yield place, value


def _listed(response: Sequence[Any], places: Sequence[Place], width: int) -> dict[Place, Any]:
    rows = _in_rows(response, places, width) if all(isinstance(row, list) for row in response) else None
    if rows is None:
        return _in_turn(response, places)
    if len(response) == len(places) and any(len(row) > 1 for row in response):
        # A list of lists may be rows of cells, or one shape a cell.
        raise UnclearError('name the cells, `{"2.2": "28x28x10"}`, or write each shape as text')
    return rows


def _in_turn(entries: Sequence[Any], places: Sequence[Place]) -> dict[Place, Any]:
    if len(entries) != len(places):
        what = f"{len(entries)} {'answer is' if len(entries) == 1 else 'answers are'} given"
        raise UnclearError(f"{what}, and {len(places)} cells are to be filled in")
    return dict(zip(places, entries, strict=True))


def _in_rows(rows: Sequence[Sequence[Any]], places: Sequence[Place], width: int) -> dict[Place, Any] | None:
    """The cells where each entry is a row; None where they are none."""
    waiting = sorted({row for row, _ in places})
    height = waiting[-1] + 1
    numbers = waiting if len(rows) == len(waiting) else range(len(rows)) if len(rows) >= height else None
    if numbers is None:
        return None
    cells: dict[Place, Any] = {}
    for number, row in zip(numbers, rows, strict=True):
        columns = [column for at, column in places if at == number]
        if len(row) == width:
            cells |= {(number, column): row[column] for column in columns}
        elif len(row) == len(columns):
            cells |= {(number, column): value for column, value in zip(columns, row, strict=True)}
        else:
            return None
    return cells


def read_parts(response: Any, parts: int) -> list[Any]:
    """What was given to each part, None where nothing was: a mapping by letters, or a list.

    Raises:
        UnclearError: it is neither, or names a part that is not there.
    """
    names = [chr(ord("a") + index) for index in range(parts)]
    cure = f"answer part by part, with {', '.join(f'`{name}:`' for name in names)}"
    if isinstance(response, tuple | list) and len(response) == parts:
        return list(response)
    if not isinstance(response, Mapping):
        raise UnclearError(cure)
    given: dict[str, Any] = {}
    for key, value in response.items():
        name = _PART.fullmatch(str(key).strip())
        if name is None or name[1].lower() not in names:
            raise UnclearError(f"there is no part `{str(key)[:20]}`; {cure}")
        if name[1].lower() in given:
            raise UnclearError(f"part `{name[1].lower()}` is answered twice")
        given[name[1].lower()] = value
    return [given.get(name) for name in names]
