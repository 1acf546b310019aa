"""A certificate as people and as programs read it."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from grader.exam.certificate import Certificate, Clause, Number

VERSION = 1


def certificate_markdown(certificate: Certificate) -> str:
    """One row a constraint: asked, what each form has, what is to spare in the form that has least of it."""
    letters = [paper.letter for paper in certificate.papers]
    lines = [f"# {certificate.title}: certificate", ""]
    lines += [f"Blueprint `{certificate.blueprint}`, seed {certificate.seed}.", ""]
    lines += [f"- Form {paper.letter}: `{paper.id}`" for paper in certificate.papers]
    alone = [clause for clause in certificate.clauses if not clause.between]
    lines += ["", *_table(["constraint", "asked", *letters, "slack"], map(_row, alone))]
    between = [clause for clause in certificate.clauses if clause.between]
    if between:
        lines += ["", "Between any two forms:", ""]
        lines += _table(["constraint", "asked", "most", "slack"], map(_row, between))
    names = sorted({name for paper in certificate.papers for name in paper.keys})
    if names:
        rows = [
            [paper.letter, *(str(paper.keys.get(name, 0)) for name in names)] for paper in certificate.papers
        ]
        lines += ["", "Keys under each letter:", "", *_table(["form", *names], rows)]
    return "\n".join(lines) + "\n"


def _row(clause: Clause) -> list[str]:
    known = [slack for slack in clause.slack if slack is not None]
    slack = _shown(min(known)) if known else ""
    unit = f", {clause.unit}" if clause.unit and clause.unit not in clause.name else ""
    return [f"{clause.name}{unit}", clause.asked, *map(_shown, clause.achieved), slack]


def _shown(number: Number) -> str:
    return f"{number:.4g}"


def _table(headings: Sequence[str], rows: Iterator[list[str]] | list[list[str]]) -> Iterator[str]:
    yield _line(headings)
    yield _line(["---", "---", *("--:" for _ in headings[2:])])
    yield from map(_line, rows)


def _line(cells: Sequence[str]) -> str:
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
}
"""How a certificate is written, by the ending of its file."""
