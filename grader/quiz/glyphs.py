r"""Takes a formula as people type it apart into tokens: Python's, TeX's and Unicode's signs become one."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

MAX_LENGTH = 500
MAX_TOKENS = 300

Kind = Literal["number", "name", "sign", "end"]

_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱˣᵀᵗ", "0123456789+-()nixTT", strict=True))
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙₘₜ", "0123456789ijknmt", strict=True))
_SIGNS = str.maketrans(
    {"×": "*", "·": "*", "∙": "*", "⋅": "*", "∗": "*", "•": "*", "÷": "/", "∕": "/", "⁄": "/"}
    | {"−": "-", "–": "-", "‐": "-", "‑": "-", "—": "-", "∘": "⊙", "◦": "⊙", "∥": "‖", "⊺": "⊤"}
    | {"’": "'", "′": "'", "‘": "'", "´": "'", "∣": "|", "√": r"\sqrt ", "∞": r"\infty "}
)
_HATS = {"\u0302": "hat", "\u0304": "bar", "\u0305": "bar", "\u0303": "tilde"}
_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau"
    " upsilon phi chi psi omega"
)
_BY_LETTER = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _GREEK.split(), strict=True))
_LETTERS = (
    _BY_LETTER
    | {letter.upper(): word.capitalize() for letter, word in _BY_LETTER.items()}
    | {"ς": "sigma", "ϵ": "epsilon", "ϕ": "phi", "ϑ": "theta", "ℓ": "l"}
)
_VARIANTS = {"varepsilon": "epsilon", "varphi": "phi", "vartheta": "theta", "ell": "l", "hslash": "h"}
_FONTS = "mathbf|mathrm|mathit|mathsf|mathcal|boldsymbol|bm|vec|text|textbf|operatorname|mathop"
_REWRITES = [
    (re.compile(r"\\(?:left|right|[bB]igg?[lr]?|displaystyle|limits|,|;|:|!|quad|qquad)(?![a-zA-Z])"), " "),
    (re.compile(r"\\(hat|bar|tilde)\s*(?:\{\s*(\\?[^\W\d_]+)\s*\}|([^\W\d_]))"), r" \2\3\1 "),
    (re.compile(rf"\\(?:{_FONTS})\s*\{{([^{{}}]*)\}}"), r"\1"),
    (re.compile(r"\\([dt]?frac)\s*(\d)\s*(\d)"), r"\\frac{\2}{\3}"),
    (
        re.compile(
            r"(?<![\w.])(?:np|numpy|math|torch|jnp)\.(?:linalg\.|nn\.functional\.|special\.)?(?=[a-z])"
        ),
        "",
    ),
]
_COMMANDS = {
    **dict.fromkeys(("cdot", "times", "ast", "cdotp"), "*"),
    **dict.fromkeys(("odot", "circ"), "⊙"),
    **dict.fromkeys(("top", "intercal"), "⊤"),
    **dict.fromkeys(("lvert", "rvert", "vert", "mid"), "|"),
    **dict.fromkeys(("lVert", "rVert", "Vert"), "‖"),
    **dict.fromkeys(("frac", "dfrac", "tfrac"), "frac"),
    "sqrt": "sqrt",
    "div": "/",
    "lbrack": "[",
    "rbrack": "]",
}
_TOKEN = re.compile(
    r"""
    (?P<space>\s+|~|\\\s)
    | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)
    | (?P<command>\\[a-zA-Z]+(?:\s*_\s*(?:\{[^\W_]+\}|[^\W_]))?)
    | (?P<name>[^\W\d_]+\d*(?:_(?:\{[^\W_,]+\}|[^\W_]+))*)
    | (?P<sign>\*\*|\.\*|\./|\.T(?![a-z])|\\\||\|\||[-+*/^@⊙⊤‖|'(){}\[\],=])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ONE_SIGN = {
    "**": "^",
    ".*": "⊙",
    "./": "/",
    ".T": "⊤'",
    "\\|": "‖",
    "||": "‖",
    "'": "⊤'",
    "@": "*",
    "[": "(",
    "]": ")",
}


class NotationError(ValueError):
    """A text is no formula; the message says what is wrong with it and follows a colon."""


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a name, or a sign; `typed` is how it stood there, `spaced` whether after a space."""

    kind: Kind
    text: str
    typed: str
    spaced: bool = False


END = Token("end", "", "")


def tokens(text: str) -> list[Token]:
    """The tokens of a formula.

    Raises:
        NotationError: it is too long, or holds a sign that no formula has.
    """
    if len(text) > MAX_LENGTH:
        raise NotationError(f"it is longer than {MAX_LENGTH} characters")
    plain = _plain(text)
    if len(plain) > 4 * MAX_LENGTH:  # a sign of Unicode's can stand for many
        raise NotationError("it is too long")
    found = list(_tokens(plain))
    if not found:
        raise NotationError("there is nothing to read")
    if len(found) > MAX_TOKENS:
        raise NotationError("it is too long")
    return found


def canonical(name: str) -> str:
    r"""A name however it is written: `x_{1}`, `x_1` and `x1` are one, and so are `\alpha` and `α`."""
    plain = _plain(name).strip().removeprefix("\\")
    word = re.sub(r"[\s_{}]", "", plain)
    return _VARIANTS.get(word, word)


def is_greek(word: str) -> bool:
    """Whether a word is the name of a Greek letter."""
    return word.lower() in _BY_LETTER.values()


def _plain(text: str) -> str:
    """The text in one alphabet, with what raises and lowers written out and TeX's fonts and spaces gone."""
    text = re.sub(f"[{re.escape(''.join(_RAISED))}]+", _raised, text)
    text = "".join("_" + _LOWERED[character] if character in _LOWERED else character for character in text)
    text = unicodedata.normalize("NFKD", text).translate(_SIGNS)
    text = "".join(_HATS.get(character, _LETTERS.get(character, character)) for character in _apart(text))
    before = None
    while before != text:  # the innermost braces first
        before = text
        for pattern, replacement in _REWRITES:
            text = pattern.sub(replacement, text)
    text = text.strip().strip("$`").strip().rstrip(".;").strip()
    return _right_side(text)


def _raised(match: re.Match[str]) -> str:
    inner = "".join(_RAISED[character] for character in match[0])
    return f"^({inner})" if inner != "T" else "^T"


def _apart(text: str) -> Iterator[str]:
    """The characters, with a space around a Greek letter that would run into the next word."""
    for index, character in enumerate(text):
        is_greek = character in _LETTERS
        if is_greek and index and text[index - 1].isalpha():
            yield " "
        yield character
        if is_greek and text[index + 1 : index + 2].isalpha():
            yield " "


def _right_side(text: str) -> str:
    """What follows `y =` or `f(x) =`, which many write in front."""
    left, equals, right = text.rpartition("=")
    if not equals:
        return text
    if "=" in left or re.search(r"\d\s*[-+*/]|[-+*^]", left) or len(left) > 40:
        raise NotationError("it has `=` in it; write the formula alone")
    return right.strip()


def _tokens(text: str) -> Iterator[Token]:
    spaced = False
    for match in _TOKEN.finditer(text):
        kind, typed = match.lastgroup, match[0]
        if kind == "space":
            spaced = True
            continue
        if kind == "other":
            raise NotationError(f"`{typed}` is not known here")
        if kind == "command":
            word = canonical(typed)
            sign = _COMMANDS.get(word)
            yield Token("sign", sign, typed, spaced) if sign else Token("name", word, typed, spaced)
        elif kind == "name":
            yield Token("name", typed, typed, spaced)
        elif kind == "number":
            yield Token("number", typed, typed, spaced)
        else:
            yield Token("sign", _ONE_SIGN.get(typed, typed), typed, spaced)
        spaced = False
