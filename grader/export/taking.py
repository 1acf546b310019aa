"""A form as one page to be taken in a browser: for practice, where it marks itself, or to be handed in."""

import base64
import hashlib
import html
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from grader.exam.printed import blank_names, part_name
from grader.export.composing import document
from grader.export.html import FILTERS, style
from grader.export.page_marks import marking
from grader.export.typeset import filled
from grader.model.form import Form, Question
from grader.model.item import Table
from grader.quiz.selection import letter

KINDS: Mapping[str, str] = {
    "true_false": "truth",
    "single_choice": "one",
    "multiple_choice": "many",
    "short_answer": "text",
    "matching": "pairs",
    "ordering": "order",
    "table": "cells",
    "parts": "parts",
    "code": "code",
    "essay": "essay",
}
"""How each type of item is answered on a page."""

MARKING = ("scoring.js", "marks.js")
"""The scripts that a page which is handed in does without."""


def practice_html(form: Form) -> str:
    """The page to practise with: keys and explanations are in it, and it shows them once it is submitted."""
    return _rendered(form, is_marked=True)


def graded_html(form: Form) -> str:
    """The page to hand in answers from: nothing in it says what is right."""
    return _rendered(form, is_marked=False)


def _rendered(form: Form, *, is_marked: bool) -> str:
    script = _script(*MARKING, "taking.js") if is_marked else _script("taking.js")
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    more = {
        "solved": document(form, is_solved=True) if is_marked else None,
        "data": _in_script(_paper(form, is_marked=is_marked)),
        "script": script,
        "digest": digest,
        "sheet": Markup(f"{style()}{_text('take.css')}"),  # noqa: S704 (both are ours)
    }
    shown = document(form, is_solved=False)
    return filled("take.html.j2", shown, html.escape, FILTERS, more)


def _paper(form: Form, *, is_marked: bool) -> dict[str, Any]:
    """What the script knows of the paper."""
    return {
        "id": form.id,
        "kind": "practice" if is_marked else "graded",
        "minutes": form.minutes,
        "sections": [
            [on_page(one, f"q{one.number}", is_marked=is_marked) for one in section.questions]
            for section in form.sections
        ],
    }


def on_page(question: Question, anchor: str, *, is_marked: bool) -> dict[str, Any]:
    """What the script knows of a question; what its answers earn only where the page marks them."""
    told: dict[str, Any] = {"anchor": anchor, "kind": KINDS[question.item.type]}
    if question.item.id:
        told["id"] = question.item.id
    if question.order:
        told["letters"] = "".join(letter(index) for index in range(len(question.order)))
    if isinstance(question.item, Table):
        told["cells"] = list(blank_names(question.item))
    if question.parts:
        told["parts"] = [
            {"name": part_name(part), **on_page(part, f"{anchor}{part_name(part)}", is_marked=is_marked)}
            for part in question.parts
        ]
    return {**told, "marking": marking(question)} if is_marked else told


def _in_script(data: Mapping[str, Any]) -> Markup:
    """The data for a script element, in which no text can end it or begin a comment."""
    text = json.dumps(data, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704 (escaped just now)


def _script(*names: str) -> Markup:
    return Markup("".join(map(_text, names)))  # noqa: S704 (ours)


@cache
def _text(name: str) -> str:
    return (files("grader.export") / "templates" / name).read_text("utf-8")
