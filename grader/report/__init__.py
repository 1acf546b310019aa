"""A `Report` in each of the forms that people and programs read."""

from collections.abc import Callable, Mapping

from grader.model.report import Report
from grader.report.json import to_json
from grader.report.terminal import to_terminal

FORMATS: Mapping[str, Callable[[Report], str]] = {"terminal": to_terminal, "json": to_json}
