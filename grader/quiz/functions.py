"""The functions that authors' expressions may call: exact where possible, over lists where it makes sense."""

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from grader.quiz.values import (
    MAX_ENTRIES,
    MAX_PLACES,
    PRINTERS,
    ExpressionError,
    Number,
    Value,
    checked,
    number,
    whole,
)

Function = Callable[..., Value]


def pairwise(operate: Callable[[Any, Any], Value], a: Value, b: Value) -> Value:
    """An operation on two numbers, or entry by entry where one or both are lists."""
    if isinstance(a, tuple) and isinstance(b, tuple):
        if len(a) != len(b):
            raise ExpressionError(f"the lists have {len(a)} and {len(b)} entries")
        return tuple(pairwise(operate, x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, tuple):
        return tuple(pairwise(operate, x, b) for x in a)
    if isinstance(b, tuple):
        return tuple(pairwise(operate, a, y) for y in b)
    return operate(number(a), number(b))


def _each(function: Callable[[Number], Number]) -> Function:
    """The function of a number as one of lists, too."""

    def over(value: Value) -> Value:
        return tuple(map(over, value)) if isinstance(value, tuple) else function(number(value))

    return over


def _sqrt(value: Number) -> Number:
    """Exact where it can be."""
    if value < 0:
        raise ExpressionError("the square root of a negative number")
    exact = Fraction(value) if isinstance(value, int | Fraction) else None
    if exact is not None:
        root = Fraction(math.isqrt(exact.numerator), math.isqrt(exact.denominator))
        if root * root == exact:
            return root
    return math.sqrt(value)


def _log(logarithm: Callable[[Any], float]) -> Callable[[Number], Number]:
    def positive(value: Number) -> Number:
        if value <= 0:
            raise ExpressionError("the logarithm of a number that is not positive")
        # A whole number may be too large for a float; its logarithm is not.
        return logarithm(value)

    return positive


def _sigmoid(value: Number) -> Number:
    x = float(value)
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def _rounded(value: Value, places: Value = 0) -> Value:
    digits = whole(places, -MAX_PLACES, MAX_PLACES)
    if isinstance(value, tuple):
        return tuple(_rounded(entry, places) for entry in value)
    exact = Fraction(number(value))
    return round(exact, digits) if digits else round(exact)


def _numbers(values: Sequence[Value]) -> list[Number]:
    """The entries of one list, or several numbers."""
    entries = values[0] if len(values) == 1 else tuple(values)
    if not isinstance(entries, tuple):
        raise ExpressionError("a list is wanted here")
    return [number(entry) for entry in entries]


def _some(values: Sequence[Value]) -> list[Number]:
    entries = _numbers(values)
    if not entries:
        raise ExpressionError("the list is empty")
    return entries


def _softmax(value: Value) -> Value:
    entries = [float(entry) for entry in _some([value])]
    weights = [math.exp(entry - max(entries)) for entry in entries]
    return tuple(weight / sum(weights) for weight in weights)


def _argmax(value: Value) -> int:
    entries = _some([value])
    return entries.index(max(entries))


def _length(value: Value) -> int:
    if not isinstance(value, str | tuple):
        raise ExpressionError("`len` is of a list or a text")
    return len(value)


def _sum(values: Sequence[Number]) -> Value:
    if any(isinstance(entry, float) for entry in values):
        return math.fsum(values)
    return _folded(operator.add, values, 0)


def _folded(operate: Callable[[Any, Any], Any], values: Sequence[Number], start: int) -> Value:
    """One after another, each result within the bounds: a product of many would else grow very large."""
    result: Value = start
    for value in values:
        result = checked(operate(result, value))
    return result


def _sorted(value: Value) -> Value:
    return tuple(sorted(_numbers([value])))


def _range(*bounds: Value) -> Value:
    numbers = range(*(whole(bound, -(10**9), 10**9) for bound in bounds))
    if len(numbers) > MAX_ENTRIES:
        raise ExpressionError(f"the range has more than {MAX_ENTRIES} entries")
    return tuple(numbers)


# --- vectors and matrices ----------------------------------------------------------------------------------


def rows(value: Value) -> list[list[Number]]:
    """A list of lists of one length as a matrix.

    Raises:
        ExpressionError: it is none.
    """
    if not isinstance(value, tuple) or not value:
        raise ExpressionError("a matrix is wanted here: a list of lists")
    matrix = [_numbers([row]) for row in value]
    if len({len(row) for row in matrix}) != 1:
        raise ExpressionError("the rows of the matrix differ in length")
    return matrix


def _is_vector(value: Value) -> bool:
    return isinstance(value, tuple) and not any(isinstance(entry, tuple) for entry in value)


def _dot(a: Value, b: Value) -> Value:
    left, right = _numbers([a]), _numbers([b])
    if len(left) != len(right):
        raise ExpressionError(f"the lists have {len(left)} and {len(right)} entries")
    return _sum([x * y for x, y in zip(left, right, strict=True)])


def _matmul(a: Value, b: Value) -> Value:
    """As in numpy: a list of numbers is a row on the left and a column on the right."""
    left = [_numbers([a])] if _is_vector(a) else rows(a)
    right = [[entry] for entry in _numbers([b])] if _is_vector(b) else rows(b)
    if len(left[0]) != len(right):
        raise ExpressionError(f"{len(left[0])} columns do not meet {len(right)} rows")
    columns = list(zip(*right, strict=True))
    result = [tuple(_dot(tuple(row), column) for column in columns) for row in left]
    if _is_vector(b):
        flat = tuple(row[0] for row in result)
        return flat[0] if _is_vector(a) else flat
    return result[0] if _is_vector(a) else tuple(result)


def _transpose(value: Value) -> Value:
    return tuple(zip(*rows(value), strict=True))


FUNCTIONS: Mapping[str, Function] = {
    "abs": _each(abs),
    "min": lambda *values: min(_some(values)),
    "max": lambda *values: max(_some(values)),
    "sum": lambda *values: _sum(_numbers(values)),
    "product": lambda *values: _folded(operator.mul, _numbers(values), 1),
    "round": _rounded,
    "floor": _each(math.floor),
    "ceil": _each(math.ceil),
    "len": _length,
    "sqrt": _each(_sqrt),
    "exp": _each(math.exp),
    "log": _each(_log(math.log)),
    "log2": _each(_log(math.log2)),
    "tanh": _each(math.tanh),
    "sigmoid": _each(_sigmoid),
    "relu": _each(lambda value: max(value, 0)),
    "softmax": _softmax,
    "argmax": _argmax,
    "dot": _dot,
    "matmul": _matmul,
    "transpose": _transpose,
    "sorted": _sorted,
    "range": _range,
    **PRINTERS,
}
"""What an expression may call."""
