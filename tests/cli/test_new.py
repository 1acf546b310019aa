"""`grade new item`: what it prints or appends holds to every rule, before its author has changed a word."""

from pathlib import Path
from typing import get_args

import pytest

from grader.audit.bank import audit_bank
from grader.bank.starters import BODIES
from grader.layout import formatted
from grader.model.item import Item
from grader.yaml_tree import read_tree, tree_of
from tests.cli.test_mark import grade

CURRICULUM = "title: A\ntopics:\n  - {title: B, facts: [F-1, F-2]}\n"


@pytest.fixture
def course(small_course: Path) -> Path:
    folder = small_course / "question_bank/curriculum"
    folder.mkdir()
    (folder / "001.yaml").write_text(CURRICULUM, "utf-8")
    for path in (small_course / "question_bank").glob("*.yaml"):
        path.unlink()
    return small_course


def test_there_is_one_of_every_type() -> None:
    assert set(BODIES) == {get_args(noun.__dataclass_fields__["type"].type)[0] for noun in get_args(Item)}


def test_one_of_every_type_holds_to_every_rule_and_to_the_layout(course: Path) -> None:
    for kind in BODIES:
        done = grade(course, "new", "item", kind, "--topic", "pooling layers")
        assert (done.returncode, done.stderr) == (0, "")

    path = course / "question_bank/pooling_layers.yaml"
    audited = audit_bank(course)
    found = {finding.rule for finding in audited.findings if finding.path == path}
    assert not found
    assert [item.type for item in audited.content.bank.items.values()] == list(BODIES)
    assert set(audited.content.bank.topics.values()) == {"pooling layers"}
    assert formatted(read_tree(path)) == path.read_text("utf-8")


def test_without_a_topic_it_is_printed(course: Path) -> None:
    printed = grade(course, "new", "item", "ordering", "--id", "training-step").stdout

    [entry] = tree_of(printed, Path("a.yaml")).data
    assert (entry["id"], entry["type"], entry["source"]) == ("training-step", "ordering", ["001/F-1"])
    assert not list((course / "question_bank").glob("*.yaml"))


def test_ids_are_free_and_the_next_source_is_proposed(course: Path) -> None:
    for _ in range(3):
        grade(course, "new", "item", "true_false", "--topic", "Pooling")

    items = audit_bank(course).content.bank.items
    assert list(items) == ["pooling-true-false-1", "pooling-true-false-2", "pooling-true-false-3"]
    assert [item.source for item in items.values()] == [("001/F-1",), ("001/F-2",), ("001/F-1",)]


def test_an_item_goes_to_the_file_of_its_topic_and_leaves_the_rest_as_it_is(course: Path) -> None:
    path = course / "question_bank/other.yaml"
    before = "topic: pooling\nitems:\n- id: a  # mine\n  type: true_false\n  stem: S.\n  answer: true\n"
    before += "  explanation: E.\n  difficulty: 1\n  source: [001/F-1]\n"
    path.write_text(before + "\n\n", "utf-8")

    grade(course, "new", "item", "essay", "--topic", "pooling")

    assert path.read_text("utf-8").startswith(before + "\n- id: pooling-essay-1\n")
    assert list(audit_bank(course).content.bank.items) == ["a", "pooling-essay-1"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["item", "essey"], "essey"),
        (["itm", "essay"], "itm"),
        (["item", "essay", "--topic", "a: b"], "`a: b` cannot be a topic"),
        (["item", "essay", "--topic", "#"], "`#` cannot be a topic"),
        (["item", "essay", "--id", "pooling-essay-1"], "there is an item `pooling-essay-1` already"),
    ],
)
def test_wrong_usage_is_told(course: Path, arguments: list[str], said: str) -> None:
    grade(course, "new", "item", "essay", "--topic", "pooling")

    done = grade(course, "new", *arguments)

    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.parametrize(
    ("head", "said"),
    [("topic: pooling\ntopic: pooling", "duplicate-key"), ("topic: pooling", "no list under")],
)
def test_a_file_that_cannot_take_one_is_left_as_it_is(course: Path, head: str, said: str) -> None:
    path = course / "question_bank/pooling.yaml"
    path.write_text(f"{head}\nitems: []\n", "utf-8")

    done = grade(course, "new", "item", "essay", "--topic", "pooling")

    assert done.returncode == 2
    assert said in done.stderr
    assert path.read_text("utf-8").endswith("items: []\n")
