"""The shipped practice midterm: three parallel forms over the whole bank that keep all that it asks."""

import pytest

from grader.exam.assembly import assemble_forms
from grader.exam.blueprint import load_blueprint
from grader.exam.certificate import certify
from grader.export import FORMATS, PAGES
from grader.model.blueprint import Blueprint
from grader.model.form import Form
from grader.model.item import Bank
from tests.conftest import REPOSITORY
from tests.exam.paper_makers import broken_promises


@pytest.fixture(scope="module")
def bank(shipped_bank: Bank) -> Bank:
    return shipped_bank


@pytest.fixture(scope="module")
def practice(bank: Bank) -> Blueprint:
    return load_blueprint(REPOSITORY, "practice-midterm", bank)


@pytest.fixture(scope="module", params=[0, 7])
def forms(request: pytest.FixtureRequest, practice: Blueprint, bank: Bank) -> tuple[Form, ...]:
    return assemble_forms(practice, bank, request.param)


def test_every_promise_of_the_blueprint_is_kept(
    practice: Blueprint, bank: Bank, forms: tuple[Form, ...]
) -> None:
    assert len(forms) == 3
    assert list(broken_promises(practice, bank, forms)) == []


def test_the_certificate_has_no_slack_below_nothing(
    practice: Blueprint, bank: Bank, forms: tuple[Form, ...]
) -> None:
    clauses = certify(practice, bank, forms).clauses
    asked = {clause.name for clause in clauses}
    assert {"points", "mean difficulty", "spread of difficulty", "expected minutes"} <= asked
    assert {"area `Layers`", "section `Code`", "items that two forms share"} <= asked
    assert all(slack is None or slack >= 0 for clause in clauses for slack in clause.slack)


def test_every_form_can_be_written_in_every_format(forms: tuple[Form, ...]) -> None:
    for form in forms:
        for name, (paper, solutions) in FORMATS.items():
            # In the others it is packed, or its hyphens are written otherwise.
            assert name in ("pdf", "tex") or form.id.encode() in paper(form)
            assert len(paper(form)) > 1_000
            assert solutions(form)
        for page in PAGES.values():
            assert form.id.encode() in page(form)
