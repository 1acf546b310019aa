"""Says whose scores amendments changed, by how much, and which of them did."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from grader.exam.amendments import Amendments
from grader.exam.papers import Standing
from grader.model.score import show_points


def changed(standings: Iterable[Standing]) -> list[Standing]:
    """Those whose score is another one now."""
    return [one for one in standings if one.before not in (None, one.score)]


def earned_change(one: Standing) -> Fraction:
    """The points gained or lost; 0 where only those possible are others, as of an item that was dropped."""
    return one.score.earned - (one.before or one.score).earned


def change_text(one: Standing) -> str:
    """The same, as it is told."""
    earned = earned_change(one)
    return f"+{show_points(earned)}" if earned > 0 else show_points(earned)


def effective(one: Standing, amendments: Amendments) -> Iterator[str]:
    """The amendments that changed the score, by item, part and action."""
    for step in one.steps:
        if step.before != step.after:
            entry = amendments.amendments[step.amendment]
            part = f" ({entry.part})" if entry.part else ""
            yield f"{entry.item}{part}: {entry.action}"
