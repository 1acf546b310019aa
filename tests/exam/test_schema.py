"""The JSON Schema holds for what the readers take, and not for what they refuse."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from grader.exam.schema import SCHEMAS, schema_text
from grader.yaml_tree import read_tree, tree_of
from tests.cli.test_mark import grade
from tests.conftest import REPOSITORY

BANK = REPOSITORY / "question_bank"
TYPES = REPOSITORY / "tests/courses/banks/types/types.yaml"
FILES = [
    *(("bank", path) for path in (*sorted(BANK.glob("*.yaml")), TYPES)),
    *(("blueprint", path) for path in sorted((BANK / "blueprints").glob("*.yaml"))),
    *(("curriculum", path) for path in sorted((BANK / "curriculum").glob("*.yaml"))),
]


def faults(what: str, data: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(SCHEMAS[what]()).iter_errors(data)]


@pytest.mark.parametrize("what", SCHEMAS)
def test_is_a_schema_and_the_same_each_time(what: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[what]())

    assert schema_text(what) == schema_text(what)
    assert json.loads(schema_text(what)) == SCHEMAS[what]()


@pytest.mark.parametrize(("what", "path"), FILES, ids=lambda value: getattr(value, "stem", value))
def test_holds_for_what_the_reader_takes(what: str, path: Path) -> None:
    assert not faults(what, read_tree(path).data)


@pytest.mark.parametrize(
    "item",
    [
        "{id: a, type: true_false, stem: s, answer: true, explanation: e}",
        "{type: true_false, stem: s, answer: true, explanation: e, difficulty: 1}",
        "{id: a, type: true_false, stem: s, answer: true, explantion: e, difficulty: 1}",
        "{id: a, type: true_fals, stem: s, answer: true, explanation: e, difficulty: 1}",
        "{id: a, type: true_false, stem: s, answer: true, explanation: e, difficulty: 6}",
        "{id: a, type: true_false, stem: s, answer: true, explanation: e, difficulty: 1, scheme: rubric}",
        "{id: a, type: ordering, stem: s, steps: first, explanation: e, difficulty: 1}",
        "{id: a, type: essay, stem: s, answer: m, rubric: [{criterion: c}], explanation: e, difficulty: 1}",
    ],
    ids=[
        "no difficulty",
        "no id",
        "misspelled",
        "no such type",
        "too hard",
        "scheme",
        "no list",
        "no points",
    ],
)
def test_does_not_hold_for_what_it_refuses(item: str) -> None:
    tree = tree_of(f"topic: a\nitems:\n  - {item}\n", Path("a.yaml"))

    assert faults("bank", tree.data)


def test_a_number_is_as_good_as_text() -> None:
    item = "{id: a, type: short_answer, stem: s, answer: {number: 0.50}, explanation: 1, difficulty: 1}"

    assert not faults("bank", tree_of(f"topic: 2\nitems:\n  - {item}\n", Path("a.yaml")).data)


class TestTheCommand:
    def test_prints_or_writes_and_names_the_line_for_editors(self, small_course: Path) -> None:
        printed = grade(small_course, "schema")
        written = grade(small_course, "schema", "bank", "--output", "bank.json")
        line = grade(small_course, "schema", "--line")

        assert json.loads(printed.stdout) == SCHEMAS["bank"]()
        assert (small_course / "bank.json").read_text("utf-8") == printed.stdout
        assert line.stdout == "# yaml-language-server: $schema=bank.json\n"
        assert written.stdout.endswith(line.stdout)

    def test_an_unknown_name_is_wrong_usage(self, small_course: Path) -> None:
        assert grade(small_course, "schema", "bnk").returncode == 2
