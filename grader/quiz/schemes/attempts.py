"""Schemes for several attempts at one item: from the share of each attempt, in order, to that of the item."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from grader.quiz.schemes.response import NOTHING

Shares = Sequence[Fraction]
PENALTY = Fraction(1, 10)


def best_less_penalties(shares: Shares, penalty: Fraction = PENALTY) -> Fraction:
    """max over i of (share i - penalty · attempts before i that were not fully right), never below 0

    Each attempt that is not fully right makes those after it worth less, and the best counts.

    Source: STACK's potential response trees, whose default penalty is 0.1.
    """
    best, lost = NOTHING, NOTHING
    for share in shares:
        best = max(best, share - lost)
        lost += penalty if share < 1 else 0
    return best


def points_per_attempt(shares: Shares, values: Shares = (Fraction(1), Fraction(1, 2))) -> Fraction:
    """Σ over i of max(0, share i - best share before i) · value of attempt i

    What an attempt adds is paid at the value that the attempt has; no attempt loses anything.

    Source: PrairieLearn's exams (`autoPoints: [10, 7, 5]`).
    """
    best, earned = NOTHING, NOTHING
    # There are as many attempts as values; what comes after them does not count.
    for share, value in zip(shares, values, strict=False):
        earned += max(NOTHING, share - best) * value
        best = max(best, share)
    return earned


ATTEMPT_SCHEMES: Mapping[str, Callable[[Shares], Fraction]] = {
    "best_less_penalties": best_less_penalties,
    "points_per_attempt": points_per_attempt,
}
