"""What a scoring scheme is told of one response."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

Letters = frozenset[str]

NOTHING, EVERYTHING = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class Response:
    """What was selected beside the key, as sets of names.

    The names are letters of options, or true and false, pairs of a matching, cells of a table, "a before b"
    of an ordering, parts, criteria of a rubric, tests. `worth` is what a full answer earns, `options` how
    many names there are to select from, `credits` the share of the points of each name that has one of its
    own.

    The formulas speak of it so: p the worth, S the selection, C the key, n options, c of them keys, k others,
    t keys and w others selected.
    """

    worth: Fraction
    selected: Letters
    key: Letters
    options: int
    credits: Mapping[str, Fraction] = field(default_factory=dict)

    @property
    def keys(self) -> int:
        """c, how many names are keys."""
        return len(self.key)

    @property
    def others(self) -> int:
        """k, how many are not."""
        return self.options - len(self.key)

    @property
    def right(self) -> int:
        """t, how many keys are selected."""
        return len(self.selected & self.key)

    @property
    def wrong(self) -> int:
        """w, how many others are selected."""
        return len(self.selected - self.key)

    @property
    def errors(self) -> int:
        """|S Δ C|, how many names are in the wrong state: selected and no key, or a key and not selected."""
        return len(self.selected ^ self.key)

    @property
    def is_exact(self) -> bool:
        """Whether exactly the key is selected."""
        return self.selected == self.key


Scheme = Callable[[Response], Fraction]
"""From a response to the points it earns."""


def within(share: Fraction, low: Fraction = NOTHING, high: Fraction = EVERYTHING) -> Fraction:
    """The share of the points, held between its bounds."""
    return min(high, max(low, share))
