"""Says of each item how students did on it: how many had it right, and whether they did well otherwise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import StatisticsError, correlation

from grader.exam.papers import Standing
from grader.model.form import ItemResult, Question

FEWEST = 10
"""Students from whom on a correlation is told; of fewer it is chance."""


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """How often a response to an item was right, partly so, not, left blank, or waits to be decided.

    `right_share` and `mean` are over what is decided: the share of students with full points, and the mean
    share of the points. `discrimination` is the correlation of the item's share with the share earned on
    the rest of the paper (an item-rest correlation; for an item that is right or not, point-biserial). It
    is None for few students, and where all did alike.
    """

    id: str
    stem: str
    right: int
    partly: int
    wrong: int
    blank: int
    waiting: int
    right_share: Fraction | None
    mean: Fraction | None
    discrimination: float | None


def counted(standings: Iterable[Standing]) -> list[Standing]:
    """The papers that say something of the class: they were marked, and do not stand apart."""
    return [one for one in standings if not one.error and not one.is_apart]


def item_statistics(standings: Iterable[Standing]) -> list[ItemStatistics]:
    """The items of all papers in the order in which they first stand on one; dropped ones are left out."""
    asked: dict[str, Question] = {}
    given: dict[str, list[tuple[ItemResult, Fraction | None]]] = {}
    for one in sorted(counted(standings), key=lambda one: one.paper or ""):
        whole = one.score
        for question, result in zip(one.questions, one.results, strict=True):
            if not result.score.possible:
                continue
            rest = whole.possible - result.score.possible
            asked.setdefault(result.id, question)
            share = (whole.earned - result.score.earned) / rest if rest else None
            given.setdefault(result.id, []).append((result, share))
    return [_of_item(asked[name], results) for name, results in given.items()]


def _of_item(question: Question, given: Sequence[tuple[ItemResult, Fraction | None]]) -> ItemStatistics:
    verdicts = [_verdict(result) for result, _ in given]
    decided = [pair for pair, verdict in zip(given, verdicts, strict=True) if verdict != "waiting"]
    shares = [result.score.earned / result.score.possible for result, _ in decided]
    right = verdicts.count("right")
    return ItemStatistics(
        question.item.id,
        question.item.stem,
        right,
        verdicts.count("partly"),
        verdicts.count("wrong"),
        verdicts.count("blank"),
        verdicts.count("waiting"),
        Fraction(right, len(decided)) if decided else None,
        sum(shares, Fraction(0)) / len(shares) if shares else None,
        _discrimination(shares, [rest for _, rest in decided]),
    )


def _verdict(result: ItemResult) -> str:
    if result.pending or result.unread:
        return "waiting"
    if result.score.earned >= result.score.possible:
        return "right"
    if result.response is None:
        return "blank"
    return "partly" if result.score.earned > 0 else "wrong"


def _discrimination(shares: Sequence[Fraction], rests: Sequence[Fraction | None]) -> float | None:
    pairs = [(float(own), float(rest)) for own, rest in zip(shares, rests, strict=True) if rest is not None]
    if len(pairs) < FEWEST:
        return None
    try:
        return correlation(*zip(*pairs, strict=True))
    except StatisticsError:
        return None  # all did alike


def mean_share(standings: Iterable[Standing]) -> Fraction | None:
    """The mean over the papers that count of the share of the points earned."""
    scores = [one.score for one in counted(standings)]
    shares = [score.earned / score.possible for score in scores if score.possible]
    return sum(shares, Fraction(0)) / len(shares) if shares else None


def in_short(standings: Sequence[Standing]) -> str:
    """How many papers were marked, and the mean share of the points."""
    marked = sum(not one.error for one in standings)
    left = len(standings) - marked
    mean = mean_share(standings)
    told = ["1 paper marked" if marked == 1 else f"{marked:,} papers marked"]
    told += [f"{left:,} not marked"] if left else []
    apart = sum(one.is_apart for one in standings)
    names = "that names" if apart == 1 else "that name"
    without = f" ({apart:,} {names} no paper left out)" if apart else ""
    told += [f"mean {float(mean):.1%} of the points{without}"] if mean is not None else []
    return ", ".join(told)
