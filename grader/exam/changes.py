"""Says whose scores amendments changed, by how much, and which of them did."""

from collections.abc import Iterable, Iterator

from grader.exam.amendments import Amendments
from grader.exam.papers import Standing
from grader.model.score import show_points


def changed(standings: Iterable[Standing]) -> list[Standing]:
    """Those whose score is another one now."""
    return [one for one in standings if one.before not in (None, one.score)]


def change_text(one: Standing) -> str:
    """The points gained or lost."""
    earned = one.score.earned - (one.before or one.score).earned
    return f"+{show_points(earned)}" if earned > 0 else show_points(earned)


def effective(one: Standing, amendments: Amendments) -> Iterator[str]:
    """The amendments that changed the score, by item and action."""
    for step in one.steps:
        if step.before != step.after:
            entry = amendments.amendments[step.amendment]
            yield f"{entry.item}: {entry.action}"
