"""Holds a typed shape against the author's."""

import re

from grader.model.answer import ShapeAnswer
from grader.quiz.outcome import RIGHT, AnswerCheck, not_read, wrong

MAX_AXES = 16
MAX_LENGTH = 200
_BETWEEN = re.compile(r"\s*(?:[,;xX×*·]|\\times|\bby\b)\s*|\s+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,11}")


def read_shape(typed: str) -> tuple[int, ...] | None:
    """The sizes in `32x32x10`, `(32, 32, 10)`, `[32 32 10]` or `32×32×10`; None where it is no shape."""
    text = typed.strip().strip("$()[]{} ")
    if len(text) > MAX_LENGTH:
        return None
    sizes = _BETWEEN.split(text.removesuffix(","))
    if len(sizes) > MAX_AXES or not all(_SIZE.fullmatch(size) for size in sizes):
        return None
    return tuple(map(int, sizes))


def check_shape(answer: ShapeAnswer, typed: str) -> AnswerCheck:
    """How a typed shape compares with the author's."""
    given, due = read_shape(typed), answer.shape
    if given is None:
        return not_read(typed, "write a shape like (8, 3, 32, 32) or 8x3x32x32")
    if given == due:
        return RIGHT
    if len(given) != len(due):
        return wrong(f"The shape has {len(due)} axes, yours {len(given)}.")
    if sorted(map(str, given)) == sorted(map(str, due)):
        return wrong("The sizes are right; what about their order?")
    right = sum(a == b for a, b in zip(given, due, strict=True))
    return wrong(f"{right} of the {len(due)} sizes {'is' if right == 1 else 'are'} right.")
