"""Draws how each item was answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from grader.report.pictures.drawing import WIDTH, Box, Look, Picture, Words, svg, wrapped

VERDICTS: Mapping[Look, str] = {
    "right": "right",
    "partly": "partly right",
    "wrong": "wrong",
    "blank": "left blank",
    "waiting": "waiting for a person",
}
"""What an answer can be, from left to right."""
_ROW, _BAR, _TOP = 42, 12, 8
_SIZE = 11
_TWO_LINES = 3
"""How many entries of the legend stand on a line."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """How many answers to an item earned all points, some, none; were blank; wait for a person."""

    name: str
    right: int
    partly: int
    wrong: int
    blank: int
    waiting: int


def item_results(rows: Sequence[ItemRow]) -> str:
    """A bar for each item that shows the shares of its answers, with their numbers, as an SVG."""
    used = [look for look in VERDICTS if any(counts_of(row)[look] for row in rows)]
    legend, top = list(_legend(used)), _TOP + 18 * -(-len(used) // _TWO_LINES)
    boxes = [one for one in legend if isinstance(one, Box)]
    words = [one for one in legend if isinstance(one, Words)]
    for place, row in enumerate(rows):
        y = top + place * _ROW
        boxes += _bar(row, y + 16)
        words.append(Words(0, y + 11, wrapped(row.name, WIDTH, _SIZE)[0], "start", "strong"))
        words.append(Words(0, y + 16 + _BAR + 10, _numbers(row), "start", "small"))
    if not rows:
        words.append(Words(WIDTH / 2, top + 20, "No items yet.", "middle"))
    told = " ".join(f"{row.name}: {_numbers(row)}." for row in rows) or "No items yet."
    return svg(Picture("Results of each item", told, top + _ROW * max(1, len(rows)) + 4, boxes, (), words))


def counts_of(row: ItemRow) -> Mapping[Look, int]:
    """The numbers of a row by what they count."""
    counts = (row.right, row.partly, row.wrong, row.blank, row.waiting)
    return dict(zip(VERDICTS, counts, strict=True))


def _legend(used: Sequence[Look]) -> Iterator[Box | Words]:
    for place, look in enumerate(used):
        x, y = WIDTH * (place % _TWO_LINES) / _TWO_LINES, _TOP + 18 * (place // _TWO_LINES)
        yield Box(x + 0.5, y - 2, 14, 10, look)
        yield Words(x + 19, y + 7, VERDICTS[look])


def _bar(row: ItemRow, y: float) -> Iterator[Box]:
    counts, inside = counts_of(row), WIDTH - 1
    every = sum(counts.values())
    starts = [0, *accumulate(counts.values())]
    for start, (look, count) in zip(starts, counts.items(), strict=False):
        if count:
            x, wide = 0.5 + inside * start / every, inside * count / every
            yield Box(x, y, wide, _BAR, look, f"{row.name}: {count} {VERDICTS[look]}")
    if not every:
        yield Box(0.5, y, inside, _BAR, "blank")


def _numbers(row: ItemRow) -> str:
    told = [f"{count} {VERDICTS[look]}" for look, count in counts_of(row).items() if count]
    return " · ".join(told) or "no answers"
