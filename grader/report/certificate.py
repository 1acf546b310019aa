"""A certificate as people and as programs read it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grader.exam.certificate import Certificate, Clause, Number
from grader.report.pages import template
from grader.report.pictures import blueprint_overview

VERSION = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under headings; of the first columns `words` are words, the others numbers."""

    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    words: int = 2


def certificate_markdown(certificate: Certificate) -> str:
    """One row a constraint: asked, what each form has, what is to spare in the form that has least of it."""
    lines = [f"# {certificate.title}: certificate", ""]
    lines += [f"Blueprint `{certificate.blueprint}`, seed {certificate.seed}.", ""]
    lines += [f"- Form {paper.letter}: `{paper.id}`" for paper in certificate.papers]
    for table in _tables(certificate):
        lines += ["", f"{table.caption}:", ""] if table.caption else [""]
        lines += [
            _line(table.headings),
            _line(["---" if n < 2 else "--:" for n in range(len(table.headings))]),
        ]
        lines += map(_line, table.rows)
    return "\n".join(lines) + "\n"


def certificate_html(certificate: Certificate) -> str:
    """The same as a page that needs nothing else, with a picture of the topics by difficulty."""
    is_alone = len(certificate.papers) == 1
    forms = {"" if is_alone else paper.letter: paper.placed for paper in certificate.papers}
    # Drawn by a template that escapes.
    picture = Markup(blueprint_overview(forms))  # noqa: S704
    page = template("certificate.html.j2")
    return page.render(certificate=certificate, picture=picture, tables=list(_tables(certificate)))


def _tables(certificate: Certificate) -> Iterator[Table]:
    letters = [paper.letter for paper in certificate.papers]
    alone = [clause for clause in certificate.clauses if not clause.between]
    yield Table("", ["constraint", "asked", *letters, "slack"], list(map(_row, alone)))
    between = [clause for clause in certificate.clauses if clause.between]
    if between:
        headings = ["constraint", "asked", "most", "slack"]
        yield Table("Between any two forms", headings, list(map(_row, between)))
    names = sorted({name for paper in certificate.papers for name in paper.keys})
    if names:
        rows = [
            [paper.letter, *(str(paper.keys.get(name, 0)) for name in names)] for paper in certificate.papers
        ]
        yield Table("Keys under each letter", ["form", *names], rows, words=1)


def _row(clause: Clause) -> list[str]:
    known = [slack for slack in clause.slack if slack is not None]
    slack = _shown(min(known)) if known else ""
    unit = f", {clause.unit}" if clause.unit and clause.unit not in clause.name else ""
    return [f"{clause.name}{unit}", clause.asked, *map(_shown, clause.achieved), slack]


def _shown(number: Number) -> str:
    return f"{number:.4g}"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def certificate_json(certificate: Certificate) -> str:
    """All of it: bounds, numbers and slacks of every form in the order of `forms`, and the items of each."""
    tree = {
        "version": VERSION,
        "blueprint": certificate.blueprint,
        "title": certificate.title,
        "seed": certificate.seed,
        "forms": [
            {"form": paper.letter, "paper": paper.id, "sections": paper.items, "keys": paper.keys}
            for paper in certificate.papers
        ],
        "constraints": [_tree(clause) for clause in certificate.clauses],
    }
    return json.dumps(tree, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _tree(clause: Clause) -> Mapping[str, object]:
    return {
        "name": clause.name,
        "unit": clause.unit,
        "asked": {"text": clause.asked, "min": clause.low, "max": clause.high},
        "between_forms": clause.between,
        "achieved": clause.achieved,
        "slack": clause.slack,
    }


CERTIFICATES: Mapping[str, Callable[[Certificate], str]] = {
    "md": certificate_markdown,
    "json": certificate_json,
    "html": certificate_html,
}
"""How a certificate is written, by the ending of its file."""
