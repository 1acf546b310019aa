"""Papers in folders: whose each is, what is passed over, and who handed in twice."""

from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.exam.collecting import collect


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(*names: str) -> None:
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("responses: {}\n", "utf-8")


def students(*paths: str) -> list[str]:
    return [one.student for one in collect([Path(path) for path in paths]).papers if not one.fault]


def test_each_file_of_a_folder_is_a_student_in_the_order_of_names() -> None:
    put("in/bob.json", "in/Anna.yaml", "in/zoë 陳.ipynb", "in/carl.yml")
    assert students("in") == ["Anna", "bob", "carl", "zoë 陳"]


def test_each_folder_in_it_is_a_student_called_by_its_name() -> None:
    put("in/anna_123/week 1/answers.yaml", "in/bob_124/answers.yaml", "in/carl.yaml")
    assert students("in") == ["anna_123", "bob_124", "carl"]


def test_what_is_no_paper_is_told_and_hidden_files_are_not() -> None:
    put("in/anna.yaml", "in/photo.jpg", "in/bob/essay.docx", "in/.DS_Store", "in/__MACOSX/anna.yaml")
    found = collect([Path("in")])
    assert [one.student for one in found.papers] == ["anna"]
    assert {finding.rule for finding in found.passed_over} == {"no-paper"}
    assert [str(finding.path) for finding in found.passed_over] == [
        "in/bob",
        "in/bob/essay.docx",
        "in/photo.jpg",
    ]


@pytest.mark.parametrize("other", ["in/anna.json", "in/anna/paper.yaml", "in/ANNA.ipynb"])
def test_no_paper_of_a_student_counts_who_handed_in_two(other: str) -> None:
    put("in/anna.yaml", other, "in/bob.yaml")
    found = collect([Path("in")])
    assert students("in") == ["bob"]
    faults = [one.fault for one in found.papers if one.fault]
    assert [fault.rule for fault in faults] == ["student-twice", "student-twice"]
    assert any(f"`{other}`" in fault.what for fault in faults)


def test_one_file_that_is_reached_in_two_ways_is_one_paper() -> None:
    put("in/anna.yaml")
    assert students("in", "in/anna.yaml", "./in") == ["anna"]


def test_files_named_by_themselves_keep_their_order() -> None:
    put("z.yaml", "a.yaml")
    found = collect([Path("z.yaml"), Path("a.yaml")])
    assert ([one.student for one in found.papers], found.is_many) == (["z", "a"], False)


def test_files_of_one_name_are_told_apart_by_their_folders() -> None:
    put("anna/answers.yaml", "bob/answers.yaml")
    assert students("anna/answers.yaml", "bob/answers.yaml") == ["anna/answers", "bob/answers"]


def test_a_link_is_not_followed() -> None:
    put("secret.yaml", "in/bob.yaml")
    Path("in/anna.yaml").symlink_to(Path("secret.yaml").resolve())
    Path("in/loop").symlink_to(Path.cwd())
    found = collect([Path("in")])
    assert students("in") == ["bob"]
    assert [one.fault.rule for one in found.papers if one.fault] == ["linked-paper"]
    assert [finding.path.name for finding in found.passed_over] == ["loop"]


def test_an_empty_folder_is_told() -> None:
    Path("in").mkdir()
    with pytest.raises(UsageError, match="no paper in `in`"):
        collect([Path("in")])


def test_a_name_makes_no_line_of_its_own() -> None:
    put("in/a\n::error::x.yaml")
    assert students("in") == [r"a \::error::x"]
