"""The signs of a formula for Typst: letters, numbers, marks, words and spaces of MathML."""

import re
from xml.etree.ElementTree import Element

FENCES = frozenset("()[]{}|‖⌊⌋⌈⌉⟨⟩∣∥⟮⟯/")
_INVISIBLE = dict.fromkeys(map(ord, "\u2061\u2062\u2063\u2064"))
"""Signs of MathML for what is not printed, such as the application of a function."""


class UnprintableError(ValueError):
    """A formula that MathML can say and a printed page cannot; the text says what of it."""


def styles(element: Element) -> dict[str, str]:
    """The declarations in the `style` of an element."""
    pairs = (style.partition(":") for style in element.get("style", "").split(";") if style.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}


def sign(text: str) -> str:
    """One sign as itself: none of Typst's own is obeyed, and no bracket grows."""
    return text if text.isalnum() or not text.isprintable() else f"\\{text}"


def letters(element: Element, depth: int) -> str:
    """A variable, or a name of several letters, which stands upright."""
    text = (element.text or "").strip()
    if len(text) > 1 and text.isascii():
        return f"op({quoted(text)})"
    # A letter and the sign that chooses its shape stay together.
    signs = [sign(one) for one in re.findall(r".[\ufe00\ufe01]?", text)]
    return f"upright({''.join(signs)})" if element.get("mathvariant") == "normal" else " ".join(signs)


def number(element: Element, depth: int) -> str:
    """A number; what is no number, sign by sign."""
    text = (element.text or "").strip()
    return text if re.fullmatch(r"\d+(\.\d+)?", text) else " ".join(map(sign, text))


def mark(element: Element, depth: int) -> str:
    """An operator, a relation or a bracket; bars are told which side they close."""
    text = (element.text or "").strip().translate(_INVISIBLE)
    if not text:
        return ""
    shown = sign(text) if len(text) == 1 else quoted(text)
    form = {"prefix": "opening", "postfix": "closing"}.get(element.get("form", ""))
    if "minsize" in element.attrib:
        shown = f"lr(size: #{length(element.get('minsize', ''))}, {shown})"
        return f'class("{form or _class_of(text)}", {shown})'
    if text in "|‖" and not form:
        return f"mid({shown})" if element.get("stretchy") == "true" else f'class("normal", {shown})'
    return f'class("{form}", {shown})' if form and text in FENCES else shown


def _class_of(text: str) -> str:
    if text in "([{⌊⌈⟨":
        return "opening"
    return "closing" if text in ")]}⌋⌉⟩" else "normal"


def words(element: Element, depth: int) -> str:
    """Text within a formula."""
    return quoted((element.text or "").replace("\u00a0", " "))


def quoted(text: str) -> str:
    """A string of Typst."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def space(element: Element, depth: int) -> str:
    """Room between signs; less than none pulls them together."""
    width = element.get("width") or styles(element).get("margin-left")
    return f"#h({length(width)})" if width else ""


def length(text: str) -> str:
    """A length of CSS in units of a printed page.

    Raises:
        UnprintableError: it is none.
    """
    match = re.fullmatch(r"(-?\d*\.?\d+)(em|pt|cm|mm|in)", text)
    if match:
        return f"{float(match[1]):.4g}{match[2]}"
    if re.fullmatch(r"(-?\d*\.?\d+)px", text):
        return f"{float(text[:-2]) * 0.75:.4g}pt"
    if text.endswith("ex"):
        return f"{float(text[:-2]) * 0.45:.4g}em"
    raise UnprintableError(f"`{text}` is no length of a printed page")
