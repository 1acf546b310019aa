"""Draws an item: chooses its parameters by a seed and puts their values into its texts."""

from dataclasses import dataclass

from grader.model.item import Item
from grader.quiz.expressions import Names
from grader.quiz.parameters import DrawError, admitted, in_random_order, told
from grader.quiz.templates import put_in
from grader.quiz.traps import traps

MAX_TRAPPED = 500


@dataclass(frozen=True, slots=True)
class Draw:
    """What a seed makes of an item: the values of its parameters and lets, and the item with them put in."""

    names: Names
    item: Item


def drawn(item: Item, seed: int) -> Item:
    """The item with the values that a seed gives it; the same in every process.

    Raises:
        DrawError: its parameters, conditions or templates cannot be used.
    """
    return draw(item, seed).item


def names_of(item: Item, seed: int) -> Names:
    """The parameters and lets of the draw that `drawn` makes.

    Raises:
        DrawError: as `drawn`.
    """
    return draw(item, seed).names


def draw(item: Item, seed: int) -> Draw:
    """A draw at random among all that can be asked, each as likely as another.

    A draw in which an option, a near miss and the key coincide cannot be asked; another takes its place.

    Raises:
        DrawError: there is none, or something in the item cannot be evaluated.
    """
    if not item.params:
        names = admitted(item, {})
        if names is None:
            raise DrawError("its condition does not hold", ("where",))
        return Draw(names, filled(item, names))
    trapped = ""
    count = 0
    for names in in_random_order(item, seed):
        result = filled(item, names)
        trap = next(traps(result), None)
        if trap is None:
            return Draw(names, result)
        trapped, count = f"{told(names)}: {trap.what}", count + 1
        if count >= MAX_TRAPPED:
            break
    if trapped:
        raise DrawError(f"in every draw a wrong answer is right or a text stands twice, as with {trapped}")
    raise DrawError("no choice of its parameters fulfils its conditions", ("where",))


def filled(item: Item, names: Names) -> Item:
    """The item with the values of a draw in its texts.

    Raises:
        DrawError: an expression has no value, or none that fits; it tells the draw.
    """
    try:
        return put_in(item, names)
    except DrawError as error:
        with_these = f", with {told(names)}" if names else ""
        raise DrawError(f"{error}{with_these}", error.step) from None
