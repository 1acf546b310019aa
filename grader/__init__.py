"""Auto-graded exercises and quizzes for deep-learning courses."""

import importlib
from typing import Any

__version__ = "0.1.0"


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext grader` calls; all that it needs is imported only then."""
    importlib.import_module("grader.magic").load(shell)
