"""Imports the reference solution of an exercise into the trusted process."""

import importlib.util
from pathlib import Path
from types import ModuleType

from grader.errors import UsageError


def load_reference(path: Path) -> ModuleType:
    """The reference as a module of its own, whatever else bears its name.

    Raises:
        UsageError: there is no such file.
    """
    spec = importlib.util.spec_from_file_location(f"reference_{path.stem}", path)
    if spec is None or spec.loader is None or not path.exists():
        raise UsageError(f"there is no reference at `{path}`")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
