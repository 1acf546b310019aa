"""Points earned out of points possible, in exact arithmetic."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Score:
    """Points earned out of points possible; `earned` may be negative where a scheme takes points off."""

    earned: Fraction
    possible: Fraction

    def __add__(self, other: "Score") -> "Score":
        return Score(self.earned + other.earned, self.possible + other.possible)

    def __str__(self) -> str:
        return f"{show_points(self.earned)} / {show_points(self.possible)}"

    @property
    def is_full(self) -> bool:
        return self.earned == self.possible


def score(earned: int | Fraction, possible: int | Fraction) -> Score:
    """A score from whole or fractional points."""
    return Score(Fraction(earned), Fraction(possible))


def total(scores: Iterable[Score]) -> Score:
    """The sum of scores; 0 / 0 for none."""
    return sum(scores, start=score(0, 0))


def plain_number(points: Fraction) -> int | float:
    """Points as JSON has them: an integer where they are whole, else the nearest float."""
    return int(points) if points.denominator == 1 else float(points)


def show_points(points: Fraction) -> str:
    """Points as a person reads them: at most two decimals, none where they are whole."""
    return (
        str(points.numerator) if points.denominator == 1 else f"{float(points):.2f}".rstrip("0").rstrip(".")
    )


def in_points(points: Fraction) -> str:
    """The same with its noun: `1 point`, `2.5 points`."""
    return "1 point" if points == 1 else f"{show_points(points)} points"
