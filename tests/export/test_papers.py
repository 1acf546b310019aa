"""Papers: the same form gives the same bytes, and a paper gives nothing away."""

import html
import io
import json
import os
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
import pypdf
import pytest

from grader.bank import load_bank
from grader.exam.assembly import assemble
from grader.exam.blueprint import load_blueprint
from grader.exam.solution import near_misses
from grader.export import FORMATS
from grader.export.bodies import body
from grader.export.composing import document
from grader.export.document import Cell, Entry, Solution
from grader.export.typst import typst_source
from grader.model.form import Form
from grader.model.item import Bank, Table
from tests.conftest import REPOSITORY, SMALL
from tests.every_type import questions

GOLDEN = Path(__file__).parent / "golden"
REFRESH = "GRADE_REFRESH_GOLDEN"
"""Set it to write the golden files anew, then read their diff."""


@pytest.fixture(scope="module")
def tiny() -> Form:
    return assemble(load_blueprint(SMALL, "tiny"), load_bank(SMALL / "question_bank"), 1)


@pytest.fixture(scope="module")
def midterm(shipped_bank: Bank) -> Form:
    return assemble(load_blueprint(REPOSITORY, "midterm"), shipped_bank, 7)


def source(name: str, form: Form, *, is_solved: bool) -> bytes:
    """What is kept of a paper to hold it against: of a page not its style, of a PDF what Typst is given."""
    if name == "pdf":
        return typst_source(form, is_solved=is_solved).encode()
    return re.sub(rb"<style>.*?</style>", b"", FORMATS[name][is_solved](form), flags=re.DOTALL)


def letters(name: str, form: Form, *, is_solved: bool) -> str:
    """The letters and digits that somebody finds in a paper, whatever stands between them."""
    data = FORMATS[name][is_solved](form)
    if name == "pdf":
        pages = pypdf.PdfReader(io.BytesIO(data)).pages
        return bare("".join(page.extract_text() for page in pages))
    text = data.decode()
    if name == "ipynb":
        text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
    if name == "html":
        text = html.unescape(re.sub(r"<style>.*?</style>|<[^>]*>", "", text, flags=re.DOTALL))
    return bare(text)


def bare(text: str) -> str:
    return "".join(re.findall(r"[a-z0-9]", text.lower()))


def telling(text: str) -> str:
    """The longest stretch of a text that every format prints in the same letters."""
    stretches = re.split(r"\$[^$]*\$|`[^`]*`|[^\x00-\x7f]", text)
    return bare(max(stretches, key=len))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("part", ["paper", "solutions"])
@pytest.mark.parametrize("of", ["tiny", "types"])
def test_a_paper_has_the_bytes_of_its_golden_file(
    tiny: Form, types_form: Form, name: str, part: str, of: str
) -> None:
    found = source(name, tiny if of == "tiny" else types_form, is_solved=part == "solutions")
    ending = "typ" if name == "pdf" else name
    path = GOLDEN / f"{part if of == 'tiny' else f'{of}-{part}'}.{ending}"
    if REFRESH in os.environ:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(found)
    assert path.read_bytes() == found


@pytest.mark.parametrize("name", FORMATS)
def test_a_paper_gives_no_answer_away(midterm: Form, name: str) -> None:
    paper, solutions = (letters(name, midterm, is_solved=is_solved) for is_solved in (False, True))
    told = 0
    for section in midterm.sections:
        for question in section.questions:
            explanation = telling(question.item.explanation)
            assert explanation in solutions
            if len(explanation) > 20:
                assert explanation not in paper
                told += 1
    assert told > 20
    assert "(right)" not in source(name, midterm, is_solved=False).decode()


@pytest.mark.parametrize("name", FORMATS)
def test_solutions_explain_every_question(midterm: Form, name: str) -> None:
    solutions = letters(name, midterm, is_solved=True)
    for section in midterm.sections:
        for question in section.questions:
            assert bare(question.item.id) in solutions


@pytest.mark.parametrize("name", FORMATS)
def test_a_paper_of_every_type_gives_no_answer_away(types_form: Form, name: str) -> None:
    paper, solutions = (letters(name, types_form, is_solved=is_solved) for is_solved in (False, True))
    for told in ("namesthevanishinggradient", "letsthegradientthrough", "105511"):
        assert told not in paper
        assert told in solutions
    for question in questions(types_form).values():
        for asked in (question, *question.parts):
            assert telling(asked.item.stem) in paper
            assert telling(asked.item.explanation) in solutions
            explanation = telling(asked.item.explanation)
            if len(explanation) > 8 and explanation not in telling(asked.item.stem):
                assert explanation not in paper


@pytest.mark.parametrize("name", FORMATS)
def test_solutions_tell_usual_slips_and_papers_do_not(types_form: Form, name: str) -> None:
    paper, solutions = (letters(name, types_form, is_solved=is_solved) for is_solved in (False, True))
    told = [
        bare(miss.feedback)
        for question in types_form.questions
        for one in (question, *question.parts)
        for _, _, miss in near_misses(one.item)
        if len(bare(miss.feedback)) > 12
    ]
    assert len(told) >= 2
    for feedback in told:
        assert feedback in solutions
        assert feedback not in paper


def everything(value: Any) -> Iterator[Any]:
    """What a document is made of."""
    yield value
    if is_dataclass(value):
        for field in fields(value):
            yield from everything(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from everything(one)


def test_the_document_of_a_paper_holds_no_key_at_all(midterm: Form, types_form: Form) -> None:
    for form in (midterm, types_form):
        for one in everything(document(form, is_solved=False)):
            assert not isinstance(one, Solution)
            assert not (isinstance(one, Entry) and (one.is_right or one.note))
            assert not (isinstance(one, Cell) and one.blank and one.text)


def test_the_document_of_solutions_says_what_every_option_is(types_form: Form) -> None:
    shown = list(everything(document(types_form, is_solved=True)))
    assert [one.name for one in shown if isinstance(one, Entry) and one.is_right] == ["C", "B"]
    assert "That is one more." in [one.note for one in shown if isinstance(one, Entry)]
    assert {"(28, 28, 10)", "10*(5*5*1 + 1)"} < {one.text for one in shown if isinstance(one, Cell)}


def test_a_bar_in_a_table_begins_no_cell(types_form: Form) -> None:
    question = questions(types_form)["layer-table"]
    assert isinstance(question.item, Table)
    item = replace(question.item, columns=("a | b", "$|x|$", r"$\|x\|$"))
    assert body(replace(question, item=item)).startswith(
        r"| a \| b | $\vert x\vert $ | $\Vert x\Vert $ |" + "\n| --- |"
    )


def test_notebooks_are_valid_and_their_cells_have_ids_of_their_own(midterm: Form) -> None:
    for writer in FORMATS["ipynb"]:
        notebook = nbformat.reads(writer(midterm).decode(), as_version=4)  # type: ignore[no-untyped-call]
        nbformat.validate(notebook)
        ids = [cell["id"] for cell in notebook["cells"]]
        assert len(set(ids)) == len(ids)


def test_a_markdown_paper_has_a_rule_a_section_and_a_letter_an_option(tiny: Form) -> None:
    paper = FORMATS["md"][0](tiny).decode()
    for section in tiny.sections:
        assert f"## {section.title}\n\n{section.rule}\n" in paper
    assert "a blank answer earns 0" in paper
    assert "- D. None of the above." in paper


def test_a_notebook_says_how_an_answer_of_each_kind_is_typed(types_form: Form) -> None:
    cells = json.loads(FORMATS["ipynb"][False](types_form))["cells"]
    sources = {
        cell["metadata"]["grade"]["item"]: "".join(cell["source"])
        for cell in cells
        if "grade" in cell["metadata"]
    }
    number, shape = 'a number, 12.5 or "10*5*5 + 10"', 'a shape, "8x3x32x32"'
    assert sources["tiny-number"] == f"answer = None  # {number}"
    assert sources["tiny-shape"] == f"answer = None  # {shape}"
    table = sources["layer-table"]
    assert f'"2.2": None,  # {shape}\n' in table
    assert f'"2.3": None,  # {number}\n' in table
