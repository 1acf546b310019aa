"""Schemes for items of several answers, each with its share of the points; letters as in `Response`."""

from fractions import Fraction

from grader.quiz.schemes.response import NOTHING, Response, within


def share_right(response: Response) -> Fraction:
    """p · t/c

    Each pair of a matching, each cell of a table, each entry earns the same share; a wrong one costs nothing.

    Source: Moodle's matching, Canvas' matching and fill-in-the-blanks, for equal shares.
    """
    return response.worth * Fraction(response.right, max(1, response.keys))


def pairs_in_order(response: Response) -> Fraction:
    """p · max(0, (t - w)/c)

    Of all pairs of steps, t stand in the right order and w = c - t in the wrong one, so that any order at
    random earns little, and one neighbour exchanged costs little. C holds every "a before b" that is true.

    Source: Kendall's rank correlation, held at 0.
    """
    return response.worth * max(NOTHING, Fraction(response.right - response.wrong, max(1, response.keys)))


def sum_of_parts(response: Response) -> Fraction:
    """p · Σ of the shares that the parts earn

    Each part is scored by its own scheme; its share may be below 0 where that scheme takes points off.

    Source: cloze questions of R/exams and Moodle.
    """
    return response.worth * _earned(response)


def rubric(response: Response) -> Fraction:
    """p · max(0, min(1, Σ of the shares of the criteria that are met))

    A person says which criteria are met, and how far; the points of a criterion may be negative.

    Source: rubrics of PrairieLearn, there with the same bounds.
    """
    return response.worth * within(_earned(response))


def by_tests(response: Response) -> Fraction:
    """p · Σ of the shares of the tests that pass

    A test's share is its points out of those of all tests of the exercise.

    Source: this course's own exercises.
    """
    return response.worth * within(_earned(response))


def _earned(response: Response) -> Fraction:
    return sum((response.credits.get(name, NOTHING) for name in response.selected), NOTHING)
