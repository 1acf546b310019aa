"""Blueprints are tried, and where there is no solver it is said which were not."""

import importlib.util
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader.audit.blueprints import try_blueprints
from grader.bank import load_bank
from grader.exam.blueprint import load_blueprint
from grader.exam.solver import can_solve
from grader.model.blueprint import Blueprint
from tests.conftest import SMALL

BANK = load_bank(SMALL / "question_bank")


@pytest.fixture
def tiny() -> Blueprint:
    return load_blueprint(SMALL, "tiny", BANK)


@pytest.fixture
def no_scipy(monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec

    def found(name: str, package: str | None = None) -> Any:
        return None if name == "scipy" else find(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", found)


def test_what_can_be_met_is_no_finding(tiny: Blueprint) -> None:
    tried = try_blueprints([tiny, replace(tiny, overlap=1, forms=1)], BANK)
    assert (tried.findings, tried.untried) == ((), ())


def test_two_forms_that_need_twice_the_items_are_a_shortage(tiny: Blueprint) -> None:
    found = try_blueprints([replace(tiny, forms=2)], BANK).findings
    assert {finding.rule for finding in found} == {"shortage"}
    assert any(finding.what.startswith("section `True or false`: 2 eligible items, 2") for finding in found)


def test_without_a_solver_plain_ones_are_tried_and_others_are_named(tiny: Blueprint, no_scipy: None) -> None:
    assert not can_solve()
    greedy = replace(tiny, sections=(replace(tiny.sections[0], count=3),))
    tried = try_blueprints([greedy, replace(tiny, forms=2)], BANK)
    assert [finding.rule for finding in tried.findings] == ["shortage"]
    assert tried.untried == ("tiny",)


def test_an_author_may_allow_a_shortage(tmp_path: Path) -> None:
    path = tmp_path / "greedy.yaml"
    head = "title: A\nminutes: 1\nsections:\n  - title: B\n    type: true_false\n    count: 9"
    path.write_text(f"{head}\n", "utf-8")
    assert len(try_blueprints([load_blueprint(SMALL, str(path), BANK)], BANK).findings) == 1
    path.write_text(f"{head} # allow: shortage\n", "utf-8")
    assert not try_blueprints([load_blueprint(SMALL, str(path), BANK)], BANK).findings
