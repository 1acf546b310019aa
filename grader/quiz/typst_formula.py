"""A formula for Typst, made from its MathML: what it cannot say it refuses, so that no formula says less."""

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from grader.quiz.typst_signs import (
    FENCES,
    UnprintableError,
    letters,
    mark,
    number,
    sign,
    space,
    styles,
    words,
)

MAX_DEPTH = 60
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|apos);)(\w+);")
_APPLY = "\u2061"
_LIMITS = frozenset("∑∏∐⋂⋃⨄⨆⋁⋀⨁⨂⨀")
"""Large operators, which Typst gives their limits above and below by itself, as TeX does."""
_ABOVE = {
    **dict.fromkeys("ˆ\u0302^", "hat"),
    **dict.fromkeys("˜\u0303~", "tilde"),
    **dict.fromkeys("¯\u0304", "macron"),
    **dict.fromkeys("⃗→", "arrow"),
    **dict.fromkeys("\u20d6←", "arrow.l"),
    **dict.fromkeys("˙\u0307", "dot"),
    **dict.fromkeys("¨\u0308", "dot.double"),
    **dict.fromkeys("ˇ\u030c", "caron"),
    **dict.fromkeys("˘\u0306", "breve"),
    **dict.fromkeys("´\u0301", "acute"),
    **dict.fromkeys("`\u0300", "grave"),
    **dict.fromkeys("˚\u030a", "circle"),
}
_SPANS = {
    "_": "underline",
    "⏞": "overbrace",
    "⏟": "underbrace",
    "‾": "overline",
    "\u0305": "overline",
    "\u0332": "overline",
}
_ATTRIBUTES = frozenset(
    "display form stretchy symmetric minsize maxsize lspace rspace movablelimits accent accentunder"  # noqa: SIM905
    " class displaystyle scriptlevel linethickness width mathvariant notation style".split()
)
_STYLES = frozenset(
    "padding padding-left padding-right padding-top text-align justify-items margin-left"  # noqa: SIM905
    " color border-top border-bottom border-left border-right".split()
)
"""Attributes and styles that are printed, or only mend what browsers do. Any other could be missed."""


def typst_formula(mathml: str) -> str:
    """The formula as Typst's markup for mathematics.

    Raises:
        UnprintableError: it holds something that would be lost.
    """
    named = _ENTITY.sub(lambda match: html.unescape(match[0]), mathml)
    try:
        root = ElementTree.fromstring(named)  # noqa: S314 (math-core wrote it)
    except ElementTree.ParseError:
        raise UnprintableError("what it is made of cannot be read again") from None
    return _joined(_row(_visible(root), 0))


def _joined(parts: Sequence[str]) -> str:
    """The parts with spaces between them, but not round words, where Typst would print them."""
    text = ""
    for part in filter(None, parts):
        glued = not text or text.endswith('"') or part.startswith('"')
        text += part if glued else f" {part}"
    return text.replace(r"\. \. \.", "…")


def _written(element: Element, depth: int) -> str:
    if depth > MAX_DEPTH:
        raise UnprintableError("it is nested too deep")
    _known(element)
    writer = _WRITERS.get(element.tag)
    if writer is None:
        raise UnprintableError(f"its `{element.tag}` cannot be kept")
    shown = writer(element, depth + 1)
    if element.tag not in ("mtable", "mo") and "displaystyle" in element.attrib:
        size = "display" if element.get("displaystyle") == "true" else "inline"
        shown = f"{size}({shown})"
    color = styles(element).get("color")
    return f'#text(fill: rgb("{color}"))[${shown}$]' if color else shown


def _known(element: Element) -> None:
    if "width" in styles(element):
        raise UnprintableError("it has numbers of equations; `aligned` and `gathered` have none")
    strange = set(element.keys()) - _ATTRIBUTES or styles(element).keys() - _STYLES
    if strange:
        raise UnprintableError(f"its `{min(strange)}` cannot be kept")


def _visible(element: Element) -> list[Element]:
    return [child for child in element if child.tag not in ("annotation", "annotation-xml")]


# --- rows ---------------------------------------------------------------------------------------------------


def _row(children: Sequence[Element], depth: int) -> list[str]:
    """The children one after the other; a name before the sign of application is an operator."""
    if len(children) == 1 and children[0].tag in ("semantics", "mrow") and not children[0].attrib:
        return _group(_visible(children[0]), depth + 1)
    return _group(children, depth)


def _group(children: Sequence[Element], depth: int) -> list[str]:
    if len(children) == 3 and children[1].get("linethickness") == "0" and _fence(children[0]) == "(":
        above, below = children[1]
        return [f"binom({_written(above, depth)}, {_written(below, depth)})"]
    shown = [
        _operator(child, depth) if _is_applied(children, place) else _written(child, depth)
        for place, child in enumerate(children)
    ]
    edges = [_fence(child) for child in (children[0], children[-1])] if len(children) > 1 else [None]
    fences = [sign(edge) if edge else "" for edge in edges if edge is not None]
    return [f"lr({_joined([fences[0], *shown[1:-1], fences[1]])})"] if len(fences) == 2 else shown


def _fence(element: Element) -> str | None:
    """The sign of a bracket that grows with what it holds, "" for one that is not printed."""
    text = (element.text or "").strip()
    if element.tag != "mo" or element.get("stretchy") == "false" or "minsize" in element.attrib:
        return None
    if text in ("\u2063", ""):
        return ""
    return text if text in FENCES and element.get("lspace") is None else None


def _is_applied(children: Sequence[Element], place: int) -> bool:
    after = children[place + 1] if place + 1 < len(children) else None
    return after is not None and after.tag == "mo" and after.text == _APPLY


def _operator(element: Element, depth: int) -> str:
    """The name of a function, with or without scripts."""
    if element.tag in _SCRIPTED and len(element):
        base, *scripts = element
        limits = ", limits: #true" if element.tag.startswith(("mu", "mo")) else ""
        return _attached(f"op({_name(base, depth)}{limits})", element.tag, scripts, depth)
    return f"op({_name(element, depth)})"


def _name(element: Element, depth: int) -> str:
    words = "".join(element.itertext()).strip()
    return f'"{words}"' if re.fullmatch(r"[\w\u2006-\u200a\u00a0 -]+", words) else _written(element, depth)


# --- what is built of parts ---------------------------------------------------------------------------------


def _inner(element: Element, depth: int) -> str:
    return _joined(_row(_visible(element), depth))


def _fraction(element: Element, depth: int) -> str:
    above, below = (_written(child, depth) for child in element)
    if element.get("linethickness") == "0":
        return f"mat(delim: #none, {above}; {below})"
    return f"frac({above}, {below})"


def _root(element: Element, depth: int) -> str:
    inner, index = (_written(child, depth) for child in element)
    return f"root({index}, {inner})"


def _scripted(element: Element, depth: int) -> str:
    base, *scripts = element
    script = (scripts[0].text or "").strip()
    if script in _SPANS and len(scripts) == 1:
        return _spanned(element, base, script, depth)
    if element.tag == "mover" and script in _ABOVE and "accent" in element.attrib:
        # A hat as wide as its letter looks like a wide hat.
        size = "" if scripts[0].get("stretchy") == "true" else ", size: #50%"
        return f"accent({_written(base, depth)}, {_ABOVE[script]}{size})"
    if "accent" in element.attrib or "accentunder" in element.attrib:
        raise UnprintableError(f"its accent `{script}` cannot be kept")
    return _attached(_base(element, base, depth), element.tag, scripts, depth)


def _spanned(element: Element, base: Element, script: str, depth: int) -> str:
    below = element.tag == "munder"
    name = "underline" if below and _SPANS[script] == "overline" else _SPANS[script]
    return f"{name}({_written(base, depth)})"


def _base(element: Element, base: Element, depth: int) -> str:
    shown = _written(base, depth)
    text = (base.text or "").strip()
    if element.tag.startswith("ms"):
        return f"scripts({shown})" if text in _LIMITS else shown or '""'
    if text in _LIMITS:
        return shown if base.get("movablelimits") != "false" else f"limits({shown})"
    is_arrow = base.tag == "mo" and text in ("→", "←", "↔", "⇒", "⇐", "⇔", "↦")
    grown = is_arrow and any(_padding(script) for script in element[1:])
    return f"limits(stretch({shown}))" if grown else f"limits({shown})"


def _padding(script: Element) -> bool:
    """Whether a script has an empty one of its own, which makes the arrow below it long enough."""
    return script.tag in ("mover", "munder") and len(script) == 2 and script[1].tag == "mspace"


def _attached(base: str, tag: str, scripts: Sequence[Element], depth: int) -> str:
    shown = [_written(script[0] if _padding(script) else script, depth) for script in scripts]
    named = zip(_SCRIPTED[tag], shown, strict=True)
    return f"attach({base}{''.join(f', {name}: {script}' for name, script in named if script)})"


def _box(element: Element, depth: int) -> str:
    inner = _inner(element, depth)
    notation = element.get("notation")
    if notation == "box":
        return f"#box(stroke: 0.5pt, inset: 3pt)[$display({inner})$]"
    if notation in ("updiagonalstrike", "downdiagonalstrike"):
        return f"cancel({inner}{', inverted: #true' if notation.startswith('down') else ''})"
    raise UnprintableError(f"its `{notation}` cannot be kept")


def _hidden(element: Element, depth: int) -> str:
    return f"#hide[${_inner(element, depth)}$]"


# --- tables -------------------------------------------------------------------------------------------------


def _table(element: Element, depth: int) -> str:
    rows = [list(row) for row in element]
    # A rule below the last row comes as the upper edge of a row with nothing in it.
    filled = rows[:-1] if len(rows) > 1 and len(rows[-1]) == 1 and not len(rows[-1][0]) else rows
    display = element.get("displaystyle") == "true"
    shown = "; ".join(", ".join(_cell(cell, display, depth) for cell in row) for row in filled)
    options = (*_gaps([[styles(cell) for cell in row] for row in filled]), *_rules(element, rows))
    return f"mat(delim: #none{''.join(options)}, {shown})"


def _cell(cell: Element, display: bool, depth: int) -> str:
    _known(cell)
    inner = _inner(cell, depth)
    align = styles(cell).get("text-align")
    if align == "right":
        inner = f"{inner} &"
    elif align == "left":
        # The empty words keep the space before a relation that begins the cell.
        inner = f'& ""{inner}'
    return f"{'display' if display else 'inline'}({inner})" if inner else ""


def _gaps(styles: Sequence[Sequence[Mapping[str, str]]]) -> Iterator[str]:
    """The room between columns, and between the lines of a derivation, which want more than a matrix."""
    first = styles[0] if styles else []
    is_derivation = any(style.get("padding-left") == "0" for style in first)
    is_cases = not is_derivation and any("padding-right" in style for style in first)
    yield f", column-gap: #{'0em' if is_derivation else '1em' if is_cases else '0.8em'}"
    if is_derivation and len(styles) > 1:
        yield ", row-gap: #0.6em"


def _rules(element: Element, rows: Sequence[Sequence[Element]]) -> Iterator[str]:
    edges = styles(element)
    upright = [0] if "border-left" in edges else []
    upright += [place for place, cell in enumerate(rows[0], 1) if "border-right" in styles(cell)]
    level = [0] if "border-top" in edges else []
    level += [place for place, row in enumerate(rows) if any("border-top" in styles(cell) for cell in row)]
    if upright or level:
        yield f", augment: #(vline: {_listed(upright)}, hline: {_listed(level)}, stroke: 0.5pt)"


def _listed(places: Sequence[int]) -> str:
    return f"({''.join(f'{place}, ' for place in places)})"


_SCRIPTED: Mapping[str, Sequence[str]] = {
    "msub": "b",
    "msup": "t",
    "msubsup": "bt",
    "munder": "b",
    "mover": "t",
    "munderover": "bt",
}
_WRITERS: Mapping[str, Callable[[Element, int], str]] = {
    "mi": letters,
    "mn": number,
    "mo": mark,
    "mtext": words,
    "mspace": space,
    "mrow": _inner,
    "mstyle": _inner,
    "mpadded": _inner,
    "semantics": _inner,
    "mfrac": _fraction,
    "msqrt": lambda element, depth: f"sqrt({_inner(element, depth)})",
    "mroot": _root,
    "menclose": _box,
    "mphantom": _hidden,
    "mtable": _table,
    **dict.fromkeys(_SCRIPTED, _scripted),
}
