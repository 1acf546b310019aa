"""The reference page on marking: its amendments can be applied to the shipped bank."""

import re
from pathlib import Path

from jsonschema import Draft202012Validator

from grader.bank import load_bank
from grader.exam.amendments import read_amendments
from grader.exam.schema import SCHEMAS
from grader.yaml_tree import read_tree
from tests.conftest import REPOSITORY


def test_the_amendments_of_the_reference_page_can_be_applied(tmp_path: Path) -> None:
    page = (REPOSITORY / "docs" / "marking.md").read_text("utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    path = tmp_path / "amendments.yaml"
    path.write_text(example, "utf-8")
    amendments = read_amendments(path, load_bank(REPOSITORY / "question_bank")).amendments
    assert [one.action for one in amendments] == ["also_accept", "full_credit", "drop"]
    assert not list(Draft202012Validator(SCHEMAS["amendments"]()).iter_errors(read_tree(path).data))
