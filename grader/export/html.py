"""Markdown with TeX as one HTML page that needs nothing else: formulas are MathML."""

import html

from markdown_it import MarkdownIt

from grader.quiz.tex import mathml, with_formulas

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ max-width: 44rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }}
math {{ font-family: "STIX Two Math", "Latin Modern Math", "Cambria Math", math; }}
table {{ border-collapse: collapse; }}
td, th {{ border: 1px solid #999; padding: 0.2rem 0.6rem; text-align: left; }}
code {{ background: #f0f0f0; padding: 0 0.2rem; }}
h2 {{ border-top: 1px solid #999; padding-top: 1rem; }}
@media (prefers-color-scheme: dark) {{
  body {{ background: #1c1c1c; color: #e4e4e4; }}
  code {{ background: #333; }}
}}
</style>
</head>
<body>
{body}</body>
</html>
"""
OPEN, CLOSE = "\ue100", "\ue101"
"""Stand round the number of a formula while Markdown is read: private characters, which no text holds."""


def page(title: str, markdown: str) -> str:
    """The text as a page; HTML in it is shown, not obeyed."""
    formulas: list[str] = []

    def kept(formula: str, is_display: bool) -> str:
        rendered = mathml(formula, is_display=is_display)
        formulas.append(rendered or f"<code>{html.escape(formula)}</code>")
        return f"{OPEN}{len(formulas) - 1}{CLOSE}"

    plain = markdown.replace(OPEN, "").replace(CLOSE, "")
    body = str(MarkdownIt("commonmark", {"html": False}).enable("table").render(with_formulas(plain, kept)))
    for number, formula in enumerate(formulas):
        body = body.replace(f"{OPEN}{number}{CLOSE}", formula)
    return PAGE.format(title=html.escape(title), body=body)
