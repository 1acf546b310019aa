"""A `Form` in each of the formats that people fill in and mark with."""

from collections.abc import Callable, Mapping

from grader.export.markdown import paper_markdown, solutions_markdown
from grader.export.notebook import paper_notebook, solutions_notebook
from grader.model.form import Form

Writer = Callable[[Form], str]

FORMATS: Mapping[str, tuple[Writer, Writer]] = {
    "md": (paper_markdown, solutions_markdown),
    "ipynb": (paper_notebook, solutions_notebook),
}
"""For each format the writers of the paper and of its solutions."""
