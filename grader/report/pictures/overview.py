"""Draws what parallel forms are made of: topics by difficulty."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from grader.exam.certificate import Placed
from grader.model.score import in_points, show_points
from grader.report.pictures.drawing import WIDTH, Box, Line, Look, Picture, Words, counted, svg, wrapped

LEVELS = range(1, 6)
ABREAST = 3
"""So many forms stand beside each other; more go below."""
_LOOKS: tuple[Look, ...] = ("first", "second", "third")
_CELL, _WORTH = 39, 66
"""How wide a level is, and the points."""
_LABEL = WIDTH - _CELL * len(LEVELS) - _WORTH
_GAP = 8
_LINE = 13
_SIZE = 11
Mark = Box | Line | Words


Forms = Mapping[str, Sequence[Placed]]
"""The questions of each form, by its letter."""


def blueprint_overview(forms: Forms) -> str:
    """How many questions each form has of a topic and difficulty, and their points, as an SVG."""
    letters, marks, y = list(forms), list[Mark](), 0.0
    for start in range(0, len(letters), ABREAST):
        panel = list(
            _panel({name: forms[name] for name in letters[start : start + ABREAST]}, topics(forms), y)
        )
        y = max(_foot(mark) for mark in panel) + 24
        marks += panel
    boxes = [mark for mark in marks if isinstance(mark, Box)]
    lines = [mark for mark in marks if isinstance(mark, Line)]
    words = [mark for mark in marks if isinstance(mark, Words)]
    told = " ".join(_told(name, placed) for name, placed in forms.items())
    return svg(Picture("Topics by difficulty", told, max(y - 16, _LINE), boxes, lines, words))


def topics(forms: Forms) -> list[str]:
    """Every topic that stands on a form, in the order of the alphabet."""
    return sorted(
        {one.topic for placed in forms.values() for one in placed}, key=lambda name: (name.casefold(), name)
    )


def _foot(mark: Mark) -> float:
    match mark:
        case Box(y=y, height=height):
            return y + height
        case Line(y2=y):
            return y
    return mark.y


def _panel(forms: Forms, names: Sequence[str], y: float) -> Iterator[Mark]:
    yield from _heads(forms, y)
    y += 24 + (_LINE if len(forms) > 1 else 0)
    for name in names:
        yield Line(0, y, WIDTH, y, "faint")
        shown = wrapped(name.replace("_", " "), _LABEL - 6, _SIZE, lines=2)
        for place, line in enumerate(shown):
            yield Words(0, y + 12 + _LINE * place, line)
        yield from _row(forms, name, y)
        y += 4 + _LINE * len(shown)
    yield Line(0, y, WIDTH, y)
    for name, placed in forms.items():
        y += 5
        form = f"form {name}: " if name else ""
        sums = [[one for one in placed if one.difficulty == level] for level in LEVELS]
        yield from _sums(f"{form}questions", [str(len(own)) for own in sums], str(len(placed)), y + 10)
        worths = [show_points(_worth(own)) for own in sums]
        yield from _sums(f"{form}points", worths, show_points(_worth(placed)), y + 10 + _LINE)
        y += 2 * _LINE


def _heads(forms: Forms, y: float) -> Iterator[Mark]:
    yield Words(0, y + 10, "topic", "start", "muted")
    yield Words(_LABEL + _CELL * len(LEVELS) / 2, y + 10, "difficulty, questions", "middle", "muted")
    yield Words(WIDTH - _WORTH / 2, y + 10, "points", "middle", "muted")
    for place, level in enumerate(LEVELS):
        yield Words(_LABEL + _CELL * (place + 0.5), y + 22, str(level), "middle", "strong")
    if len(forms) > 1:
        for place, name in enumerate(forms):
            for x, wide in _columns():
                yield Words(_middle(x, wide, place, len(forms)), y + 34, name, "middle", "muted")


def _columns() -> Iterator[tuple[float, float]]:
    """Where each level and the points begin, and how wide they are."""
    yield from ((_LABEL + _CELL * place, _CELL) for place in range(len(LEVELS)))
    yield WIDTH - _WORTH, _WORTH


def _middle(x: float, wide: float, place: int, number: int) -> float:
    return x + _GAP / 2 + (wide - _GAP) * (place + 0.5) / number


def _row(forms: Forms, topic: str, y: float) -> Iterator[Mark]:
    *cells, (worth, wide) = _columns()
    for place, placed in enumerate(forms.values()):
        own = [one for one in placed if one.topic == topic]
        counts = Counter(one.difficulty for one in own)
        for level, (x, cell) in zip(LEVELS, cells, strict=True):
            if counts[level]:
                middle, slot = _middle(x, cell, place, len(forms)), min(18.0, (cell - _GAP) / len(forms))
                yield Box(middle - slot / 2 + 0.5, y + 2, slot - 1, _LINE, _LOOKS[place])
                yield Words(middle, y + 12, str(counts[level]), "middle")
        if own:
            yield Words(
                _middle(worth, wide, place, len(forms)), y + 12, show_points(_worth(own)), "middle", "small"
            )


def _sums(name: str, numbers: Iterable[str], last: str, y: float) -> Iterator[Words]:
    yield Words(0, y, name, "start", "strong")
    *cells, (worth, wide) = _columns()
    for (x, cell), text in zip(cells, numbers, strict=True):
        yield Words(x + cell / 2, y, text, "middle")
    yield Words(worth + wide / 2, y, last, "middle", "strong")


def _worth(placed: Iterable[Placed]) -> Fraction:
    return sum((one.points for one in placed), Fraction(0))


def _told(name: str, placed: Sequence[Placed]) -> str:
    form = f"Form {name}" if name else "The form"
    head = f"{form}: {counted(len(placed), 'question')}, {in_points(_worth(placed))}."
    levels = Counter(one.difficulty for one in placed)
    hard = ", ".join(f"{levels[level]} of difficulty {level}" for level in LEVELS if levels[level])
    by_topic = Counter(one.topic for one in placed)
    own = ", ".join(f"{topic.replace('_', ' ')} {count}" for topic, count in sorted(by_topic.items()))
    return " ".join([head, *([f"{hard}.", f"By topic: {own}."] if placed else [])])
