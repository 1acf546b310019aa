"""Evaluates a formula in arrays, with the shapes looked at before the values."""

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grader.quiz.comparison import Floats
from grader.quiz.formula import FUNCTIONS
from grader.quiz.glyphs import NotationError

MAX_POWER = 10
MAX_CONDITION = 1e6
Shape = tuple[int, int]


class ShapeError(ValueError):
    """Shapes that do not go together."""

    def __init__(self, what: str, *shapes: Shape) -> None:
        super().__init__(what)
        self.what = what
        self.shapes = shapes


@dataclass(frozen=True, slots=True)
class Identity:
    """A multiple of the identity, as large as what it meets."""

    factor: float


Array = Floats
Operand = float | Floats | Identity


def _softmax(x: Floats) -> Floats:
    axis = 0 if x.shape[1] == 1 else 1
    weights = np.exp(x - x.max(axis=axis, keepdims=True))
    return np.asarray(weights / weights.sum(axis=axis, keepdims=True))


def _diagonal(x: Floats) -> Floats:
    if 1 in x.shape:
        return np.diag(x.reshape(-1))
    return np.diag(_square(x)).reshape(-1, 1)


def _square(x: Floats) -> Floats:
    if x.shape[0] != x.shape[1]:
        raise ShapeError("a square matrix is wanted where {} is given", _shape(x))
    return x


def _inverse(x: Floats) -> Floats:
    """The inverse; infinite, which counts as lost, where too little of it would be exact."""
    if np.isfinite(_square(x)).all() and np.linalg.cond(x) < MAX_CONDITION:
        return np.asarray(np.linalg.inv(x))
    return np.full_like(x, np.inf)


WHOLE: Mapping[str, Callable[[Floats], Floats]] = {
    "transpose": lambda x: x.T,
    "softmax": _softmax,
    "diag": _diagonal,
    "inv": _inverse,
    "norm": lambda x: np.sqrt((x * x).sum()).reshape(1, 1),
    "sum": lambda x: x.sum().reshape(1, 1),
    "mean": lambda x: x.mean().reshape(1, 1),
    "trace": lambda x: np.trace(_square(x)).reshape(1, 1),
    "det": lambda x: np.asarray(np.linalg.det(_square(x))).reshape(1, 1),
}
"""The functions of a whole array; a number is an array of shape (1, 1) to them."""
PRODUCTS = ("dot", "matmul", "outer")
SPOKEN: Mapping[str, str] = {
    **{name: name for name in (*FUNCTIONS, *WHOLE, *PRODUCTS)},
    "log": "ln",
    "sigma": "sigmoid",
    "sgn": "sign",
    "tr": "trace",
    "trans": "transpose",
    "mm": "matmul",
}


class Evaluator:
    """One evaluation: the values of the variables, and what was lost on the way."""

    def __init__(self, names: Mapping[str, Operand]) -> None:
        self._names = names
        self.lost = False
        self.scale = 0.0

    def value(self, node: ast.expr) -> Operand:
        """The value of a formula.

        Raises:
            ShapeError: shapes in it do not go together.
            NotationError: something is said that has no meaning here.
        """
        match node:
            case ast.Constant(value=float(number)):
                return self._held(number)
            case ast.Name(id=name):
                return self._names[name]
            case ast.UnaryOp(operand=operand):
                return self._product(-1.0, self.value(operand))
            case ast.BinOp(left=left, op=operator, right=right):
                return self._held(self._combined(self.value(left), operator, self.value(right)))
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self._held(self._called(name, [self.value(argument) for argument in arguments]))
        raise NotationError("it cannot be read")

    def _held(self, value: Operand) -> Operand:
        if not isinstance(value, Identity) and np.isinf(value).any():
            self.lost = True
        return value

    def _combined(self, a: Operand, operator: ast.operator, b: Operand) -> Operand:
        match operator:
            case ast.Add():
                return self._sum(a, b)
            case ast.Sub():
                return self._sum(a, self._product(-1.0, b))
            case ast.Mult():
                return self._product(a, b)
            case ast.MatMult():
                return self._each(np.multiply, a, b)
            case ast.Div():
                return self._quotient(a, b)
        return self._power(a, b)

    def _sum(self, a: Operand, b: Operand) -> Operand:
        if isinstance(a, Identity) and isinstance(b, Identity):
            return Identity(a.factor + b.factor)
        if isinstance(a, Identity):
            a = a.factor * np.eye(len(_square(_array(b))))
        if isinstance(b, Identity):
            b = b.factor * np.eye(len(_square(_array(a))))
        self.scale = max(self.scale, _largest(a), _largest(b))
        left, right = _bias(a, b), _bias(b, a)
        return self._each(np.add, left, right)

    def _product(self, a: Operand, b: Operand) -> Operand:
        if isinstance(a, Identity) or isinstance(b, Identity):
            return _times_identity(a, b)
        if isinstance(a, float) or isinstance(b, float):
            return a * b
        if a.shape[1] != b.shape[0]:
            if a.shape == b.shape:
                raise NotationError("`*` is the product of matrices; entry by entry is written `⊙` or `.*`")
            raise ShapeError("the product of {} and {} is not defined", _shape(a), _shape(b))
        self.scale = max(self.scale, _largest(np.abs(a) @ np.abs(b)))
        return _plain(a @ b)

    def _quotient(self, a: Operand, b: Operand) -> Operand:
        if isinstance(b, Identity):
            raise NotationError("`I` cannot divide")
        if isinstance(a, Identity):
            if not isinstance(b, float):
                raise NotationError("`I` is divided by numbers only")
            return Identity(a.factor / b) if b else Identity(float("nan"))
        return self._each(_divided, a, b)

    def _each(self, operate: Callable[[Floats, Floats], Floats], a: Operand, b: Operand) -> Operand:
        """An operation entry by entry; a number goes with every entry."""
        if isinstance(a, Identity) or isinstance(b, Identity):
            raise NotationError("`I` goes with products and sums only")
        if not isinstance(a, float) and not isinstance(b, float) and a.shape != b.shape:
            raise ShapeError("{} and {} do not go together entry by entry", _shape(a), _shape(b))
        return _plain(operate(np.asarray(a), np.asarray(b)))

    def _power(self, a: Operand, b: Operand) -> Operand:
        if not isinstance(b, float):
            raise NotationError("an exponent is a number here")
        if isinstance(a, Identity):
            return Identity(float(np.float64(a.factor) ** b))
        if isinstance(a, float) or 1 in a.shape or a.shape[0] != a.shape[1]:
            return _plain(np.power(np.asarray(a), b))
        if b != round(b) or abs(b) > MAX_POWER:
            raise NotationError(f"the power of a matrix is a whole number up to {MAX_POWER}")
        base = _inverse(a) if b < 0 else a
        result: Operand = np.linalg.matrix_power(base, int(abs(b)))
        self.scale = max(self.scale, _largest(result))
        return result

    def _called(self, name: str, arguments: Sequence[Operand]) -> Operand:
        if name in PRODUCTS and len(arguments) == 2:
            a, b = arguments
            if name == "matmul":
                return self._product(a, b)
            return self._product(a, _transposed(b)) if name == "outer" else self._dot(a, b)
        if len(arguments) != 1 or name in PRODUCTS:
            raise NotationError(f"`{name}` does not take {len(arguments)} arguments")
        (argument,) = arguments
        if isinstance(argument, Identity):
            if name in ("transpose", "inv"):
                return argument if name == "transpose" else Identity(1 / argument.factor)
            raise NotationError(f"`{name}` of `I` is not read here")
        if name in WHOLE:
            array = _array(argument)
            self.scale = max(self.scale, _largest(array) * array.size if name in ("sum", "mean") else 0.0)
            return _plain(WHOLE[name](array))
        entries = np.asarray(argument)
        if name in ("ln", "log2", "log10"):
            entries = np.where(entries <= 0, np.nan, entries)
        return _plain(FUNCTIONS[name](entries))

    def _dot(self, a: Operand, b: Operand) -> Operand:
        """As numpy's: of two vectors a number, else the product of matrices."""
        if isinstance(a, np.ndarray) and isinstance(b, np.ndarray) and a.shape == b.shape and a.shape[1] == 1:
            return self._product(a.T, b)
        return self._product(a, b)


def _divided(a: Floats, b: Floats) -> Floats:
    return np.where(b == 0, np.nan, a / np.where(b == 0, 1.0, b))


def _times_identity(a: Operand, b: Operand) -> Operand:
    if isinstance(a, Identity):
        return _scaled(b, a.factor)
    return _scaled(a, b.factor) if isinstance(b, Identity) else a


def _scaled(value: Operand, factor: float) -> Operand:
    if isinstance(value, Identity):
        return Identity(value.factor * factor)
    return Identity(value * factor) if isinstance(value, float) else value * factor


def _bias(a: Operand, b: Operand) -> Operand:
    """A vector that is added to every row of a matrix of as many columns, as numpy does."""
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray) and 1 in a.shape and 1 not in b.shape:
        row = a.reshape(1, -1)
        if row.shape[1] == b.shape[1] and a.shape != (b.shape[0], 1):
            return np.repeat(row, b.shape[0], axis=0)
    return a


def _transposed(value: Operand) -> Operand:
    return value.T if isinstance(value, np.ndarray) else value


def _array(value: Operand) -> Floats:
    if isinstance(value, Identity):
        raise NotationError("the size of `I` is not clear here")
    return np.asarray(value, dtype=np.float64).reshape(1, 1) if isinstance(value, float) else value


def _plain(value: Floats) -> Operand:
    """An array of one entry is a number."""
    return float(value.reshape(-1)[0]) if value.size == 1 else value


def _shape(value: Floats) -> Shape:
    rows, columns = value.shape
    return rows, columns


def _largest(value: Operand) -> float:
    return 0.0 if isinstance(value, Identity) else float(np.abs(np.nan_to_num(value)).max(initial=0.0))
