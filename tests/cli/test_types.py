"""Every type of item on the command line: a paper written, filled in, scored, and decided by a person."""

import csv
import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from grader.bank import load_bank
from grader.cli.midterm import midterm
from grader.cli.quiz import quiz
from grader.cli.score import score
from grader.errors import UsageError
from grader.exam.questions import loose_question
from grader.exam.solution import right_answer
from tests.every_type import copy_types

ESSAY = "responses:\n  why-residual: |\n    The gradient vanishes.\n    Not here.\n"


@pytest.fixture(autouse=True)
def course(tmp_path: Path, recorded_course: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small course with every type of item, and the folder that commands are called in."""
    course = copy_types(recorded_course, tmp_path / "course")
    monkeypatch.chdir(course)
    return course


def write(text: str, name: str = "ada.yaml") -> str:
    Path(name).write_text(text, "utf-8")
    return name


def marked(*arguments: str) -> Result:
    return CliRunner().invoke(score, list(arguments), standalone_mode=False)


def rows_of(path: str) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fill_in(path: str, *given: str) -> None:
    rows = rows_of(path)
    for row, points in zip(rows, given, strict=True):
        row["given"] = points
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


class TestCode:
    def test_earns_what_the_exercise_would(self, course: Path) -> None:
        reference = (course / "solutions" / "toolbox" / "toolbox.py").read_text("utf-8")
        paper = json.dumps({"responses": {"write-loss": reference}})
        done = marked(write(paper, "a.json"), "--format", "json")
        assert json.loads(done.stdout)["score"] == {"earned": 4, "possible": 4}

    def test_tells_the_promises_that_are_not_kept(self, course: Path) -> None:
        stub = (course / "exercises" / "toolbox" / "toolbox.py").read_text("utf-8")
        done = marked(write(json.dumps({"responses": {"write-loss": stub}}), "a.json"), "--format", "json")
        (item,) = json.loads(done.stdout)["items"]
        assert item["score"]["earned"] < 4
        assert item["correct"] is False
        assert "grade toolbox" in item["feedback"]

    def test_that_is_no_python_earns_nothing(self) -> None:
        done = marked(write(json.dumps({"responses": {"write-loss": "def ("}}), "a.json"), "--format", "json")
        (item,) = json.loads(done.stdout)["items"]
        assert (item["correct"], item["score"]["earned"]) == (False, 0)

    def test_that_cannot_be_imported_is_told_once(self) -> None:
        done = marked(
            write(json.dumps({"responses": {"write-loss": "nosuch"}}), "a.json"), "--format", "json"
        )
        (item,) = json.loads(done.stdout)["items"]
        assert "NameError" in item["feedback"]
        assert "Not tried" not in item["feedback"]


class TestAPerson:
    def test_decides_through_a_table(self) -> None:
        first = marked(write(ESSAY), "--pending", "todo.csv")
        assert first.return_value == 1
        assert "to be marked" in first.stdout
        assert "Total: 0 / 3.5 points; 3.5 more wait for a person" in first.stdout
        assert "2 lines for a person" in first.stderr
        fill_in("todo.csv", "2", "1.5")
        second = marked("ada.yaml", "--marks", "todo.csv")
        assert second.return_value == 0
        assert "Total: 3.5 / 3.5 points" in second.stdout

    def test_decides_through_yaml(self) -> None:
        marked(write(ESSAY), "--pending", "todo.yaml")
        path = Path("todo.yaml")
        tree = yaml.safe_load(path.read_text("utf-8"))
        assert tree["marks"][0]["response"] == "The gradient vanishes.\nNot here.\n"
        tree["marks"][0]["given"] = 1
        path.write_text(yaml.safe_dump(tree), "utf-8")
        done = marked("ada.yaml", "--marks", "todo.yaml")
        assert "Total: 1 / 3.5 points; 1.5 more wait for a person" in done.stdout

    def test_finds_several_papers_in_one_table(self) -> None:
        marked(write(ESSAY), write(ESSAY.replace("Not here", "Or so"), "bob.yaml"), "--pending", "todo.csv")
        fill_in("todo.csv", "2", "1.5", "1", "0")
        done = marked("ada.yaml", "bob.yaml", "--marks", "todo.csv")
        assert "Total: 3.5 / 3.5 points" in done.stdout
        assert "Total: 1 / 3.5 points" in done.stdout
        alone = marked("ada.yaml", "--marks", "todo.csv")
        assert alone.return_value == 1
        assert alone.stderr.count("unused-mark") == 2

    def test_writes_down_what_is_left_after_the_first_marks(self) -> None:
        marked(write(ESSAY), "--pending", "todo.csv")
        fill_in("todo.csv", "2", "")
        marked("ada.yaml", "--marks", "todo.csv", "--pending", "rest.csv")
        assert [row["criterion"] for row in rows_of("rest.csv")] == ["says that the identity lets it through"]

    def test_never_loses_what_was_filled_in(self) -> None:
        marked(write(ESSAY), "--pending", "todo.csv")
        assert marked("ada.yaml", "--pending", "todo.csv").exception is None
        fill_in("todo.csv", "2", "1")
        again = marked("ada.yaml", "--pending", "todo.csv")
        assert isinstance(again.exception, UsageError)
        assert "perhaps filled in" in str(again.exception)
        over = marked("ada.yaml", "--marks", "todo.csv", "--pending", "todo.csv")
        assert isinstance(over.exception, UsageError)

    def test_sees_in_json_what_waits(self) -> None:
        done = marked(write(ESSAY), "--format", "json")
        (item,) = json.loads(done.stdout)["items"]
        assert item["correct"] is None
        assert item["pending"] == [
            {"criterion": "names the vanishing gradient", "points": 2},
            {"criterion": "says that the identity lets it through", "points": 1.5},
        ]

    def test_has_no_use_for_a_blank_essay(self) -> None:
        done = marked(write("responses: {why-residual: }\n"), "--pending", "todo.csv")
        assert "blank" in done.stdout
        assert len(Path("todo.csv").read_text("utf-8").splitlines()) == 1


class TestMidterm:
    def test_its_responses_file_has_a_place_for_every_answer(self) -> None:
        CliRunner().invoke(midterm, ["types", "--seed", "3"], standalone_mode=False, catch_exceptions=False)
        (path,) = Path("papers").glob("*-responses.yaml")
        responses = yaml.safe_load(path.read_text("utf-8"))["responses"]
        assert responses["sigmoid-parts"] == {"a": None, "b": None, "c": None}
        assert [str(name) for name in responses["layer-table"]] == ["2.2", "2.3", "3.2", "3.3"]
        done = marked(str(path))
        assert "Total: 0 / 59 points" in done.stdout
        assert not done.stderr


class TestQuiz:
    def test_asks_every_type_in_its_own_way(self, course: Path) -> None:
        solution = course / "solutions" / "toolbox" / "toolbox.py"
        bank = load_bank(course / "question_bank")
        pairs, steps = (loose_question(bank.items[name]) for name in ("pool-pairs", "training-step"))
        typed = [
            "1E", right_answer(pairs),
            "ABC", right_answer(steps),
            "28x28x10", "much", "10*(5*5*1 + 1)", "14x14x10", "0",
            "perhaps", "false", "1/4", "B",
            "nowhere.py", str(solution),
            "The gradient vanishes.", "Not here.", "",
            "512", "exp(x)/(1 + exp(x))^2", "W^T (W x - y)", "backprop", "A",
        ]  # fmt: skip
        done = CliRunner().invoke(quiz, ["every type"], input="\n".join(typed) + "\n")
        assert done.exit_code == 0, done.output
        assert done.stdout.count("Not marked: ") == 3
        assert "`much` was not marked" in done.stdout
        assert "`nowhere.py` cannot be read" in done.stdout
        assert "[2.3]" in done.stdout
        assert "more wait for a person" in done.stdout
        assert "pool-pairs: Each backward pass" in done.stdout
        assert "training-step: The loss needs" in done.stdout
        (saved,) = (course / ".grade" / "quiz").glob("*.yaml")
        assert "Total:" in marked(str(saved)).stdout

    @pytest.mark.parametrize("seed", [5, 6, 7])
    def test_draws_numbers_by_its_seed_and_scores_the_same_draw(self, course: Path, seed: int) -> None:
        bank = load_bank(course / "question_bank")
        question = loose_question(bank.items["flat-after-pool"], seed)
        typed = "\n" * 11 + f"{right_answer(question)}\nq\n"
        done = CliRunner().invoke(quiz, ["every type", "--seed", str(seed)], input=typed)
        assert " ".join(question.item.stem.split()) in " ".join(done.stdout.split())
        assert "Saved after 7 of 11" in done.stdout
        (saved,) = (course / ".grade" / "quiz").glob("*.yaml")
        assert f"seed: {seed}\n" in saved.read_text("utf-8")
        assert "✓ right  flat-after-pool  4 / 4" in marked(str(saved)).stdout
        other = CliRunner().invoke(quiz, ["every type", "--seed", "8"], input="")
        assert "another draw" in str(other.exception)

    def test_leaves_in_the_middle_of_a_table_and_asks_it_again(self) -> None:
        typed = "1A 2B 3C\nABCD\n28x28x10\nq\n"
        done = CliRunner().invoke(quiz, ["every type"], input=typed)
        assert "Saved after 2 of 11" in done.stdout
        again = CliRunner().invoke(quiz, ["every type"], input="q\n")
        assert "Fill in the table" in again.stdout
