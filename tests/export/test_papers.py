"""Papers: the same form gives the same bytes, and a paper gives nothing away."""

import json
import os
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from grader.bank import load_bank
from grader.exam.assembly import assemble
from grader.exam.blueprint import load_blueprint
from grader.export import FORMATS
from grader.export.bodies import body
from grader.model.form import Form
from grader.model.item import Table
from tests.conftest import REPOSITORY, SMALL
from tests.every_type import questions

GOLDEN = Path(__file__).parent / "golden"
REFRESH = "GRADE_REFRESH_GOLDEN"
"""Set it to write the golden files anew, then read their diff."""


@pytest.fixture(scope="module")
def tiny() -> Form:
    return assemble(load_blueprint(SMALL, "tiny"), load_bank(SMALL / "question_bank"), 1)


@pytest.fixture(scope="module")
def midterm() -> Form:
    return assemble(load_blueprint(REPOSITORY, "midterm"), load_bank(REPOSITORY / "question_bank"), 7)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("part", ["paper", "solutions"])
@pytest.mark.parametrize("of", ["tiny", "types"])
def test_a_paper_has_the_bytes_of_its_golden_file(
    tiny: Form, types_form: Form, name: str, part: str, of: str
) -> None:
    text = FORMATS[name][part == "solutions"](tiny if of == "tiny" else types_form)
    path = GOLDEN / f"{part if of == 'tiny' else f'{of}-{part}'}.{name}"
    if REFRESH in os.environ:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    assert path.read_bytes() == text.encode()


@pytest.mark.parametrize("name", FORMATS)
def test_a_paper_gives_no_answer_away(midterm: Form, name: str) -> None:
    paper = FORMATS[name][0](midterm)
    for section in midterm.sections:
        for question in section.questions:
            assert json.dumps(question.item.explanation.strip()[:30])[1:-1] not in paper
            assert question.item.explanation.strip()[:30] not in paper
    assert "(right)" not in paper


@pytest.mark.parametrize("name", FORMATS)
def test_solutions_explain_every_question(midterm: Form, name: str) -> None:
    solutions = FORMATS[name][1](midterm)
    for section in midterm.sections:
        for question in section.questions:
            assert question.item.id in solutions


@pytest.mark.parametrize("name", FORMATS)
def test_a_paper_of_every_type_gives_no_answer_away(types_form: Form, name: str) -> None:
    paper = FORMATS[name][0](types_form)
    for told in ("10*(5*5*1 + 1)", "names the vanishing gradient", "lets the gradient through", "(right)"):
        assert told not in paper
    for question in questions(types_form).values():
        for asked in (question, *question.parts):
            assert json.dumps(asked.item.explanation.strip()[:30])[1:-1] not in paper


def test_a_bar_in_a_table_begins_no_cell(types_form: Form) -> None:
    question = questions(types_form)["layer-table"]
    assert isinstance(question.item, Table)
    item = replace(question.item, columns=("a | b", "$|x|$", r"$\|x\|$"))
    assert body(replace(question, item=item)).startswith(
        r"| a \| b | $\vert x\vert $ | $\Vert x\Vert $ |" + "\n| --- |"
    )


def test_notebooks_are_valid_and_their_cells_have_ids_of_their_own(midterm: Form) -> None:
    for writer in FORMATS["ipynb"]:
        notebook = nbformat.reads(writer(midterm), as_version=4)  # type: ignore[no-untyped-call]
        nbformat.validate(notebook)
        ids = [cell["id"] for cell in notebook["cells"]]
        assert len(set(ids)) == len(ids)


def test_a_markdown_paper_has_a_rule_a_section_and_a_letter_an_option(tiny: Form) -> None:
    paper = FORMATS["md"][0](tiny)
    for section in tiny.sections:
        assert f"## {section.title}\n\n{section.rule}\n" in paper
    assert "a blank answer earns 0" in paper
    assert "- D. None of the above." in paper
