"""Pictures for people who look before they read: an SVG each, which needs nothing else."""

from grader.report.pictures.histogram import score_histogram
from grader.report.pictures.items import ItemRow, item_results
from grader.report.pictures.overview import blueprint_overview

__all__ = ["ItemRow", "blueprint_overview", "item_results", "score_histogram"]
