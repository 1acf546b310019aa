"""Questions as a student may read them: without keys, in an order that gives none away."""

from collections.abc import Callable, Mapping, Sequence
from string import ascii_uppercase
from typing import Any

Entry = Mapping[str, Any]
"""An item's fields by their names, drawn where it has parameters."""

ALWAYS = ("type", "stem")
"""Not the id, in which many an author says what the question is about to show."""
ANSWERS = ("number", "shape", "formula", "matrix_formula", "text")
KINDS = {
    "number": "a number",
    "shape": "a shape, such as 8x3x32x32",
    "formula": "a formula",
    "matrix_formula": "a formula of matrices",
    "text": "a word or a few",
}
DRAWN = "{{"
"""Stands in a text whose numbers are still to be drawn."""


def as_asked(entry: Entry) -> dict[str, Any] | None:
    """What a student may see of an item; None of a type that is not known, and of one that is not drawn.

    A field that no function here names is never shown, so that one that is added to the bank stays hidden.
    """
    if entry.get("type") not in SHOWN:
        return None
    shown = {name: entry[name] for name in ALWAYS if name in entry} | SHOWN[str(entry["type"])](entry)
    return None if DRAWN in str(shown) else shown


def _nothing(_: Entry) -> dict[str, Any]:
    return {}


def _choice(entry: Entry) -> dict[str, Any]:
    # By the alphabet: authors write the key first more often than not.
    texts = [str(option.get("key", option.get("distractor"))) for option in _mappings(entry.get("options"))]
    none = ["None of the above"] if "none_of_the_above" in _list(entry.get("options")) else []
    return {"options": sorted(texts) + none}


def _short_answer(entry: Entry) -> dict[str, Any]:
    answer = entry.get("answer")
    kind = next((name for name in ANSWERS if isinstance(answer, Mapping) and name in answer), None)
    unit = answer.get("unit") if isinstance(answer, Mapping) else None
    return {"kind": KINDS[kind] if kind else None, "unit": unit}


def _matching(entry: Entry) -> dict[str, Any]:
    pairs = list(_mappings(entry.get("pairs")))
    rights = [str(pair.get("right")) for pair in pairs] + [str(one) for one in _list(entry.get("extras"))]
    return {"left": [str(pair.get("left")) for pair in pairs], "options": sorted(set(rights))}


def _ordering(entry: Entry) -> dict[str, Any]:
    return {"options": sorted(str(step) for step in _list(entry.get("steps")))}


def _table(entry: Entry) -> dict[str, Any]:
    rows = [
        ["" if isinstance(cell, Mapping) else str(cell) for cell in _list(row)]
        for row in _list(entry.get("rows"))
    ]
    return {"columns": [str(column) for column in _list(entry.get("columns"))], "rows": rows}


def _parts(entry: Entry) -> dict[str, Any]:
    asked = [as_asked(part) for part in _mappings(entry.get("parts"))]
    return {"parts": [part for part in asked if part is not None]}


def _code(entry: Entry) -> dict[str, Any]:
    return {"exercise": entry.get("exercise")}


SHOWN: Mapping[str, Callable[[Entry], dict[str, Any]]] = {
    "true_false": _nothing,
    "single_choice": _choice,
    "multiple_choice": _choice,
    "short_answer": _short_answer,
    "matching": _matching,
    "ordering": _ordering,
    "table": _table,
    "parts": _parts,
    "code": _code,
    "essay": _nothing,
}
"""What each type shows besides what every item does."""


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else []


def _mappings(value: Any) -> list[Entry]:
    return [one for one in _list(value) if isinstance(one, Mapping)]


# --- as Markdown -------------------------------------------------------------------------------------------

TASKS = {
    "true_false": "True or false?",
    "single_choice": "One of these:",
    "multiple_choice": "All that apply, which may be none:",
    "matching": "To each of the first its partner among the lettered:",
    "ordering": "Bring these into their order:",
    "table": "Fill in the empty cells:",
}


def questions_markdown(topic: str, asked: Sequence[Mapping[str, Any]]) -> str:
    """The questions of a topic, one under the other."""
    parts = [f"# Questions: {topic}"]
    for number, entry in enumerate(asked, start=1):
        parts.append(f"## Question {number}")
        parts += _question(entry)
    return "\n\n".join(parts) + "\n"


def _question(entry: Mapping[str, Any]) -> list[str]:
    lines = [str(entry.get("stem", "")).strip()]
    task = TASKS.get(str(entry["type"]))
    if task:
        lines.append(task)
    if entry.get("left"):
        lines.append("\n".join(f"{number}. {text}" for number, text in enumerate(entry["left"], start=1)))
    if entry.get("options"):
        lettered = zip(ascii_uppercase, entry["options"], strict=False)
        lines.append("\n".join(f"- {letter}. {' '.join(text.split())}" for letter, text in lettered))
    if entry.get("rows"):
        head = [entry["columns"], ["---"] * len(entry["columns"])]
        lines.append("\n".join(f"| {' | '.join(row)} |" for row in (*head, *entry["rows"])))
    if entry.get("kind"):
        unit = f", in {entry['unit']}" if entry.get("unit") else ""
        lines.append(f"Your answer is {entry['kind']}{unit}.")
    if entry.get("exercise"):
        lines.append(f"Solve the exercise `{entry['exercise']}`.")
    for letter, part in zip(ascii_uppercase.lower(), entry.get("parts", ()), strict=False):
        first, *rest = _question(part)
        lines += [f"**({letter})** {first}", *rest]
    return [line for line in lines if line]
