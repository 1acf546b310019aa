"""A `Report` in each of the forms that people and programs read."""

import importlib
from collections.abc import Callable, Mapping

from grader.model.report import Report

Writer = Callable[[Report], str]

FORMATS: Mapping[str, str] = {"terminal": "to_terminal", "json": "to_json"}
"""The function of each writer; it lives in a module of the format's name, imported when it is used."""


def writer(name: str) -> Writer:
    """The writer of a format."""
    found: Writer = getattr(importlib.import_module(f"{__name__}.{name}"), FORMATS[name])
    return found
