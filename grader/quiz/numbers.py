"""Reads a number as a person types it: `0.50`, `1e-3`, `10·5·5 + 10`, `2/3`, `\\frac{2}{3}`, `ln 2`."""

import ast
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

MAX_LENGTH = 200
MAX_NODES = 100
MAX_EXPONENT = 400
MAX_BITS = 4_000

Number = Fraction | float

_SIGNS = str.maketrans(
    {"×": "*", "·": "*", "∙": "*", "⋅": "*", "∗": "*", "•": "*", "÷": "/", "∕": "/", "⁄": "/"}
    | {"−": "-", "–": "-", "‐": "-", "‑": "-", "π": " pi ", "√": " sqrt "}
    | {chr(0xFEE0 + ord(wide)): wide for wide in "0123456789+-*/().,"}
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_SUPERSCRIPT = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")
_TEX = [
    (re.compile(r"\\(?:left|right|displaystyle)(?![a-z])|\\(?:[,;!]|quad(?![a-z]))"), " "),
    (re.compile(r"\\d?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}"), r"((\1)/(\2))"),
    (re.compile(r"\\sqrt\s*\{([^{}]*)\}"), r"sqrt(\1)"),
    (re.compile(r"\\(?:cdot|times)(?![a-z])"), "*"),
    (re.compile(r"\\(ln|log|exp|pi)(?![a-z])"), r" \1 "),
    (re.compile(r"\^\s*\{([^{}]*)\}"), r"**(\1)"),
    (re.compile(r"\\%"), "%"),
]
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:[,\u00a0\u202f' ]\d{3})+(?![\d,'])")
_NAME = r"(?:sqrt|ln|log|exp|pi|e)(?![a-z])"
_TIMES = re.compile(rf"(?:(?<=[\d.)%ie])|(?<=e ))\s*[xX]\s*(?=[-+\d(.]|{_NAME})")
_SPACED_FUNCTION = re.compile(r"\b(ln|log|sqrt|exp)\s+(\d+(?:\.\d*)?|pi\b|e\b)")
_SILENT_TIMES = re.compile(r"(?<=[\d)])\s*(?=(?:sqrt|ln|log|exp|pi)\b)|(?<=\))\s*(?=[\d(])|(?<=\d)\s*(?=\()")
_PERCENT = re.compile(r"((?:\d+\.?\d*|\.\d+))\s*%(?!\s*[\w(.])")
_TOKEN = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|([^\W\d]\w*)|[-+*/() ]|(.)", re.DOTALL)
_PLAIN = re.compile(r"[-+]?(\d*)\.?(\d*)(?:[eE][-+]?\d+)?")

_FUNCTIONS: Mapping[str, Callable[[float], float]] = {
    "sqrt": math.sqrt,
    "ln": math.log,
    "log": math.log,
    "exp": math.exp,
}
_NAMES: Mapping[str, float] = {"e": math.e, "pi": math.pi}


class NotANumberError(ValueError):
    """The text is no number; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A number with the figures it was typed with; None where it was typed as arithmetic."""

    value: Number
    figures: int | None


@lru_cache(maxsize=10_000)
def read_number(text: str) -> Typed:
    """The number that a text stands for, exact as long as only + - * / and whole powers occur.

    Raises:
        NotANumberError: it stands for none, or is too long or too large.
    """
    if len(text) > MAX_LENGTH:
        raise NotANumberError(f"it is longer than {MAX_LENGTH} characters")
    if text.isdecimal() and text.isascii():
        return Typed(Fraction(int(text)), _figures(text))
    plain = _plain(text)
    if not plain:
        raise NotANumberError("there is nothing to read")
    _refuse_strangers(plain)
    try:
        tree = ast.parse(plain, mode="eval")
        if sum(1 for _ in ast.walk(tree)) > MAX_NODES:
            raise NotANumberError("it is too long")
        value = _value(tree.body, plain)
    except NotANumberError:
        raise
    except ZeroDivisionError:
        raise NotANumberError("it divides by zero") from None
    except OverflowError:
        raise NotANumberError("it is too large") from None
    except ValueError:  # of the functions: the logarithm of 0, the square root of -1
        raise NotANumberError("it has no value") from None
    except (SyntaxError, RecursionError, MemoryError):
        raise NotANumberError("it cannot be read as a number") from None
    if isinstance(value, float) and not math.isfinite(value):
        raise NotANumberError("it is not finite")
    return Typed(value, _figures(plain))


def _plain(text: str) -> str:
    """The text in Python's notation."""
    text = text.strip().strip("$").strip().removeprefix("=")
    text = _SUPERSCRIPT.sub(lambda match: f"^({match[0].translate(_RAISED)})", text).translate(_SIGNS)
    before = None
    while before != text:  # the innermost braces first
        before = text
        for pattern, replacement in _TEX:
            text = pattern.sub(replacement, text)
    text = _THOUSANDS.sub(lambda match: re.sub(r"\D", "", match[0]), text)
    text = re.sub(r"(?<=\d) +(?=[eE][-+]?\d)", "", text)
    text = _TIMES.sub("*", text).replace("^", "**")
    text = _PERCENT.sub(r"(\1/100)", _SPACED_FUNCTION.sub(r"\1(\2)", text))
    return _SILENT_TIMES.sub("*", text).strip()


def _refuse_strangers(plain: str) -> None:
    """Refuses words and characters that no number is made of, before anything is parsed."""
    if re.search(r"\d,\d", plain):
        raise NotANumberError("it has a comma; the decimal sign is a point, as in 0.5")
    for match in _TOKEN.finditer(plain):
        word, character = match.groups()
        if word and word not in _FUNCTIONS and word not in _NAMES:
            raise NotANumberError(f"`{word[:20]}` is not known")
        if character:
            raise NotANumberError(f"`{character}` is not known")


def _figures(plain: str) -> int | None:
    """The significant figures of a plain decimal, leading zeros not counted."""
    match = _PLAIN.fullmatch(plain.strip())
    if match is None:
        return None
    return max(1, len((match[1] + match[2]).lstrip("0")))


def _value(node: ast.expr, text: str) -> Number:
    match node:
        case ast.Constant(value=bool() | complex() | str() | bytes() | None):
            raise NotANumberError("it holds something else than numbers")
        case ast.Constant():
            # From the text, not from the float: 0.1 means one tenth.
            return _bounded(_decimal(ast.get_source_segment(text, node) or ""))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, text)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _value(operand, text)
        case ast.BinOp(left=left, op=operator, right=right):
            return _bounded(_combined(_value(left, text), operator, _value(right, text)))
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in _FUNCTIONS:
            return _FUNCTIONS[name](float(_value(argument, text)))
        case ast.Name(id=name) if name in _NAMES:
            return _NAMES[name]
        case ast.Name(id=name):
            raise NotANumberError(f"`{name[:20]}` is not known")
    raise NotANumberError("it cannot be read as a number")


def _decimal(literal: str) -> Fraction:
    _, _, exponent = literal.lower().partition("e")
    if exponent and abs(int(exponent)) > MAX_EXPONENT:
        raise NotANumberError("its exponent is too large")
    return Fraction(literal.replace("_", ""))


def _combined(a: Number, operator: ast.operator, b: Number) -> Number:
    match operator:
        case ast.Add():
            return a + b
        case ast.Sub():
            return a - b
        case ast.Mult():
            return a * b
        case ast.Div():
            return a / b
        case ast.Pow():
            return _power(a, b)
    raise NotANumberError("only + - * / and powers are allowed")


def _power(base: Number, exponent: Number) -> Number:
    if abs(float(exponent)) > MAX_EXPONENT:
        raise NotANumberError("its exponent is too large")
    if isinstance(base, Fraction) and isinstance(exponent, Fraction) and exponent.denominator == 1:
        size = max(base.numerator.bit_length(), base.denominator.bit_length())
        if size * abs(exponent) > MAX_BITS:
            raise NotANumberError("it is too large")
        return Fraction(base ** int(exponent))
    power: complex | float = float(base) ** float(exponent)
    if isinstance(power, complex):
        raise NotANumberError("it is not a real number")
    return power


def _bounded(value: Number) -> Number:
    if (
        isinstance(value, Fraction)
        and max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS
    ):
        raise NotANumberError("it is too large")
    return value
