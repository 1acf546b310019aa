"""Schemes for options that are ticked; letters of the formulas as in `Response`.

Each says its formula, what it means and where it is used. A key without any option is nobody's to earn: an
item for which nothing applies has an option that says so.
"""

from fractions import Fraction

from grader.quiz.schemes.response import NOTHING, Response, Scheme, within


def symmetric_difference(response: Response) -> Fraction:
    """p · max(0, 1 - |S Δ C|/2)

    Half the points are off for each option in the wrong state: ticked wrongly, or missed.

    Source: the multiple-choice rule of the practice midterm (002_004, section 0.2), where p is 4. Its formula
    would pay half for a blank where one option is right; a blank earns 0 here, which is our decision.
    """
    return response.worth * max(NOTHING, 1 - Fraction(response.errors, 2))


def all_or_nothing(response: Response) -> Fraction:
    """p if S = C, else 0

    Only exactly the key earns anything.

    Source: PrairieLearn's `off`, RELATE's `exact`, Numbas' all-or-nothing, the default of edX, `mz` of AMC.
    """
    return response.worth if response.is_exact else NOTHING


def net_correct(response: Response) -> Fraction:
    """p · max(0, (t - w)/c)

    Each wrong tick takes back one right one.

    Source: Canvas' multiple answers ("partial credit with penalty"), PrairieLearn's `net-correct`.
    """
    return response.worth * max(NOTHING, _share(response.right - response.wrong, response.keys))


def coverage(response: Response) -> Fraction:
    """p · t/c · t/|S|

    The share of the key that is ticked, times the share of the ticks that is right.

    Source: PrairieLearn's `coverage`.
    """
    ticked = len(response.selected)
    return response.worth * _share(response.right, response.keys) * _share(response.right, ticked)


def every_decision(response: Response) -> Fraction:
    """p · (1 - |S Δ C|/n)

    Each option is a decision of its own, and each right decision earns its share: to leave a wrong option
    alone as well. So a blank earns k/n, and that is what the definition says.

    Source: PrairieLearn's `each-answer`, edX's "every decision counts" (there rounded to 2 decimals),
    RELATE's `proportional`, Numbas' score per matched cell, AMC with its defaults b=1, m=0.
    """
    return response.worth * (1 - Fraction(response.errors, response.options))


def proportional_correct(response: Response) -> Fraction:
    """p · t/c if w = 0, else 0

    The share of the key that is ticked; one wrong tick loses all.

    Source: RELATE's `proportional_correct`.
    """
    return NOTHING if response.wrong else response.worth * _share(response.right, response.keys)


def halves(response: Response) -> Fraction:
    """p without an error; p/2 with one, if n >= 3; p/4 with two, if n >= 5; else 0

    An error is an option in the wrong state, so a blank earns p/2 where one option of three or more is right,
    and that is what the definition says.

    Source: edX, `grade_via_halves`.
    """
    if response.errors == 0:
        return response.worth
    if response.errors == 1 and response.options >= 3:
        return response.worth / 2
    if response.errors == 2 and response.options >= 5:
        return response.worth / 4
    return NOTHING


def per_option(response: Response) -> Fraction:
    """p · (1 for the key, else the option's own credit, else 0)

    For one tick, or one typed answer; an option or a near miss may state a `credit`.

    Source: Numbas' choice matrix; asked of PrairieLearn since 2022 (its issue 5796).
    """
    shares = [
        Fraction(1) if name in response.key else response.credits.get(name, NOTHING)
        for name in response.selected
    ]
    # Several ticks are no answer to "choose one", so that the least of them counts.
    return response.worth * within(min(shares, default=NOTHING), low=Fraction(-1))


def moodle(response: Response) -> Fraction:
    """p · max(0, min(1, Σ of the fractions of S))

    Every option has a fraction of its own; where none is stated, 1/c for a key and -1/c for another, which
    makes it net_correct.

    Source: Moodle's multiple choice with several answers (`qtype_multichoice_multi`).
    """
    return response.worth * within(_sum(response, other=-_share(1, response.keys)))


def moodle_single(response: Response) -> Fraction:
    """p · the fraction of the option ticked, which may be below 0 (down to -1)

    Where none is stated, 1 for the key and 0 for another.

    Source: Moodle's multiple choice with one answer (`qtype_multichoice_single`).
    """
    return response.worth * within(_sum(response, other=NOTHING), low=Fraction(-1))


def sum_ticked(response: Response) -> Fraction:
    """p · max(0, min(1, Σ of the credits of S))

    Where none is stated, 1/c for a key and 0 for another, so that ticking everything earns everything: state
    negative credits.

    Source: Numbas' "sum ticked cells" with least marks 0.
    """
    return response.worth * within(_sum(response, other=NOTHING))


def guess_neutral(response: Response) -> Fraction:
    """p if S = C, else -p/(n - 1)

    A tick at random is worth 0 on average, a blank is worth 0 for sure.

    Source: formula scoring; R/exams suggests `negative = 0.25` for one of five in the same sense.
    """
    return response.worth if response.is_exact else -response.worth / max(1, response.options - 1)


def _share(part: int, whole: int) -> Fraction:
    """Nothing of nothing is nothing; the formulas of others divide by zero there."""
    return Fraction(part, whole) if whole else NOTHING


def _sum(response: Response, other: Fraction) -> Fraction:
    each = _share(1, response.keys)
    usual = {name: each if name in response.key else other for name in response.selected}
    return sum((response.credits.get(name, usual[name]) for name in response.selected), NOTHING)


# --- families, which differ in one number ------------------------------------------------------------------


def right_or_minus(part: int) -> Scheme:
    """The scheme in which a wrong answer loses one part of so many of the points."""

    def scheme(response: Response) -> Fraction:
        return response.worth if response.is_exact else -response.worth / part

    scheme.__doc__ = f"""p if S = C, else -p/{part}

    A wrong answer costs something, a blank one nothing.

    Source: {
        "the true/false rule of the practice midterm (002_004, section 0.1): +2, -1, blank 0."
        if part == 2
        else f"R/exams with `partial = FALSE`, `negative = {1 / part:.4g}`."
    }
    """
    return scheme


def exams(rule: str, floor: Fraction = NOTHING) -> Scheme:
    """The scheme of R/exams with one of its five rules for a wrong tick, and the least share it may pay."""

    def scheme(response: Response) -> Fraction:
        costs = {
            "true": _share(1, response.keys),
            "false": _share(1, response.others),
            "false2": Fraction(1, max(response.others, 2)),
            "all": Fraction(1),
            "none": NOTHING,
        }
        share = _share(response.right, response.keys) - response.wrong * costs[rule]
        return response.worth * max(floor, share)

    cost = {"true": "w/c", "false": "w/k", "false2": "w/max(k, 2)", "all": "w", "none": "0"}[rule]
    scheme.__doc__ = f"""p · max({floor}, t/c - {cost})

    Each right tick earns its share of the key, each wrong one costs {_COSTS[rule]}.

    Source: R/exams, `exams_eval(rule = "{rule}", negative = {"TRUE" if floor else "FALSE"})`.
    """
    return scheme


_COSTS = {
    "true": "as much",
    "false": "its share of the others",
    "false2": "its share of the others, half at most",
    "all": "everything",
    "none": "nothing",
}
