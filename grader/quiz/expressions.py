"""Reads and evaluates the expressions of authors: arithmetic on exact numbers, bounded, without `eval`."""

import ast
import operator
import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from grader.errors import no_such
from grader.quiz.functions import FUNCTIONS, pairwise
from grader.quiz.operations import BINARY, COMPARISONS, MAX_EXPONENT, all_checked, cost, truth
from grader.quiz.values import ExpressionError, Value, checked, printed, size

MAX_LENGTH = 1_000
MAX_NODES = 250
MAX_STEPS = 20_000
NAME = re.compile(r"[a-z][a-z0-9_]*")
PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")

Names = Mapping[str, Value]


class _Scope:
    """The names of one evaluation, and the steps that it may still take."""

    __slots__ = ("left", "names")

    def __init__(self, names: Names) -> None:
        self.names = names
        self.left = MAX_STEPS

    def spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise ExpressionError("this takes too many steps")


_Step = Callable[[_Scope], Value]


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that was read once and can be evaluated for many draws."""

    text: str
    names: frozenset[str]
    _value: _Step

    def value(self, names: Names) -> Value:
        """Its value where `names` have theirs.

        Raises:
            ExpressionError: it has none, or one beyond the bounds.
        """
        try:
            return self._value(_Scope(names))
        except RecursionError:
            raise ExpressionError("it is nested too deep") from None


@lru_cache(maxsize=20_000)
def read_expression(text: str) -> Expression:
    """The expression that a text is.

    Raises:
        ExpressionError: it is none, or uses something that expressions do not have.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"an expression has at most {MAX_LENGTH} characters")
    flat = re.sub(r"\s", " ", text)
    start = len(flat) - len(flat.lstrip())
    plain = flat.strip()
    if not plain:
        raise ExpressionError("there is nothing to evaluate")
    body = _parsed(plain, start)
    nodes = list(ast.walk(body))
    if len(nodes) > MAX_NODES:
        raise ExpressionError("it is too long; give parts of it names under `let`")
    names = frozenset(node.id for node in nodes if isinstance(node, ast.Name)) - FUNCTIONS.keys()
    try:
        return Expression(text, names, _Reader(plain, start).step(body))
    except RecursionError:
        raise ExpressionError("it is nested too deep") from None


def evaluate(text: str, names: Names) -> Value:
    """The value of an expression.

    >>> evaluate("(size + 2*pad - 3)//2 + 1", {"size": 32, "pad": 1})
    16

    Raises:
        ExpressionError: it has none.
    """
    return read_expression(text).value(names)


def rendered(template: str, names: Names, show: Callable[[Value], str] = printed) -> str:
    """The text with the value of each `{{ expression }}` in its place.

    >>> rendered("a kernel of {{ k }}×{{ k }}", {"k": 3})
    'a kernel of 3×3'

    Raises:
        ExpressionError: an expression has no value, or one that cannot be printed; its column is the text's.
    """
    if "{{" not in template:
        return template

    def shown(match: re.Match[str]) -> str:
        try:
            return show(evaluate(match[1], names))
        except ExpressionError as error:
            message = f"`{match[1].strip()[:80]}`: {error}"
            raise ExpressionError(message, match.start(1) + error.column) from None

    return PLACEHOLDER.sub(shown, template)


def whole_placeholder(template: str) -> str | None:
    """The expression of a text that is one `{{ expression }}` and nothing else."""
    match = PLACEHOLDER.fullmatch(template.strip())
    return match[1] if match else None


def _parsed(plain: str, start: int) -> ast.expr:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python's advice on programs is none for authors
            return ast.parse(plain, mode="eval").body
    except SyntaxError as error:
        raise ExpressionError("this is not an expression", start + max(error.offset or 1, 1)) from None
    except (ValueError, RecursionError, MemoryError):
        raise ExpressionError("this is not an expression") from None


# --- from the tree to steps --------------------------------------------------------------------------------


class _Reader:
    """Turns a parsed expression into a function of the names, refusing all that is not on its list."""

    def __init__(self, plain: str, start: int) -> None:
        self._bytes = plain.encode("utf-8", "replace")
        self._start = start

    def step(self, node: ast.expr) -> _Step:
        column = self._column(node)
        reader = _READERS.get(type(node))
        if reader is None:
            raise ExpressionError(f"{_NAMED.get(type(node), 'this')} is not part of an expression", column)
        inner = reader(self, node)

        def located(scope: _Scope) -> Value:
            try:
                return inner(scope)
            except _Located:
                raise
            except ExpressionError as error:
                raise _Located(str(error), column) from None
            except ZeroDivisionError:
                raise _Located("this divides by zero", column) from None
            except OverflowError:
                raise _Located("the result is too large", column) from None
            except (TypeError, ValueError):
                raise _Located("this cannot be computed", column) from None

        return located

    def _column(self, node: ast.expr) -> int:
        before = self._bytes[: node.col_offset].decode("utf-8", "replace")
        return self._start + len(before) + 1

    def _segment(self, node: ast.expr) -> str:
        return self._bytes[node.col_offset : node.end_col_offset].decode("utf-8", "replace")

    def constant(self, node: ast.Constant) -> _Step:
        value: Any = self._decimal(node) if isinstance(node.value, float) else node.value
        if not isinstance(value, bool | int | str | Fraction):
            raise ExpressionError("only numbers and texts may stand here", self._column(node))
        try:
            kept = checked(value)
        except ExpressionError as error:
            raise ExpressionError(str(error), self._column(node)) from None
        return lambda scope: kept

    def _decimal(self, node: ast.Constant) -> Fraction:
        """From the text, not from the float: 0.1 means one tenth."""
        text = self._segment(node).replace("_", "").lower()
        exponent = text.partition("e")[2]
        if exponent and (len(exponent) > 5 or abs(int(exponent)) > MAX_EXPONENT):
            raise ExpressionError("the exponent is too large", self._column(node))
        return Fraction(text)

    def name(self, node: ast.Name) -> _Step:
        name = node.id
        if name in FUNCTIONS:
            raise ExpressionError(f"`{name}` is a function: write `{name}(…)`", self._column(node))

        def looked_up(scope: _Scope) -> Value:
            if name not in scope.names:
                raise ExpressionError(str(no_such("name", name[:60], list(scope.names))))
            return scope.names[name]

        return looked_up

    def binary(self, node: ast.BinOp) -> _Step:
        operate = BINARY.get(type(node.op))
        if operate is None:
            raise ExpressionError("only + - * / // % ** are known between values", self._column(node))
        left, right = self.step(node.left), self.step(node.right)

        def combined(scope: _Scope) -> Value:
            a, b = left(scope), right(scope)
            scope.spend(size(a) + size(b))
            if isinstance(a, str) and isinstance(b, str) and operate is operator.add:
                return checked(a + b)
            return checked(all_checked(pairwise(operate, a, b)))

        return combined

    def unary(self, node: ast.UnaryOp) -> _Step:
        operand = self.step(node.operand)
        match node.op:
            case ast.Not():
                return lambda scope: not truth(operand(scope))
            case ast.USub():
                return lambda scope: pairwise(operator.mul, operand(scope), -1)
            case ast.UAdd():
                return lambda scope: pairwise(operator.mul, operand(scope), 1)
        raise ExpressionError("`~` is not part of an expression", self._column(node))

    def comparison(self, node: ast.Compare) -> _Step:
        first = self.step(node.left)
        links = []
        for link, comparator in zip(node.ops, node.comparators, strict=True):
            if type(link) not in COMPARISONS:
                raise ExpressionError("compare with == != < <= > >= or in", self._column(node))
            links.append((COMPARISONS[type(link)], self.step(comparator)))

        def compared(scope: _Scope) -> Value:
            left = first(scope)
            for compare, step in links:
                right = step(scope)
                scope.spend(size(left) + size(right))
                if not compare(left, right):
                    return False
                left = right
            return True

        return compared

    def both_or_either(self, node: ast.BoolOp) -> _Step:
        steps = [self.step(value) for value in node.values]
        if isinstance(node.op, ast.And):
            return lambda scope: all(truth(step(scope)) for step in steps)
        return lambda scope: any(truth(step(scope)) for step in steps)

    def choice(self, node: ast.IfExp) -> _Step:
        test, yes, no = self.step(node.test), self.step(node.body), self.step(node.orelse)
        return lambda scope: yes(scope) if truth(test(scope)) else no(scope)

    def entries(self, node: ast.List | ast.Tuple) -> _Step:
        steps = [self.step(entry) for entry in node.elts]
        return lambda scope: checked(tuple(step(scope) for step in steps))

    def entry(self, node: ast.Subscript) -> _Step:
        values, index = self.step(node.value), self.step(node.slice)

        def chosen(scope: _Scope) -> Value:
            held, place = values(scope), index(scope)
            if not isinstance(held, tuple):
                raise ExpressionError("only a list has entries")
            if not isinstance(place, int) or not -len(held) <= place < len(held):
                raise ExpressionError(f"the list has {len(held)} entries, counted from 0")
            return held[place]

        return chosen

    def call(self, node: ast.Call) -> _Step:
        if not isinstance(node.func, ast.Name) or node.keywords:
            raise ExpressionError("functions are called by name, with plain arguments", self._column(node))
        name = node.func.id
        if name not in FUNCTIONS:
            raise ExpressionError(str(no_such("function", name[:60], FUNCTIONS)), self._column(node))
        steps, function = [self.step(argument) for argument in node.args], FUNCTIONS[name]

        def called(scope: _Scope) -> Value:
            arguments = [step(scope) for step in steps]
            scope.spend(cost(name, arguments))
            try:
                return checked(all_checked(function(*arguments)))
            except TypeError:
                raise ExpressionError(f"`{name}` does not take these arguments") from None
            except ZeroDivisionError:
                raise ExpressionError(f"`{name}` divides by zero") from None

        return called


class _Located(ExpressionError):
    """An error that knows its place already."""


_READERS: Mapping[type[ast.expr], Callable[[_Reader, Any], _Step]] = {
    ast.Constant: _Reader.constant,
    ast.Name: _Reader.name,
    ast.BinOp: _Reader.binary,
    ast.UnaryOp: _Reader.unary,
    ast.Compare: _Reader.comparison,
    ast.BoolOp: _Reader.both_or_either,
    ast.IfExp: _Reader.choice,
    ast.List: _Reader.entries,
    ast.Tuple: _Reader.entries,
    ast.Subscript: _Reader.entry,
    ast.Call: _Reader.call,
}
_NAMED: Mapping[type[ast.expr], str] = {
    ast.Attribute: "an attribute (`a.b`)",
    ast.Lambda: "`lambda`",
    ast.ListComp: "a comprehension",
    ast.GeneratorExp: "a comprehension",
    ast.JoinedStr: "an f-string",
    ast.Slice: "a slice (`x[1:3]`)",
    ast.Starred: "`*`",
    ast.Dict: "a mapping",
    ast.NamedExpr: "`:=`",
}
