"""PDF: tagged, with its fonts, the same bytes for the same form, and a clear word where typst is missing."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest
from click.testing import CliRunner

from grader.cli import grade
from grader.errors import UsageError
from grader.export import FORMATS
from grader.model.form import Form
from tests.conftest import REPOSITORY

PAPER, SOLUTIONS = FORMATS["pdf"]


@pytest.fixture(scope="module", params=[PAPER, SOLUTIONS], ids=["paper", "solutions"])
def written(request: pytest.FixtureRequest, types_form: Form) -> bytes:
    return bytes(request.param(types_form))


@pytest.fixture
def pdf(written: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(written))


def fonts(pdf: pypdf.PdfReader) -> Iterator[Any]:
    """The descriptors of all fonts in a file."""
    for page in pdf.pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            for inner in font.get_object().get("/DescendantFonts", [font]):
                yield inner.get_object()["/FontDescriptor"]


def roles(node: Any) -> Iterator[str]:
    """What the tags of a file call the things on its pages."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from roles(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"])
        if "/K" in node:
            yield from roles(node["/K"])


def test_it_is_tagged_for_screen_readers(pdf: pypdf.PdfReader) -> None:
    root: Any = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert {"/H1", "/H2", "/Table", "/TH", "/L", "/Formula"} <= set(roles(root["/StructTreeRoot"]))


def test_it_says_that_it_is_pdf_ua(pdf: pypdf.PdfReader) -> None:
    root: Any = pdf.trailer["/Root"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "Every type" in metadata


def test_all_its_fonts_are_in_it(pdf: pypdf.PdfReader) -> None:
    found = list(fonts(pdf))
    assert found
    for descriptor in found:
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_each_formula_is_read_out(written: bytes, types_form: Form) -> None:
    def spoken(node: Any) -> Iterator[str]:
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                yield from spoken(child)
        elif isinstance(node, dict):
            if node.get("/S") == "/Formula":
                yield str(node["/Alt"])
            yield from spoken(node.get("/K", pypdf.generic.ArrayObject()))

    root: Any = pypdf.PdfReader(io.BytesIO(written)).trailer["/Root"]
    assert {"σ'(x)", "σ", "1 + 1"} <= set(spoken(root["/StructTreeRoot"]))


def test_it_has_no_date_and_the_same_form_gives_the_same_bytes(
    pdf: pypdf.PdfReader, types_form: Form, tmp_path: Path
) -> None:
    assert PAPER(types_form) == PAPER(replace(types_form))
    assert b"D:20" not in PAPER(types_form)


def test_another_process_in_another_place_and_time_zone_gives_the_same_bytes(
    small_course: Path, tmp_path: Path
) -> None:
    def made(folder: str, zone: str) -> bytes:
        output = tmp_path / folder
        command = [sys.executable, "-m", "grader.cli", "--course", str(small_course), "midterm", "tiny"]
        subprocess.run(
            [*command, "--seed", "1", "--to", "pdf", "--output", str(output)],
            check=True,
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, "TZ": zone, "LC_ALL": "C", "PYTHONPATH": str(REPOSITORY)},
        )
        return next(output.glob("*-solutions.pdf")).read_bytes()

    assert made("a", "UTC") == made("b", "Pacific/Auckland")


def test_without_typst_it_says_what_to_install_and_writes_nothing(
    monkeypatch: pytest.MonkeyPatch, small_course: Path, tmp_path: Path, types_form: Form
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(UsageError, match=r"pip install 'grade\[instructor\]'"):
        PAPER(types_form)
    arguments = [
        "--course",
        str(small_course),
        "midterm",
        "tiny",
        "--to",
        "md,pdf",
        "--output",
        str(tmp_path / "out"),
    ]
    done = CliRunner().invoke(grade, arguments)
    assert isinstance(done.exception, UsageError)
    assert not (tmp_path / "out").exists()


def test_a_script_that_no_font_has_is_told_and_not_left_out(types_form: Form) -> None:
    with pytest.raises(UsageError, match="could not be displayed"):
        PAPER(replace(types_form, title="\U00012000\U000e0fff"))


def test_a_question_longer_than_a_page_goes_on_on_the_next(types_form: Form) -> None:
    section = types_form.sections[0]
    question = section.questions[0]
    item = replace(question.item, stem="\n\n".join(f"Paragraph {number}." for number in range(150)))
    form = replace(types_form, sections=(replace(section, questions=(replace(question, item=item),)),))
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(PAPER(form))).pages]
    assert len(pages) >= 4
    assert "Paragraph 149." in pages[-1]
    assert "Paragraph 149." not in pages[1]


def test_the_parts_of_a_question_stand_on_the_page_of_its_stem(types_form: Form) -> None:
    questions = {question.item.type: question for question in types_form.questions}
    for before in range(1, 12):
        asked = (questions["short_answer"],) * before + (questions["parts"],)
        form = replace(types_form, sections=(replace(types_form.sections[0], questions=asked),))
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(PAPER(form))).pages]
        (page,) = [text for text in pages if "Part (a)" in text]
        assert all(f"Part ({letter})" in page for letter in "abc"[: len(questions["parts"].parts)])
