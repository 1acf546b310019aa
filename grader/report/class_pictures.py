"""Draws how a class did: the distribution of its scores, and of the answers to each item."""

from collections.abc import Sequence

from markupsafe import Markup

from grader.exam.papers import Standing
from grader.exam.statistics import counted, item_statistics
from grader.report.pictures import ItemRow, item_results, score_histogram


def class_pictures(standings: Sequence[Standing]) -> tuple[Markup, Markup] | None:
    """SVGs of the scores and of the items; None where no paper has a score."""
    scores = [one.score for one in counted(standings) if one.score.possible]
    if not scores:
        return None
    # Parallel forms may differ by what was dropped from one of them: shares are what can be compared.
    possible = max(score.possible for score in scores)
    earned = [score.earned / score.possible * possible for score in scores]
    rows = [
        ItemRow(one.id, one.right, one.partly, one.wrong, one.blank, one.waiting)
        for one in item_statistics(standings)
    ]
    scores_picture, items_picture = score_histogram(earned, possible), item_results(rows)
    return Markup(scores_picture), Markup(items_picture)  # noqa: S704 (of templates that escape)
