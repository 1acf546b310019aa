"""Draws how scores are spread."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from math import floor
from statistics import median

from grader.model.score import in_points, show_points
from grader.report.pictures.drawing import WIDTH, Box, Line, Picture, Words, counted, svg

MOST_BARS = 12
"""More are too thin for their labels on a phone."""
_SIDE, _TOP, _TALL = 14, 34, 140
_FLOOR = _TOP + _TALL
_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Bin:
    """How many scores lie between two numbers; where both are the same, how many are exactly that."""

    low: Fraction
    high: Fraction
    count: int


def score_histogram(scores: Sequence[Fraction], possible: Fraction) -> str:
    """How many students have how many points, as an SVG; the median is marked."""
    bins = binned(scores, possible)
    edges = [_left(bins[0]), *map(_right, bins)]
    wide = (WIDTH - 2 * _SIDE) / float(edges[-1] - edges[0])

    def across(points: Fraction) -> float:
        return _SIDE + float(points - edges[0]) * wide

    boxes, words = list(_bars(bins, across)), [*_counts(bins, across), *_scale(bins, across)]
    lines = [Line(_SIDE, _FLOOR, WIDTH - _SIDE, _FLOOR)]
    if scores:
        middle = across(median(scores))
        lines.append(Line(middle, 17, middle, _FLOOR, "dashed"))
        label = f"median {show_points(median(scores))}"
        words.append(Words(min(max(middle, 45), WIDTH - 45), 12, label, "middle", "strong"))
    else:
        words.append(Words(WIDTH / 2, _FLOOR - _TALL / 2, "No scores yet.", "middle"))
    words.append(Words(WIDTH / 2, _FLOOR + 34, _caption(bins, possible), "middle", "muted"))
    return svg(
        Picture("Distribution of scores", _told(scores, possible, bins), _FLOOR + 40, boxes, lines, words)
    )


def binned(scores: Sequence[Fraction], possible: Fraction) -> list[Bin]:
    """The scores in bins alike: one for each score where these are few and whole, else round numbers wide.

    A score on an edge counts above it; one on the last edge, full marks for instance, below it.
    """
    low, high = min([Fraction(0), *scores]), max([possible, *scores])
    are_whole = all(value.denominator == 1 for value in (*scores, possible))
    if are_whole and high - low <= MOST_BARS:
        return [
            Bin(Fraction(n), Fraction(n), scores.count(Fraction(n))) for n in range(int(low), int(high) + 1)
        ]
    width = next(one for one in _widths() if (high - low) / one <= MOST_BARS)
    first = floor(low / width)
    last = max(first + 1, -floor(-high / width))
    counts = dict.fromkeys(range(first, last), 0)
    for value in scores:
        counts[min(floor(value / width), last - 1)] += 1
    return [Bin(n * width, (n + 1) * width, found) for n, found in counts.items()]


def _widths() -> Iterator[Fraction]:
    """Widths that people count in."""
    for power in count(-2):
        yield from (Fraction(one) * Fraction(10) ** power for one in (1, 2, 5))


def _left(one: Bin) -> Fraction:
    return one.low - _HALF if one.low == one.high else one.low


def _right(one: Bin) -> Fraction:
    return one.high + _HALF if one.low == one.high else one.high


def _bars(bins: Sequence[Bin], across: Callable[[Fraction], float]) -> Iterator[Box]:
    most = max(1, *(one.count for one in bins))
    for one in bins:
        left, right = across(_left(one)), across(_right(one))
        tall = _TALL * one.count / most
        if one.count:
            yield Box(left + 1, _FLOOR - tall, right - left - 2, tall, "bar", _bin_told(one, bins))


def _counts(bins: Sequence[Bin], across: Callable[[Fraction], float]) -> Iterator[Words]:
    most = max(1, *(one.count for one in bins))
    for one in bins:
        if one.count:
            middle = (across(_left(one)) + across(_right(one))) / 2
            yield Words(middle, _FLOOR - _TALL * one.count / most - 4, str(one.count), "middle", "over")


def _scale(bins: Sequence[Bin], across: Callable[[Fraction], float]) -> Iterator[Words]:
    marks = [one.low for one in bins]
    if bins[-1].high != marks[-1]:
        marks.append(bins[-1].high)
    for mark in marks:
        yield Words(across(mark), _FLOOR + 14, show_points(mark).replace("-", "−"), "middle", "small")


def _caption(bins: Sequence[Bin], possible: Fraction) -> str:
    shown = f"points of {show_points(possible)}"
    if bins[0].low == bins[0].high:
        return shown
    last = ", full marks to the left" if bins[-1].high == possible else ""
    return f"{shown}; a score on an edge counts to its right{last}"


def _told(scores: Sequence[Fraction], possible: Fraction, bins: Sequence[Bin]) -> str:
    if not scores:
        return f"No scores yet, of {in_points(possible)}."
    least, middle, most = map(show_points, (min(scores), median(scores), max(scores)))
    facts = f"{counted(len(scores), 'student')}, {in_points(possible)} possible"
    each = "; ".join(_bin_told(one, bins) for one in bins if one.count)
    return f"{facts}. Median {middle}, lowest {least}, highest {most}. {each}."


def _bin_told(one: Bin, bins: Sequence[Bin]) -> str:
    students = counted(one.count, "student")
    if one.low == one.high:
        return f"{in_points(one.low)}: {students}"
    end = "" if one is bins[-1] else "less than "
    return f"{show_points(one.low)} to {end}{in_points(one.high)}: {students}"
