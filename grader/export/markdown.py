"""A form as Markdown with TeX."""

import re

from grader.export.pages import environment
from grader.model.form import Form


def paper_markdown(form: Form) -> str:
    """The paper to be filled in, without any key."""
    return _rendered("paper.md.j2", form)


def solutions_markdown(form: Form) -> str:
    """The paper with keys, explanations and sources."""
    return _rendered("solutions.md.j2", form)


def _rendered(template: str, form: Form) -> str:
    text = environment().get_template(template).render(form=form)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
