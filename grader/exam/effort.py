"""Estimates how long a student works on an item whose author does not say."""

from collections.abc import Mapping
from fractions import Fraction

from grader.model.item import Code, Essay, Item, Part, Parts, Table

TYPICAL: Mapping[str, Fraction] = {
    "true_false": Fraction(1),
    "single_choice": Fraction(2),
    "multiple_choice": Fraction(3),
    "short_answer": Fraction(3),
    "matching": Fraction(3),
    "ordering": Fraction(3),
}
"""Minutes for reading, thinking and answering."""
A_CELL = Fraction(3, 2)
A_CRITERION = Fraction(3)
AN_EXERCISE = Fraction(25)
"""Minutes for a cell of a table, for what a criterion of an essay asks for, for a coding exercise."""


def minutes_of(item: Item | Part) -> Fraction:
    """The minutes that an item states, else those of its type and size."""
    if item.minutes is not None:
        return Fraction(str(item.minutes))
    match item:
        case Parts(parts=parts):
            return sum(map(minutes_of, parts), Fraction(0))
        case Table():
            return 1 + A_CELL * len(item.blanks)
        case Essay(rubric=rubric):
            return A_CRITERION * len(rubric)
        case Code():
            return AN_EXERCISE
    return TYPICAL[item.type]
