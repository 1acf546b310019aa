"""Explains the rules of the audit: each page is written beside the rule that it explains."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from grader import bank, course, curriculum, mistakes, reading
from grader.audit import bank as bank_rules
from grader.audit import exercises, keys
from grader.engine import session
from grader.exam import (
    amendments,
    blueprint,
    collecting,
    deciding,
    marks,
    notebooks,
    papers,
    responses,
    shortage,
    unusable,
)


def rule_pages() -> Mapping[str, str]:
    """The page of each rule, by its name."""
    rooms = (
        reading,
        course,
        mistakes,
        bank,
        curriculum,
        blueprint,
        shortage,
        responses,
        notebooks,
        unusable,
        marks,
        deciding,
        collecting,
        papers,
        amendments,
        session,
        keys,
    )
    pages = {name: page for room in rooms for name, page in room.RULES.items()}
    return {**pages, **dict(_page(rule) for rule in (*exercises.PAGES, *bank_rules.RULES))}


def _page(rule: Callable[..., Any]) -> tuple[str, str]:
    name, _, page = (inspect.getdoc(rule) or "").partition("\n")
    return name, page.strip()
