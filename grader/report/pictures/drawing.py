"""Draws boxes, lines and words as an SVG that people see, hear and print alike."""

import hashlib
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len, chop_cells

from grader.report.pages import seen, template

WIDTH = 400
"""Of every picture, in units: on a phone a unit is nearly a pixel, so that its words can be read there."""
Look = Literal["right", "partly", "wrong", "blank", "waiting", "bar", "first", "second", "third", "frame"]
"""How a box is filled, by what it stands for; the template has the colours and the patterns."""
Voice = Literal["plain", "strong", "small", "muted", "over"]
"""How words are set; `over` stands clear of a line that runs behind it."""
Anchor = Literal["start", "middle", "end"]
_LETTER = 0.56
"""How wide a letter is, on average, beside its height."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `told` is shown when a pointer rests on it."""

    x: float
    y: float
    width: float
    height: float
    look: Look
    told: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    look: Literal["plain", "dashed", "faint"] = "plain"


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text on its base line."""

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    voice: Voice = "plain"


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn, from back to front, and what is told to those who do not see it."""

    title: str
    told: str
    height: float
    boxes: Sequence[Box]
    lines: Sequence[Line]
    words: Sequence[Words]


def svg(picture: Picture) -> str:
    """The picture as an element for a page, or a file of its own; the same picture gives the same text."""
    # Ids are those of a page that may hold several pictures.
    name = f"p{hashlib.sha256(repr(picture).encode('utf-8', 'replace')).hexdigest()[:8]}"
    looks = sorted({box.look for box in picture.boxes})
    drawn = template("picture.svg.j2")
    return drawn.render(picture=picture, name=name, looks=looks, width=WIDTH, number=number)


def number(value: float) -> str:
    """A length, short and the same everywhere."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def wrapped(text: str, room: float, size: float, lines: int = 1) -> list[str]:
    """The text in so many lines at most, each as wide as the room; what is left over is an ellipsis."""
    text = seen(text)
    if cell_len(text) == len(text):
        cells = int(room / (_LETTER * size))
        found = textwrap.wrap(text, cells) or [""]
    else:
        # Signs as wide as they are high stand in two cells, and may be parted anywhere.
        cells = 2 * int(room / size)
        found = chop_cells(text, cells)
    if len(found) > lines:
        found = [*found[: lines - 1], f"{chop_cells(found[lines - 1], cells - 1)[0].rstrip()}…"]
    return found


def counted(count: int, noun: str) -> str:
    """A number with its noun: `1 student`, `3 students`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
