"""The reference pages: each example of an item is a good one, each typed answer is taken as the page says."""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from grader.audit.keys import audit_keys
from grader.bank import read_bank
from grader.bank.starters import BODIES
from grader.exam.assembly import assemble_forms
from grader.exam.blueprint import read_blueprint
from grader.model.answer import (
    Answer,
    Domain,
    FormulaAnswer,
    MatrixFormulaAnswer,
    NumberAnswer,
    ShapeAnswer,
    Tolerance,
)
from grader.model.blueprint import BlueprintFile, Plan
from grader.model.item import Bank
from grader.quiz.answers import check_answer
from grader.quiz.functions import FUNCTIONS
from grader.quiz.shapes import read_shape
from grader.quiz.values import PRINTERS
from tests.conftest import REPOSITORY

BANK_PAGE = (REPOSITORY / "docs" / "bank.md").read_text("utf-8")
BLUEPRINTS_PAGE = (REPOSITORY / "docs" / "blueprints.md").read_text("utf-8")
ANSWERS_PAGE = (REPOSITORY / "docs" / "answers.md").read_text("utf-8")
TAKEN = {"Numbers": 4, "Shapes": 1, "Formulas": 3, "Formulas with matrices": 2}
"""The sections of the page with typed answers, and how many rows each has."""


def examples() -> str:
    return "\n".join(re.findall(r"```yaml\n(.*?)```", BANK_PAGE, re.DOTALL))


def rows() -> Iterator[tuple[str, str, list[str]]]:
    """Section, what is asked for, and each way to type it."""
    for section in ANSWERS_PAGE.split("\n## ")[1:]:
        title = section.splitlines()[0]
        for line in section.splitlines() if title in TAKEN else ():
            cells = [cell.strip() for cell in line.strip("|").split(" | ")]
            if line.startswith("|") and "`" in line:
                yield title, cells[0].strip("| "), re.findall(r"`([^`]+)`", line)


def asked_for(title: str, text: str) -> Answer:
    if title == "Numbers":
        number, _, figures = text.partition(" to ")
        return NumberAnswer(number, Tolerance(figures=int(figures.split()[0])) if figures else None)
    if title == "Shapes":
        return ShapeAnswer(read_shape(text) or ())
    if title == "Formulas":
        return FormulaAnswer(text, {"x": Domain(0.1, 3)})
    sizes = {"W": ("m", "n"), "x": ("n",), "y": ("m",)}
    return MatrixFormulaAnswer(text, {name: sizes[name] for name in sizes if name in text})


def test_the_examples_are_items_of_every_type_that_hold_to_every_rule(tmp_path: Path) -> None:
    folder = tmp_path / "question_bank"
    folder.mkdir()
    (folder / "page.yaml").write_text(f"topic: page\nitems:\n{textwrap.indent(examples(), '  ')}", "utf-8")

    bank, findings = read_bank(folder)

    assert not findings
    assert {item.type for item in bank.items.values()} == set(BODIES)
    assert not audit_keys(folder, bank).findings


def test_the_page_names_every_function_of_expressions() -> None:
    listed = re.search(r"and the functions `([a-z0-9 ]+)`", BANK_PAGE)

    assert listed
    assert set(listed[1].split()) == FUNCTIONS.keys() - PRINTERS.keys()
    assert all(f"`{name}(" in BANK_PAGE for name in PRINTERS)


@pytest.mark.parametrize(("title", "wanted", "typed"), list(rows()))
def test_each_way_to_type_an_answer_is_taken(title: str, wanted: str, typed: list[str]) -> None:
    for one in typed:
        check = check_answer(asked_for(title, wanted), one)
        assert check.correct, f"{one}: {check.feedback}"


def test_the_page_has_rows_for_each_kind() -> None:
    titles = [title for title, _, _ in rows()]

    assert {title: titles.count(title) for title in TAKEN} == TAKEN


@pytest.mark.parametrize("number", [0, 1])
def test_the_examples_of_blueprints_can_be_met_by_the_shipped_bank(
    number: int, shipped_bank: Bank, tmp_path: Path
) -> None:
    example = re.findall(r"```yaml\n(.*?)```", BLUEPRINTS_PAGE, re.DOTALL)[number]
    path = tmp_path / "practice.yaml"
    path.write_text(example, "utf-8")
    blueprint, findings = read_blueprint(path, shipped_bank)
    assert findings == []
    assert blueprint is not None
    forms = assemble_forms(blueprint, shipped_bank, 7)
    assert len(forms) == blueprint.forms


@pytest.mark.parametrize(("title", "kind"), [("The paper", BlueprintFile), ("A section", Plan)])
def test_every_field_of_a_blueprint_is_on_its_page(title: str, kind: type[BlueprintFile | Plan]) -> None:
    (section,) = (one for one in BLUEPRINTS_PAGE.split("\n## ") if one.startswith(title))
    firsts = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    named = {name for first in firsts for name in re.findall(r"`(\w+)`", first)}
    assert named == {field.name for field in fields(kind)}
