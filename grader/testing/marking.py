"""The mark of a function that is wrong on purpose."""

from collections.abc import Callable
from typing import TypeVar

AnyFunction = TypeVar("AnyFunction", bound=Callable[..., object])


def mistake(name: str, *, hint: str) -> Callable[[AnyFunction], AnyFunction]:
    """Mark a top-level function of `mistakes.py` as the well-known mistake `name`.

    `name` is a phrase that continues "it looks like a submission that …": "sums over the batch instead of
    averaging". `hint` is what would help a student who made it. The function is wrong in place of the
    reference's function of the same name; functions marked with one name are one mistake together. The course
    is read without running it, so both must be written as literals.
    """

    def unchanged(function: AnyFunction) -> AnyFunction:
        return function

    return unchanged
