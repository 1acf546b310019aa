"""Finds the TeX formulas in a text, says what is wrong with them and shows them in a terminal."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from math_core import LatexError, LatexToMathML
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from grader.quiz.typst_formula import typst_formula
from grader.quiz.typst_signs import UnprintableError

_FORMULA = re.compile(r"(?<!\\)(\$\$?)(.+?)(?<!\\)\1", re.DOTALL)
_LONE = re.compile(r"(?<!\\)\$")
_CODE = re.compile(r"`[^`]*`")

_SUPERSCRIPTS = dict(zip("0123456789+-=()nijTkx", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱʲᵀᵏˣ", strict=True))
_SUBSCRIPTS = dict(zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_SCRIPT = re.compile(r"\s*([_^])\s*(?:\{([^{}]*)\}|(\\[A-Za-z]+|[^\s{}\\]))")
_RAISED, _LOWERED = "\ue000", "\ue001"
"""Stand for ^ and _ that are done, until the whole formula is."""
_OPENED, _CLOSED = "\ue002", "\ue003"
"""Stand around a fraction, until it is known what it stands beside."""
_FRACTION = re.compile(f"([_^])?{_OPENED}([^{_OPENED}{_CLOSED}]*){_CLOSED}( *(?=[\\w(√∑∏∫‖{_OPENED}]))?")
_JOINT = "\u2060"
"""Keeps a script that is a letter to Unicode out of the name of the macro before it."""
_NAMED = re.compile(r"\\(ln|log|exp|max|min|tanh|sin|cos)(?![A-Za-z])\s*(?=[A-Za-z0-9\\])(?!\\left|\\limits)")
_BEFORE_NAMED = re.compile(r"(?<=[A-Za-z0-9)}])\s*(?=\\(?:ln|log|exp|max|min|tanh|sin|cos)(?![A-Za-z]))")
_MID = re.compile(r"\\mid(?![A-Za-z])")
_OPERATOR = re.compile(r"\s*((?<![:<>!])=|[≈≤≥≠≪≫∼∝←→↦⇒⇔·×∈])\s*")
_SIGN_BETWEEN = re.compile(r"(?<=[^\s(\[{])([-+<>])(?= \S)")
_IN_BARS = re.compile(r"([‖⌊⌈]) ?([^\s‖⌋⌉][^‖⌊⌋⌈⌉]*?) ?([‖⌋⌉])|(\|)(?! )([^|]*?) (\|)")
_SLASH = re.compile(r" ?/ ?")
_SPLIT = re.compile(r"(?<!\\)([\^_])\s*(?:-\d|\d[\d.]*\d)")
"""A script of several signs without braces, of which TeX takes the first alone."""
_COMMENT = re.compile(r"(?<!\\)%")
_UNDERLINE = '<mo stretchy="true">{}</mo></munder>'
_BARS = re.compile(r"\\\||\\[lr]?Vert(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with a formula, and the offset in the text where it shows."""

    offset: int
    what: str


def slips(text: str) -> Iterator[Slip]:
    """Each formula of a text that cannot be rendered, and a dollar sign without its partner."""
    text = _CODE.sub(lambda match: " " * len(match[0]), text)
    rest = _FORMULA.sub(lambda match: " " * len(match[0]), text)
    for match in _FORMULA.finditer(text):
        slip = _slip(match[2], is_display=match[1] == "$$")
        if slip:
            yield Slip(match.start() + len(match[1]) + slip.offset, slip.what)
    lone = _LONE.search(rest)
    if lone:
        yield Slip(lone.start(), "a dollar sign begins a formula that does not end")


def _slip(formula: str, *, is_display: bool) -> Slip | None:
    split = _SPLIT.search(formula)
    if split:
        what = f"after `{split[1]}` TeX takes one sign alone; put the others into braces with it"
        return Slip(split.start(), what)
    comment = _COMMENT.search(formula)
    if comment:
        return Slip(
            comment.start(), "what stands after a percent sign is not printed; write `\\%` for the sign"
        )
    converter = LatexToMathML(fancy_error=False)
    try:
        rendered = converter.convert_with_local_state(formula, displaystyle=is_display)
        typst_formula(rendered)
    except LatexError as error:
        offset, _, what = str(error).partition(": ")
        return Slip(int(offset) if offset.isdecimal() else 0, what.rstrip("."))
    except UnprintableError as error:
        return Slip(0, f"the formula cannot be printed in every format: {error}")
    if r"\\" in formula and "<mtable" not in rendered:
        what = r"`\\` begins a line only within an environment, such as `aligned`"
        return Slip(formula.index(r"\\"), what)
    return None


def mathml(formula: str, *, is_display: bool = False) -> str | None:
    """A formula as MathML that keeps its TeX; None where it cannot be rendered."""
    converter = LatexToMathML(fancy_error=False, annotation=True)
    try:
        rendered = converter.convert_with_local_state(formula, displaystyle=is_display)
    except LatexError:
        return None
    # Browsers stretch a low line below what it underlines, but no combining one.
    return rendered.replace(_UNDERLINE.format("\u0332"), _UNDERLINE.format("_"))


def with_formulas(text: str, show: Callable[[str, bool], str]) -> str:
    """The text with each formula shown in another way, told its TeX and whether it stands by itself.

    What looks like one in code is none.
    """
    code = [match.span() for match in _CODE.finditer(text)]

    def shown(match: re.Match[str]) -> str:
        if any(start <= match.start() < end for start, end in code):
            return match[0]
        return show(match[2], match[1] == "$$")

    return _FORMULA.sub(shown, text)


def readable(text: str) -> str:
    """The text with its formulas in Unicode, as near to the printed page as a line allows."""
    return _FORMULA.sub(lambda match: _shown(match[2]), text).replace(r"\$", "$")


def _shown(formula: str) -> str:
    plain = _BEFORE_NAMED.sub(r"\\;", _NAMED.sub(r"\\\1\\;", _BARS.sub("‖", formula)))
    plain = _MID.sub(r"\\;|\\;", plain)
    before = None
    while before != plain:  # innermost scripts first
        before, plain = plain, _SCRIPT.sub(_script, plain)
    try:
        shown = _READER.latex_to_text(plain.replace("%", r"\%"))
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        # What pylatexenc raises at macros that are half written; the formula is then shown as it is.
        shown = formula
    shown = _FRACTION.sub(_apart, str(shown)).replace(_RAISED, "^").replace(_LOWERED, "_").replace(_JOINT, "")
    return _spaced(" ".join(shown.split()))


def _spaced(shown: str) -> str:
    """One space on both sides of an operator, none within bars: what TeX sees to on paper."""
    shown = _OPERATOR.sub(r" \1 ", shown)
    shown = _SIGN_BETWEEN.sub(r" \1 ", shown)
    shown = _IN_BARS.sub(r"\1\2\3\4\5\6", _SLASH.sub("/", shown))
    return " ".join(shown.split())


def _script(match: re.Match[str]) -> str:
    """A sub- or superscript in Unicode's own characters, or in parentheses where these are missing."""
    table = _SUPERSCRIPTS if match[1] == "^" else _SUBSCRIPTS
    inner = (match[2] if match[2] is not None else match[3]).strip()
    bare = inner.replace(r"\top", "T").replace(" ", "")
    if bare and all(character in table for character in bare):
        return _JOINT + "".join(table[character] for character in bare)
    mark = _RAISED if match[1] == "^" else _LOWERED
    return f"{mark}{inner} " if len(bare) == 1 or re.fullmatch(r"\\[A-Za-z]+", bare) else f"{mark}({inner})"


def _fraction(node: Any, l2tobj: Any) -> str:  # the name is pylatexenc's
    if node.nodeargd is None or len(node.nodeargd.argnlist) != 2:
        return f"\\{node.macroname}"
    above, below = (str(l2tobj.nodelist_to_text([part])).strip() for part in node.nodeargd.argnlist)
    above, below = (_FRACTION.sub(r"(\2)", part) for part in (above, below))
    return f"{_OPENED}{_grouped(above)}/{_grouped(below)}{_CLOSED}"


def _apart(fraction: re.Match[str]) -> str:
    """A fraction before a factor, of which it is plain that it does not stand below: `(γ/2)h`, `1/2 h`."""
    script, shown, before_factor = fraction.groups()
    if script:
        return f"{script}({shown})" + ("" if before_factor is None else " ")
    if before_factor is None:
        return shown
    return f"{shown} " if re.fullmatch(r"\d+/\d+", shown) else f"({shown})"


def _grouped(text: str) -> str:
    return text if re.fullmatch(r"[\w∂‖.]+|\([^()]*\)", text) else f"({text})"


def _macros() -> Any:
    macros = get_default_latex_context_db()
    own = [MacroTextSpec(name, _fraction) for name in ("frac", "dfrac", "tfrac")]
    own.append(MacroTextSpec("arg", "arg"))
    own.append(MacroTextSpec("today", r"\today"))  # whose answer it is in may not choose the day of marking
    macros.add_context_category("own", macros=own, prepend=True)
    return macros


_READER = LatexNodes2Text(latex_context=_macros(), math_mode="text", keep_comments=True)
