"""Writes a YAML file of a course anew in its one layout, with the same content and comments."""

from grader.layout.canonical import LayoutError, formatted

__all__ = ["LayoutError", "formatted"]
