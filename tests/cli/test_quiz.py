"""`grade quiz`: what was saved survives edits, other encodings and a bank that moves on."""

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from grader.cli.quiz import quiz
from grader.cli.score import score
from grader.errors import ContentError, UsageError

RIGHT = "t\nf\nA\nAC\nC\n260\n8x1x28x28\n"
LOSES = "A right answer earns 2 points, a wrong one loses 1, a blank one earns 0."
SUMS = """\
True or false: 1 / 4 points
Multiple choice: 8 / 8 points
Short answers: 6 / 10 points
Total: 15 / 22 points
Your answers are in .grade/quiz/paper.yaml; `--restart` begins anew.
"""


@pytest.fixture
def course(small_course: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    blueprints = small_course / "question_bank" / "blueprints"
    (blueprints / "tiny.yaml").rename(blueprints / "paper.yaml")
    monkeypatch.chdir(small_course)
    return small_course


def taken(*arguments: str, typed: str | bytes) -> Result:
    return CliRunner().invoke(quiz, list(arguments), input=typed)


def saved(course: Path, name: str = "tiny") -> Path:
    return course / ".grade" / "quiz" / f"{name}.yaml"


def test_the_end_explains_what_was_right_too(course: Path) -> None:
    done = taken("tiny", typed=RIGHT)
    assert done.exit_code == 0
    assert "tiny-false: It is 2x." in done.stdout
    assert done.stdout.index("tiny-false: It is 2x.") < done.stdout.index("Total: 26 / 26 points")


def test_bytes_that_are_not_utf8_are_asked_again(course: Path) -> None:
    done = taken("tiny", typed=b"caf\xe9\nt\n")
    assert done.exit_code == 0
    assert "answer with true or false" in done.stdout
    assert "Saved after 1 of 7" in done.stdout


@pytest.mark.parametrize("typed", ["ℓ₂ – größe", "\x07", "1e3", "0x10", "no", "~", "'", "- a: [b", "#"])
def test_what_was_typed_is_saved_as_it_was_typed(course: Path, typed: str) -> None:
    bank = course / "question_bank" / "tiny.yaml"
    text = bank.read_text("utf-8").replace("{number: 10*5*5 + 10}", "{text: ten}")
    bank.write_text(text.replace("- number: 250", "- text: two"), "utf-8")
    taken("tiny", typed=f"t\nf\nA\nAC\nC\n{typed}\n")
    assert yaml.safe_load(saved(course).read_text("utf-8"))["responses"]["tiny-number"] == typed
    assert "Total: 20 / 26 points" in taken("tiny", typed="8x1x28x28\n").stdout


def test_an_answer_that_was_damaged_in_the_save_is_asked_again(course: Path) -> None:
    taken("tiny", typed="t\nf\n")
    with saved(course).open("a", encoding="utf-8") as file:
        file.write("  tiny-true: f\n")
    done = taken("tiny", typed="t\nA\nAC\nC\n260\n8x1x28x28\n")
    assert "The gradient of a constant" in done.stdout
    assert "Total: 26 / 26 points" in done.stdout


def test_a_save_that_cannot_be_read_says_how_to_begin_anew(course: Path) -> None:
    saved(course).parent.mkdir(parents=True)
    saved(course).write_text("responses: {a: b\n", "utf-8")
    done = taken("tiny", typed=RIGHT)
    assert isinstance(done.exception, ContentError)
    assert "`--restart` begins anew" in done.stderr
    assert "Total: 26 / 26 points" in taken("tiny", "--restart", typed=RIGHT).stdout


def test_a_restart_of_a_topic_that_cannot_be_keeps_what_was_saved(course: Path) -> None:
    taken("tiny", typed="t\n")
    before = saved(course).read_bytes()
    assert isinstance(taken("tiny", "--form", "A", "--restart", typed="t\n").exception, UsageError)
    assert saved(course).read_bytes() == before


def test_a_form_of_a_bank_that_has_changed_says_how_to_begin_anew(course: Path) -> None:
    taken("paper", "--seed", "3", typed="t\n")
    bank = course / "question_bank" / "tiny.yaml"
    bank.write_text(bank.read_text("utf-8").replace("constant is 0", "constant is zero"), "utf-8")
    done = taken("paper", typed="t\n")
    assert isinstance(done.exception, UsageError)
    assert "another state of the bank" in str(done.exception)
    assert "`--restart` begins a new one" in str(done.exception)


def test_a_form_is_taken_up_again_without_its_seed(course: Path) -> None:
    first = taken("paper", typed="t\n")
    assert "Saved after 1 of 6" in first.stdout
    assert "Saved after 2 of 6" in taken("paper", typed="t\n").stdout


def test_what_is_skipped_twice_is_blank(course: Path) -> None:
    done = taken("tiny", typed="\n" * 14)
    assert "once more (7 questions)" in done.stdout
    assert "Total: 0 / 26 points" in done.stdout
    assert "blank" in done.stdout


def test_what_was_skipped_is_asked_once_more_before_the_report(course: Path) -> None:
    done = taken("tiny", typed=RIGHT.replace("A\n", "\n", 1) + "A\n")
    assert "once more (1 question)" in done.stdout
    assert done.stdout.count("What is 1 + 1?") == 2
    assert "Total: 26 / 26 points" in done.stdout


def test_what_was_skipped_in_one_go_can_be_answered_in_another(course: Path) -> None:
    left = taken("tiny", typed=RIGHT.replace("A\n", "\n", 1) + "q\n").stdout
    assert "Saved after 7 of 7, 1 of them skipped" in left
    assert "Total" not in left
    assert "Total: 26 / 26 points" in taken("tiny", typed="A\n").stdout


def test_what_is_to_stay_blank_is_not_asked_again(course: Path) -> None:
    taken("tiny", typed=RIGHT.replace("A\n", "\n", 1) + "\n")
    again = taken("tiny", typed="")
    assert "What is 1 + 1?\n    A." not in again.stdout
    assert "Total: 22 / 26 points" in again.stdout
    assert "Total: 22 / 26 points" in CliRunner().invoke(score, [str(saved(course))]).stdout


def test_a_path_is_no_name_of_a_quiz(course: Path) -> None:
    done = taken("question_bank/blueprints/paper.yaml", typed="")
    assert isinstance(done.exception, UsageError)
    assert "no topic or blueprint" in str(done.exception)


def test_how_a_section_is_scored_stands_before_its_first_question(course: Path) -> None:
    told = taken("paper", "--seed", "3", typed="t\nf\n").stdout
    assert told.count("True or false\n") == 1
    assert told.count("Multiple choice\n") == 1
    places = [told.index(text) for text in ("True or false\n", LOSES, "1/6", "Multiple choice\n", "3/6")]
    assert places == sorted(places)


def test_how_a_section_is_scored_is_told_again_where_it_is_taken_up(course: Path) -> None:
    taken("paper", "--seed", "3", typed="t\n")
    told = taken("paper", typed="f\n").stdout
    assert told.index("True or false\n") < told.index("2/6")


def test_a_question_of_a_topic_tells_how_it_is_scored(course: Path) -> None:
    told = taken("tiny", typed="t\nf\n").stdout
    assert told.count(LOSES) == 2


def test_the_end_of_a_paper_tells_the_points_of_each_section_before_the_total(course: Path) -> None:
    drawn = taken("paper", "--seed", "3", typed="f\nf\nAC\nC\n260\n1x1\n").stdout
    assert drawn.endswith(SUMS)
    scored = CliRunner().invoke(score, [str(saved(course, "paper"))]).stdout
    assert scored.endswith(SUMS[: SUMS.index("Your")])


@pytest.mark.parametrize("name", ["tiny", "paper"])
def test_what_is_finished_makes_room_for_another_seed(course: Path, name: str) -> None:
    taken(name, "--seed", "3", typed="\n" * 14)
    assert "Saved after 1 of" in taken(name, "--seed", "4", typed="t\n").stdout
    assert "in the middle of" in str(taken(name, "--seed", "3", typed="t\n").exception)


def test_a_topic_has_no_sections_to_sum(course: Path) -> None:
    done = taken("tiny", typed=RIGHT).stdout.splitlines()
    assert done[-2:] == [
        "Total: 26 / 26 points",
        "Your answers are in .grade/quiz/tiny.yaml; `--restart` begins anew.",
    ]
    assert "/ 26" not in "".join(done[:-2])


class TestParallelForms:
    """The tiny blueprint in two forms that may share all."""

    @pytest.fixture(autouse=True)
    def forms(self, course: Path) -> None:
        path = course / "question_bank" / "blueprints" / "paper.yaml"
        path.write_text(path.read_text("utf-8") + "forms: 2\noverlap: 6\n", "utf-8")

    def test_any_of_them_can_be_taken(self, course: Path) -> None:
        done = taken("paper", "--seed", "3", "--form", "b", typed="t\nq\n")
        assert done.exit_code == 0
        assert "form B: 6 questions, 10 minutes" in done.stdout
        assert yaml.safe_load(saved(course, "paper").read_text("utf-8"))["paper"].startswith("paper-3-B2-")

    def test_it_goes_on_in_the_form_that_was_begun(self, course: Path) -> None:
        taken("paper", "--seed", "3", "--form", "B", typed="t\nq\n")
        assert "form B" in taken("paper", typed="q\n").stdout
        assert "form B" in taken("paper", "--form", "B", typed="q\n").stdout
        other = taken("paper", "--form", "A", typed="q\n").exception
        assert isinstance(other, UsageError)
        assert "`--restart` begins another form" in str(other)

    def test_a_finished_one_makes_room_for_another_of_the_same_draw(self, course: Path) -> None:
        taken("paper", "--seed", "3", "--form", "B", typed="\n" * 12)
        finished = saved(course, "paper").read_bytes()
        begun = taken("paper", "--form", "A", typed="q\n")
        assert "form A" in begun.stdout
        assert "until your first answer" in begun.stdout
        assert saved(course, "paper").read_bytes() == finished
        assert "Saved after 1 of 6" in taken("paper", "--form", "A", typed="t\nq\n").stdout
        assert yaml.safe_load(saved(course, "paper").read_text("utf-8"))["paper"].startswith("paper-3-A2-")

    def test_a_finished_one_is_reported_again_where_it_is_asked_for(self) -> None:
        taken("paper", "--seed", "3", "--form", "B", typed="\n" * 12)
        for arguments in ((), ("--form", "b"), ("--seed", "3"), ("--seed", "3", "--form", "B")):
            assert "Total: 0 / 22 points" in taken("paper", *arguments, typed="").stdout

    def test_one_with_skipped_questions_is_not_finished(self, course: Path) -> None:
        taken("paper", "--seed", "3", "--form", "B", typed="\n" * 6)
        before = saved(course, "paper").read_bytes()
        assert "you are in the middle" in str(taken("paper", "--form", "A", typed="t\n").exception)
        assert saved(course, "paper").read_bytes() == before

    @pytest.mark.parametrize("letter", ["C", "AB", "", "1", "ä"])
    def test_a_form_that_there_is_not_is_told_with_those_that_there_are(self, letter: str) -> None:
        found = str(taken("paper", "--form", letter, typed="").exception)
        assert found == f"there is no form `{letter}`: `paper` has the forms A to B"

    def test_a_restart_that_cannot_be_keeps_what_was_saved(self, course: Path) -> None:
        taken("paper", "--seed", "3", "--form", "B", typed="t\n")
        before = saved(course, "paper").read_bytes()
        done = taken("paper", "--form", "D", "--restart", typed="t\n")
        assert "there is no form `D`" in str(done.exception)
        assert saved(course, "paper").read_bytes() == before

    def test_a_restart_begins_another_form(self, course: Path) -> None:
        taken("paper", "--seed", "3", "--form", "B", typed="t\n")
        done = taken("paper", "--seed", "4", "--form", "A", "--restart", typed="t\n")
        assert "Saved after 1 of 6" in done.stdout
        assert yaml.safe_load(saved(course, "paper").read_text("utf-8"))["paper"].startswith("paper-4-A2-")


def test_only_parallel_forms_have_letters(course: Path) -> None:
    assert "one form alone" in str(taken("paper", "--form", "A", typed="").exception)
    assert "is a topic, which has no forms" in str(taken("tiny", "--form", "A", typed="").exception)
