"""Decides from values at many points whether two formulas are one: the same, different, or undecided."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

import numpy as np
from numpy.typing import NDArray

CLOSE = 1e-8
"""So near are values that only rounding tells apart."""
FAR = 1e-5
"""So far apart are values that no rounding explains; between the two nothing is decided."""
NOISE = 1e-13
"""What is lost where numbers cancel, as a share of what was added."""

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]


class Verdict(StrEnum):
    """How one formula compares with another."""

    SAME = "same"
    DIFFERENT = "different"
    OTHER_SIGN = "other sign"
    OTHER_FACTOR = "other factor"
    NO_VALUE = "no value"
    EXTRA_VALUE = "extra value"
    OTHER_SHAPE = "other shape"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict, the point that shows it, and what a student is told."""

    verdict: Verdict
    at: int | None = None
    feedback: str = ""

    @property
    def correct(self) -> bool | None:
        if self.verdict in (Verdict.UNDECIDED, Verdict.EXTRA_VALUE):
            return None
        return self.verdict is Verdict.SAME

    def saying(self, feedback: str) -> Self:
        return replace(self, feedback=feedback)


@dataclass(frozen=True, slots=True)
class Values:
    """Values at many points: `nan` where there is none; `lost` where a float could not hold one on the way.

    `scale` is the largest that was added or subtracted on the way: what cancels there is no longer exact.
    """

    values: Floats
    lost: Truths
    scale: Floats


def compared(given: Values, wanted: Values, enough: int) -> Comparison:
    """What the values say; points where neither has a value, or where one was lost, say nothing.

    A value where the answer has none decides nothing: whoever simplifies x^2/x to x is not wrong.
    """
    held = ~given.lost & ~wanted.lost
    has, needs = ~np.isnan(given.values), ~np.isnan(wanted.values)
    missing, extra = held & needs & ~has, held & has & ~needs
    if missing.any():
        return Comparison(Verdict.NO_VALUE, int(np.argmax(missing)))
    both = held & has & needs
    size = np.maximum(np.abs(given.values), np.abs(wanted.values))
    noise = NOISE * (given.scale + wanted.scale)
    distance = np.abs(given.values - wanted.values)
    with np.errstate(invalid="ignore"):
        far = both & (distance > FAR * size + 1_000 * noise)
        near = both & (distance <= CLOSE * size + noise)
        telling = near & ((noise <= FAR * size) | (size == 0))
    if far.any():
        at = int(np.argmax(far))
        return Comparison(_kind(given.values[both], wanted.values[both], enough), at)
    if extra.any():
        return Comparison(Verdict.EXTRA_VALUE, int(np.argmax(extra)))
    if (both & ~near).any() or np.count_nonzero(telling) < enough:
        return Comparison(Verdict.UNDECIDED)
    return Comparison(Verdict.SAME)


def _kind(given: Floats, wanted: Floats, enough: int) -> Verdict:
    """Whether the one is the other but for its sign, or for a factor."""
    if len(given) < enough or (wanted == 0).any() or (given == 0).any():
        return Verdict.DIFFERENT
    factors = given / wanted
    if np.ptp(factors) > CLOSE * abs(factors[0]):
        return Verdict.DIFFERENT
    return Verdict.OTHER_SIGN if abs(factors[0] + 1) < CLOSE else Verdict.OTHER_FACTOR
