"""What the operators of authors' expressions do, exactly and within bounds."""

import ast
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from grader.quiz.values import ExpressionError, Value, checked, size

MAX_EXPONENT = 500


def truth(value: Value) -> bool:
    if not isinstance(value, bool):
        raise ExpressionError("a condition is wanted here, such as `a > b`")
    return value


def _power(base: Any, exponent: Any) -> Value:
    if abs(exponent) > MAX_EXPONENT:
        raise ExpressionError(f"exponents go up to {MAX_EXPONENT}")
    if isinstance(exponent, int) and isinstance(base, int | Fraction):
        exact = Fraction(base)
        bits = max(exact.numerator.bit_length(), exact.denominator.bit_length())
        if bits * abs(exponent) > 100 * MAX_EXPONENT:
            raise ExpressionError("the result is too large")
        return Fraction(exact**exponent)
    result: complex | float = float(base) ** float(exponent)
    if isinstance(result, complex):
        raise ExpressionError("this is not a real number")
    return result


def _quotient(a: Any, b: Any) -> Value:
    exact = isinstance(a, int | Fraction) and isinstance(b, int | Fraction)
    return Fraction(a) / Fraction(b) if exact else float(a) / float(b)


def _is_in(entry: Value, values: Value) -> bool:
    if isinstance(values, str) and isinstance(entry, str):
        return entry in values
    if not isinstance(values, tuple):
        raise ExpressionError("`in` looks into a list or a text")
    return entry in values


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Value, Value], bool]:
    def of_a_kind(a: Value, b: Value) -> bool:
        if isinstance(a, str) != isinstance(b, str) or isinstance(a, tuple) or isinstance(b, tuple):
            raise ExpressionError("only numbers, or only texts, have an order")
        return compare(a, b)

    return of_a_kind


BINARY: Mapping[type[ast.operator], Callable[[Any, Any], Value]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: _quotient,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: _power,
}
COMPARISONS: Mapping[type[ast.cmpop], Callable[[Value, Value], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: _ordered(operator.lt),
    ast.LtE: _ordered(operator.le),
    ast.Gt: _ordered(operator.gt),
    ast.GtE: _ordered(operator.ge),
    ast.In: _is_in,
    ast.NotIn: lambda entry, values: not _is_in(entry, values),
}


def cost(name: str, arguments: list[Value]) -> int:
    """The steps of a call: every entry once, but products of matrices more."""
    if name != "matmul" or len(arguments) != 2:
        return 1 + sum(map(size, arguments))
    left, right = arguments
    inner = [len(row) if isinstance(row, tuple) else 1 for row in right] if isinstance(right, tuple) else []
    return size(left) * max(inner, default=1)


def all_checked(value: Value) -> Value:
    """Each entry within its bounds, and whole where it is."""
    return tuple(map(all_checked, value)) if isinstance(value, tuple) else checked(value)
