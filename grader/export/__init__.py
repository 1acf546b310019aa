"""A `Form` in each of the formats that people fill in, print and mark with."""

from collections.abc import Callable, Mapping

from grader.export.html import paper_html, solutions_html
from grader.export.latex import paper_latex, solutions_latex
from grader.export.markdown import paper_markdown, solutions_markdown
from grader.export.notebook import paper_notebook, solutions_notebook
from grader.export.taking import graded_html, practice_html
from grader.export.typst import paper_pdf, solutions_pdf
from grader.model.form import Form

Writer = Callable[[Form], bytes]


def _encoded(write: Callable[[Form], str]) -> Writer:
    return lambda form: write(form).encode("utf-8")


FORMATS: Mapping[str, tuple[Writer, Writer]] = {
    "md": (_encoded(paper_markdown), _encoded(solutions_markdown)),
    "ipynb": (_encoded(paper_notebook), _encoded(solutions_notebook)),
    "html": (_encoded(paper_html), _encoded(solutions_html)),
    "pdf": (paper_pdf, solutions_pdf),
    "tex": (_encoded(paper_latex), _encoded(solutions_latex)),
}
"""For each format the writers of the paper and of its solutions."""

PAGES: Mapping[str, Writer] = {"practice": _encoded(practice_html), "graded": _encoded(graded_html)}
"""Pages to be taken in a browser: one that has the keys and marks itself, one that has none."""
