"""Holds a typed formula against the author's, at random points of its domain."""

import ast
import math
import random
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

import numpy as np

from grader.model.answer import Domain, FormulaAnswer
from grader.quiz.comparison import Comparison, Floats, Truths, Values, Verdict, compared
from grader.quiz.glyphs import NotationError
from grader.quiz.notation import Vocabulary, read_formula
from grader.quiz.outcome import UnusableKeyError

POINTS = 48
"""Tried at most; at least `ENOUGH` of them must say something."""
ENOUGH = 12

FUNCTIONS: Mapping[str, Callable[[Floats], Floats]] = {
    "exp": np.exp,
    "ln": np.log,
    "log2": np.log2,
    "log10": np.log10,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "arctan": np.arctan,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "sigmoid": lambda x: 0.5 * (1 + np.tanh(0.5 * x)),
    "relu": lambda x: np.maximum(x, 0.0),
    "softplus": lambda x: np.logaddexp(0.0, x),
    "sign": np.sign,
}
PAIRS: Mapping[str, Callable[[Floats, Floats], Floats]] = {"max": np.maximum, "min": np.minimum}
SPOKEN: Mapping[str, str] = {
    **{name: name for name in (*FUNCTIONS, *PAIRS)},
    "log": "ln",
    "sigma": "sigmoid",
    "sgn": "sign",
    "atan": "arctan",
    "maximum": "max",
    "minimum": "min",
}
"""The functions by all the names that they go by."""


def check_formula(answer: FormulaAnswer, typed: str) -> Comparison:
    """The typed formula beside the author's; undecided where too few points say anything.

    Raises:
        NotationError: the typed formula cannot be read.
        UnusableKeyError: the author's cannot.
    """
    points = points_of(answer.formula, answer.variables)
    try:
        wanted = valued(_read(answer.formula, answer.variables), points)
    except NotationError as error:
        raise UnusableKeyError(f"`{answer.formula}` cannot be used: {error}") from None
    given = valued(_read(typed, answer.variables), points)
    enough = min(ENOUGH, _distinct(points))
    return _told(compared(given, wanted, enough), points)


def points_of(seed: str, variables: Mapping[str, Domain]) -> dict[str, Floats]:
    """The same points for the same formula, whatever is held against it.

    Raises:
        UnusableKeyError: a domain is empty or has no end.
    """
    if any(domain.whole and math.ceil(domain.from_) > domain.to for domain in variables.values()):
        raise UnusableKeyError("there is no whole number in the domain")
    if any(not -1e300 < domain.from_ <= domain.to < 1e300 for domain in variables.values()):
        raise UnusableKeyError("a domain goes from a number to a larger one")
    generator = random.Random(seed)  # noqa: S311 (no secret; text seeds are stable)
    if not variables:
        return {"": np.zeros(1)}
    return {
        name: np.array([_within(domain, generator) for _ in range(POINTS)])
        for name, domain in variables.items()
    }


def _within(domain: Domain, generator: random.Random) -> float:
    if domain.whole:
        return float(generator.randint(math.ceil(domain.from_), math.floor(domain.to)))
    return generator.uniform(domain.from_, domain.to)


def _distinct(points: Mapping[str, Floats]) -> int:
    return len(set(zip(*(column.tolist() for column in points.values()), strict=True)))


def _read(text: str, variables: Iterable[str]) -> ast.expr:
    return _read_once(text, tuple(variables))


@lru_cache(maxsize=2_000)
def _read_once(text: str, variables: tuple[str, ...]) -> ast.expr:
    return read_formula(text, Vocabulary(variables, SPOKEN))


# --- values ------------------------------------------------------------------------------------------------


def valued(tree: ast.expr, points: Mapping[str, Floats]) -> Values:
    """The formula at all points at once.

    Raises:
        NotationError: a function is called with too many arguments.
    """
    count = len(next(iter(points.values())))
    evaluator = _Evaluator(points, count)
    with np.errstate(all="ignore"):
        values = evaluator.value(tree)
    return Values(values, evaluator.lost, evaluator.scale)


class _Evaluator:
    def __init__(self, points: Mapping[str, Floats], count: int) -> None:
        self._points = points
        self._count = count
        self.lost = np.zeros(count, dtype=np.bool_)
        self.scale = np.zeros(count)

    def value(self, node: ast.expr) -> Floats:
        match node:
            case ast.Constant(value=float(number)):
                return self._held(np.full(self._count, number))
            case ast.Name(id=name):
                if name in self._points:
                    return self._points[name]
                return np.full(self._count, {"e": np.e, "pi": np.pi}[name])
            case ast.UnaryOp(operand=operand):
                return -self.value(operand)
            case ast.BinOp(left=left, op=operator, right=right):
                return self._held(self._combined(self.value(left), operator, self.value(right)))
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self._called(name, [self.value(argument) for argument in arguments])
        raise NotationError("it cannot be read")

    def _combined(self, a: Floats, operator: ast.operator, b: Floats) -> Floats:
        match operator:
            case ast.Add() | ast.Sub():
                self.scale = np.fmax(self.scale, np.fmax(np.abs(a), np.abs(b)))
                return a + b if isinstance(operator, ast.Add) else a - b
            case ast.Div():
                return np.where(b == 0, np.nan, a / np.where(b == 0, 1.0, b))
            case ast.Pow():
                undefined = (a == 0) & (b < 0)
                power = np.where(undefined, np.nan, np.power(np.where(undefined, 1.0, a), b))
                return self._not_vanished(power, a != 0)
        return a * b

    def _called(self, name: str, arguments: list[Floats]) -> Floats:
        if name in PAIRS and len(arguments) == 2:
            return PAIRS[name](*arguments)
        if name not in FUNCTIONS or len(arguments) != 1:
            raise NotationError(f"`{name}` does not take {len(arguments)} arguments")
        (argument,) = arguments
        if name in ("ln", "log2", "log10"):
            argument = np.where(argument <= 0, np.nan, argument)
        result = FUNCTIONS[name](argument)
        return self._held(self._not_vanished(result, np.ones_like(self.lost)) if name == "exp" else result)

    def _held(self, values: Floats) -> Floats:
        self.lost |= np.isinf(values)
        return values

    def _not_vanished(self, values: Floats, where: Truths) -> Floats:
        """A power or an exponential that came out as 0 was too small for a float."""
        self.lost |= (values == 0) & where
        return values


# --- telling -----------------------------------------------------------------------------------------------


def _told(comparison: Comparison, points: Mapping[str, Floats]) -> Comparison:
    """The verdict, with the point that it was found at in the sentence."""
    if comparison.at is None:
        return comparison
    names = [name for name in points if name]
    at = ", ".join(f"{name} = {points[name][comparison.at]:.3g}" for name in names)
    where = f"at {at}" if at else "here"
    feedback = {
        Verdict.NO_VALUE: f"Your formula has no value {where}, where the answer has one.",
        Verdict.EXTRA_VALUE: f"Your formula has a value {where}, where the answer has none.",
        Verdict.OTHER_SIGN: "Right up to the sign; which way does it point?",
        Verdict.OTHER_FACTOR: "Right up to a constant factor; which one is missing or too many?",
        Verdict.DIFFERENT: f"This is another function: what does it give {where}?",
    }.get(comparison.verdict, "")
    return comparison.saying(feedback)
