"""Tells where a result is wrong only at equal entries of an input."""

from collections.abc import Iterator, Sequence
from math import comb
from typing import Any

import numpy as np

from grader.engine.tape import Failure
from grader.testing import Mismatch, Rung
from grader.testing.closeness import close_places, is_numeric, widened
from grader.testing.mismatch import Compared

CHANCE = 0.2
"""It is a fact whenever it is told; with more, nearly any damage would stand at ties, as all entries do."""


def ties_sentence(failure: Failure, others: Sequence[Failure]) -> str | None:
    """That all wrong entries, of all inputs that failed, stand where one argument holds a value twice.

    The argument has the shape of the result; equal entries count in one image, or in one row of a table.
    """
    for name, _ in _like_the_result(failure):
        chances = [_chance(one, name) for one in (failure, *others)]
        if all(chance is not None for chance in chances):
            likely = float(np.prod([chance for chance in chances if chance is not None]))
            if likely < CHANCE:
                return f"All entries that differ stand where `{name}` has equal entries."
    return None


def _chance(failure: Failure, name: str) -> float | None:
    """How likely as many entries, chosen blindly, would all be tied; None where not all wrong ones are."""
    compared = _compared(failure)
    argument = dict(_like_the_result(failure)).get(name)
    if compared is None or argument is None:
        return None
    seen, wanted = widened(compared.actual), widened(compared.expected)
    wrong = ~close_places(seen, wanted, rtol=compared.rtol, atol=compared.atol)
    tied = _tied(argument)
    if (wrong & ~tied).any():
        return None
    return comb(int(tied.sum()), int(wrong.sum())) / comb(wrong.size, int(wrong.sum()))


def _like_the_result(failure: Failure) -> Iterator[tuple[str, np.ndarray]]:
    """The arrays among the arguments that have the shape of what was compared, by name."""
    compared = _compared(failure)
    for call in reversed(failure.calls if compared else ()):
        for name, value in call.arguments.items():
            parts = enumerate(value) if isinstance(value, tuple | list) else ()
            for label, part in ((name, value), *((f"{name}[{place}]", part) for place, part in parts)):
                is_array = isinstance(part, np.ndarray) and is_numeric(part.dtype)
                if compared and is_array and part.shape == compared.expected.shape:
                    yield label, part


def _compared(failure: Failure) -> Compared | None:
    """Two arrays of one shape with other values in it, if that is what broke the promise."""
    error = failure.error
    if not isinstance(error, Mismatch) or error.rung is not Rung.VALUE or error.compared is None:
        return None
    pair: tuple[Any, ...] = (error.compared.actual, error.compared.expected)
    return error.compared if all(isinstance(value, np.ndarray) and value.ndim for value in pair) else None


def _tied(array: np.ndarray) -> np.ndarray:
    """True where the value stands more than once in the same image, or row of a table."""
    inner = array.shape[-2:] if array.ndim > 2 else array.shape[-1:]
    groups = array.reshape(-1, int(np.prod(inner)))
    tied = np.zeros(groups.shape, dtype=bool)
    for group, marks in zip(groups, tied, strict=True):
        _, places, counts = np.unique(group, return_inverse=True, return_counts=True)
        marks[:] = counts[places.ravel()] > 1
    return tied.reshape(array.shape)
