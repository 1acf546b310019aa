"""A student takes the practice midterm in a browser: by keyboard, across reloads, up to the marked file."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from grader.bank import load_bank
from grader.cli.score import score
from grader.exam.kept import keep_choices
from grader.exam.marking import mark_responses
from grader.exam.responses import read_responses
from grader.export.taking import graded_html, practice_html
from grader.model.form import Form
from grader.model.score import show_points
from tests.browser.conftest import Open, Page
from tests.every_type import SOURCE, right

# A browser beside other workers takes its time.
pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]

FORBIDDEN = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("no", "SecurityError"); } });"""
FULL = """Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };"""
LATER = "const real = Date.now; Date.now = () => real() + {} * 60000;"
"""A clock so many minutes ahead."""
STATE = "JSON.stringify([state.answers, state.flags, state.started])"


def answers(page: Page) -> Any:
    return page.evaluate("state.answers")


def submit(page: Page) -> None:
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("#submit").click()


def saved(page: Page, folder: Path) -> Path:
    """The file that the page hands out."""
    with page.expect_download() as download:
        page.locator("#save").click()
    path = folder / str(download.value.suggested_filename)
    download.value.save_as(path)
    return path


def fill(page: Page, form: Form, every: Any = right) -> None:
    """Gives an answer to each question by the fields of the page."""
    for question in form.questions:
        for part in question.parts or (question,):
            place = f"q{question.number}" + ("abcdefgh"[part.number - 1] if question.parts else "")
            give(page, place, part.item.type, every(part))


def give(page: Page, place: str, kind: str, answer: Any) -> None:
    box = page.locator(f'fieldset[data-answer="{place}"]')
    match kind:
        case "true_false":
            box.locator(f'input[value="{answer}"]').check()
        case "single_choice" | "multiple_choice":
            for letter in answer.split(", "):
                box.locator(f'input[value="{letter}"]').check()
        case "matching":
            for pair in answer.split():
                box.locator(f'[data-name="{pair[:-1]}"]').select_option(pair[-1])
        case "ordering":
            for place_, letter in enumerate(answer):
                box.locator(f'[data-name="{place_}"]').select_option(letter)
        case "table":
            for name, text in answer.items():
                box.locator(f'[data-name="{name}"]').fill(text)
        case _:
            box.locator("textarea, input[type=text]").fill(answer)


class TestByKeyboard:
    def test_questions_are_walked_through_answered_and_marked_for_review(self, taken: Page) -> None:
        press = taken.keyboard.press
        press("n")
        press("t")
        press("n")
        press("f")
        press("m")
        assert taken.evaluate("state.answers") == {"q1": "true", "q2": "false"}
        assert taken.evaluate("state.flags") == {"q2": True}
        press("p")
        assert taken.evaluate("document.activeElement.id") == "q1"
        assert "2 of" in taken.locator("#progress").inner_text()

    def test_letters_tick_options(self, taken: Page, midterm: Form) -> None:
        numbers = [q.number for q in midterm.questions if q.item.type == "multiple_choice"]
        taken.locator(f"#q{numbers[0]}").focus()
        for key in ("c", "a", "b", "a"):
            taken.keyboard.press(key)
        assert answers(taken) == {f"q{numbers[0]}": "BC"}

    def test_a_letter_in_a_text_is_a_letter(self, taken: Page) -> None:
        field = taken.locator("input.wide").first
        field.focus()
        taken.keyboard.type("n m p a t 3")
        assert field.input_value() == "n m p a t 3"
        assert taken.evaluate("[Object.keys(state.flags).length, Object.values(state.answers)]") == [
            0,
            ["n m p a t 3"],
        ]

    def test_keys_with_a_modifier_belong_to_the_browser(self, taken: Page) -> None:
        taken.locator("#q1").focus()
        taken.keyboard.press("Control+m")
        taken.keyboard.press("Alt+t")
        assert taken.evaluate("[state.flags, state.answers]") == [{}, {}]

    def test_they_can_be_turned_off(self, taken: Page) -> None:
        taken.locator(".keys summary").click()
        taken.locator("#keys").uncheck()
        taken.locator("#q1").focus()
        taken.keyboard.press("t")
        taken.reload()
        taken.locator("#q1").focus()
        taken.keyboard.press("t")
        assert answers(taken) == {}

    def test_all_of_it_is_reached_by_the_tabulator(self, taken: Page) -> None:
        fields = taken.evaluate(
            "all('fieldset select, fieldset textarea, fieldset input, fieldset button').map(f => f.tabIndex)"
        )
        assert set(fields) == {0}
        taken.locator("#q1").focus()
        taken.keyboard.press("Tab")
        assert taken.evaluate("document.activeElement.dataset.flag") == "q1"
        taken.keyboard.press("Enter")
        taken.keyboard.press("Tab")
        taken.keyboard.press("Space")
        assert taken.evaluate("[state.flags, state.answers]") == [{"q1": True}, {"q1": "true"}]

    def test_an_answer_can_be_taken_back(self, taken: Page) -> None:
        taken.locator("#q1").focus()
        taken.keyboard.press("t")
        taken.locator('[data-clear="q1"]').click()
        assert answers(taken) == {}
        assert taken.locator('fieldset[data-answer="q1"] input:checked').count() == 0


class TestWhatIsKept:
    def test_answers_flags_and_the_clock_survive_a_reload(self, taken: Page, midterm: Form) -> None:
        fill(taken, midterm)
        taken.locator('[data-flag="q3"]').click()
        before = taken.evaluate(STATE)
        fields = "all('fieldset input, select, fieldset textarea').map(f => f.type + f.value + f.checked)"
        shown = taken.evaluate(fields)
        taken.reload()
        assert taken.evaluate(STATE) == before
        assert taken.evaluate(fields) == shown
        assert taken.locator('[data-flag="q3"]').get_attribute("aria-pressed") == "true"

    def test_two_papers_do_not_mix(self, open_page: Open, midterm: Form, types_form: Form) -> None:
        one = open_page(practice_html(midterm), "one.html")
        one.locator("#q1").focus()
        one.keyboard.press("t")
        for other in (practice_html(types_form), graded_html(midterm)):
            assert answers(open_page(other, "two.html")) == {}

    def test_two_tabs_of_one_paper_have_one_set_of_answers(self, open_page: Open, midterm: Form) -> None:
        one, two = (open_page(practice_html(midterm)) for _ in range(2))
        for tab, number in ((one, 1), (two, 2), (one, 3)):
            tab.locator(f'fieldset[data-answer="q{number}"] input').first.check()
        for tab in (one, two):
            tab.wait_for_function("Object.keys(state.answers).length === 3")
            tab.reload()
            assert tab.locator("fieldset input:checked").count() == 3

    @pytest.mark.parametrize("script", [FORBIDDEN, FULL], ids=["forbidden", "full"])
    def test_where_nothing_can_be_kept_it_says_so_and_goes_on(
        self, open_page: Open, midterm: Form, script: str, tmp_path: Path
    ) -> None:
        page = open_page(graded_html(midterm), script=script)
        assert "keeps nothing" in page.locator("#warning").inner_text()
        fill(page, midterm)
        assert len(json.loads(saved(page, tmp_path).read_text("utf-8"))["responses"]) == len(
            midterm.questions
        )

    @pytest.mark.parametrize(
        "kept", ["{", "[]", "null", '{"answers": 3}', '{"answers":{},"flags":{},"started":"x"}']
    )
    def test_what_was_damaged_is_begun_anew(self, taken: Page, kept: str) -> None:
        taken.evaluate("kept => { localStorage.setItem(STORE, kept); }", kept)
        taken.reload()
        assert answers(taken) == {}
        assert taken.locator("#timer").inner_text() == "2:00:00 left"

    @pytest.mark.parametrize(
        "odd", ["3", "[]", "{}", '"toString"', '{"a": 1}', "[1]", "null", '["A"]', '{"1": "A"}']
    )
    def test_answers_of_odd_kinds_do_no_harm(self, open_page: Open, types_form: Form, odd: str) -> None:
        page = open_page(practice_html(types_form))
        given = page.evaluate("leaves.map(leaf => leaf.anchor)")
        text = ", ".join(f'"{anchor}": {odd}' for anchor in given)
        kept = f'{{"answers": {{{text}}}, "flags": {{}}, "started": 1, "submitted": 9}}'
        page.evaluate("kept => { localStorage.setItem(STORE, kept); }", kept)
        page.reload()
        assert page.locator("#result").is_visible()
        assert " / 59" in shown_total(page)

    def test_to_start_again_forgets_all(self, taken: Page, midterm: Form) -> None:
        fill(taken, midterm)
        submit(taken)
        taken.once("dialog", lambda dialog: dialog.accept())
        taken.locator("#again").click()
        assert answers(taken) == {}
        assert taken.locator("fieldset input:checked").count() == 0
        assert not taken.locator("#result").is_visible()
        taken.reload()
        assert answers(taken) == {}


class TestTime:
    def test_it_starts_with_the_first_opening(self, open_page: Open, midterm: Form) -> None:
        open_page(practice_html(midterm)).close()
        page = open_page(practice_html(midterm), script=LATER.format(61))
        assert page.locator("#timer").inner_text()[:3] in ("59:", "58:")
        assert page.locator("#aloud").inner_text() == ""

    def test_it_is_said_aloud_before_the_end(self, open_page: Open, midterm: Form) -> None:
        open_page(practice_html(midterm)).close()
        page = open_page(practice_html(midterm), script=LATER.format(108))
        assert page.locator("#aloud").inner_text() == "12 minutes left"

    def test_when_it_is_over_nothing_is_lost_or_locked(self, open_page: Open, midterm: Form) -> None:
        first = open_page(practice_html(midterm))
        first.locator("#q1").focus()
        first.keyboard.press("t")
        first.close()
        page = open_page(practice_html(midterm), script=LATER.format(125))
        assert page.locator("#timer").inner_text() == "5 minutes over time"
        assert not page.locator("#result").is_visible()
        page.locator("#q2").focus()
        page.keyboard.press("f")
        assert "Your answers are kept" in page.locator("#warning").inner_text()
        assert answers(page) == {"q1": "true", "q2": "false"}

    def test_a_clock_that_went_back_takes_nothing(self, open_page: Open, midterm: Form) -> None:
        open_page(practice_html(midterm), script=LATER.format(600)).close()
        page = open_page(practice_html(midterm))
        assert page.locator("#timer").inner_text() == "2:00:00 left"


def shown_total(page: Page) -> str:
    return str(page.locator("#result-rows tr.total td").first.inner_text())


class TestMarks:
    def test_right_answers_earn_all_but_what_waits(self, taken: Page, midterm: Form) -> None:
        fill(taken, midterm)
        submit(taken)
        waits = sum(q.points for q in midterm.questions if q.item.type in ("code", "essay"))
        earned = Fraction(100) - waits - open_points(taken)
        assert shown_total(taken) == f"{show_points(earned)} / 100"
        assert taken.evaluate("document.activeElement.id") == "result-title"
        assert taken.locator("#result-rows tr").count() == len(midterm.sections) + 1
        assert taken.locator(".solution").first.is_visible()

    def test_it_asks_before_blanks_are_submitted(self, taken: Page) -> None:
        asked: list[str] = []

        def refuse(dialog: Any) -> None:
            asked.append(dialog.message)
            dialog.dismiss()

        taken.once("dialog", refuse)
        taken.locator('[data-flag="q3"]').click()
        taken.locator("#submit").click()
        assert asked == ["26 left blank, 1 marked for review. Submit and see the solutions?"]
        assert not taken.locator("#result").is_visible()
        assert not taken.locator(".solution").first.is_visible()

    def test_what_was_submitted_stays_so(self, taken: Page, midterm: Form) -> None:
        fill(taken, midterm)
        submit(taken)
        total = shown_total(taken)
        taken.reload()
        assert shown_total(taken) == total
        assert taken.locator("fieldset[data-answer]:not([disabled])").count() == 0
        assert "submitted after 0 minutes" in taken.locator("#timer").inner_text()

    @pytest.mark.parametrize("wrong", [0, 1, 2], ids="first {}".format)
    def test_the_file_earns_in_python_what_the_page_shows(
        self, taken: Page, midterm: Form, course: Path, tmp_path: Path, wrong: int
    ) -> None:
        fill(taken, midterm, lambda question: guess(question, wrong))
        path = saved(taken, tmp_path)
        submit(taken)
        keep_choices(course, [midterm])
        paper = mark_responses(course, load_bank(course / "question_bank"), read_responses(path))
        earned = sum((result.score.earned for result in paper.results), Fraction(0))
        assert {finding.rule for finding in paper.findings} <= {"unclear-answer"}
        assert shown_total(taken) == f"{show_points(earned)} / 100"
        lines = taken.locator("article > [data-earned]").all_inner_texts()
        each = [
            f"{show_points(one.score.earned)} / {show_points(one.score.possible)} point"
            for one in paper.results
        ]
        assert all(line.startswith(due) for line, due in zip(lines, each, strict=True))

    def test_grade_score_says_the_same(
        self, taken: Page, midterm: Form, course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fill(taken, midterm, lambda question: "" if question.item.type == "code" else guess(question, 0))
        path = saved(taken, tmp_path)
        submit(taken)
        keep_choices(course, [midterm])
        monkeypatch.chdir(course)
        done = CliRunner().invoke(score, [str(path), "--paper", midterm.id])
        assert f"Total: {shown_total(taken)} points" in done.stdout

    def test_a_near_miss_that_was_met_is_marked(self, open_page: Open, types_form: Form) -> None:
        page = open_page(practice_html(types_form))
        table = next(q for q in types_form.questions if q.item.type == "table")
        page.locator(f'fieldset[data-answer="q{table.number}"] [data-name="2.3"]').fill("250")
        submit(page)
        assert "What does each filter add" in page.locator("li.yours").inner_text()


def open_points(page: Page) -> Fraction:
    """What the page leaves to `grade score`, code and essays aside."""
    script = """questions.filter(q => !["code", "essay"].includes(q.kind))
        .map(q => mark(q, answerTo(q)).waits).reduce(plus, NOTHING)"""
    found = page.evaluate(f"(() => {{ const w = {script}; return `${{w.above}}/${{w.below}}`; }})()")
    return Fraction(found)


def guess(question: Any, number: int) -> Any:
    """An answer of somebody who does not know."""
    match question.item.type:
        case "true_false":
            return ["true", "false", "true"][number]
        case "single_choice" | "multiple_choice":
            return "ABC"[number]
        case "matching":
            return " ".join(
                f"{left}{'ABC'[(left + number) % 3]}" for left in range(1, len(question.item.pairs) + 1)
            )
        case "ordering":
            letters = "ABCDEFGH"[: len(question.item.steps)]
            return letters[number:] + letters[:number]
        case "table":
            return {name: ["3", "(32, 1)", "0.5"][number] for name in right(question)}
        case "code":
            return SOURCE
    return ["3", "-1/2", "0"][number] if question.item.type == "short_answer" else "Because."


class TestTheFile:
    HOSTILE = 'a "quote" \\ </script><b> \u2028 \ufeff \x7f é 中 😀 # : - {x} %\ttab'

    def test_any_text_comes_out_as_it_was_typed(
        self, open_page: Open, types_form: Form, tmp_path: Path
    ) -> None:
        page = open_page(graded_html(types_form))
        essay = next(q for q in types_form.questions if q.item.type == "essay")
        text = f"{self.HOSTILE}\n=1+1\n\n@x {self.HOSTILE}"
        page.locator(f'fieldset[data-answer="q{essay.number}"] textarea').fill(text)
        page.reload()
        responses = read_responses(saved(page, tmp_path))
        assert responses.answers[essay.item.id] == text
        assert not responses.findings

    def test_half_a_sign_does_not_spoil_it(self, open_page: Open, types_form: Form, tmp_path: Path) -> None:
        page = open_page(graded_html(types_form))
        essay = next(q for q in types_form.questions if q.item.type == "essay")
        page.evaluate("([at, text]) => { state.answers[at] = text; keep(k => { k.answers[at] = text; }); }",
                      [f"q{essay.number}", b"a\\ud83d".decode("unicode_escape")])  # fmt: skip
        assert read_responses(saved(page, tmp_path)).answers[essay.item.id] == "a\ufffd"

    def test_a_graded_page_gives_every_type_of_answer(
        self, open_page: Open, types_form: Form, types_course: Path, tmp_path: Path
    ) -> None:
        page = open_page(graded_html(types_form))
        fill(page, types_form)
        path = saved(page, tmp_path)
        paper = mark_responses(types_course, load_bank(types_course / "question_bank"), read_responses(path))
        assert not paper.findings
        lost = [one.id for one in paper.results if not one.score.is_full]
        assert lost == [one.id for one in paper.results if one.pending]

    def test_blank_pages_give_a_blank_paper(self, open_page: Open, midterm: Form, tmp_path: Path) -> None:
        path = saved(open_page(graded_html(midterm)), tmp_path)
        assert path.name == f"{midterm.id}-responses.json"
        assert json.loads(path.read_text("utf-8")) == {"paper": midterm.id, "responses": {}}
        assert read_responses(path).paper == midterm.id

    def test_it_can_be_copied_as_text(self, open_page: Open, midterm: Form, tmp_path: Path) -> None:
        page = open_page(graded_html(midterm))
        page.locator("#as-text summary").click()
        fill(page, midterm)
        assert page.locator("#as-text textarea").input_value() == saved(page, tmp_path).read_text("utf-8")

    def test_one_too_large_to_be_marked_is_told(
        self, open_page: Open, types_form: Form, tmp_path: Path
    ) -> None:
        page = open_page(graded_html(types_form))
        page.locator("fieldset textarea").first.fill("x" * 300_000)
        saved(page, tmp_path)
        assert "larger than 256 KiB" in page.locator("#saved").inner_text()


def test_a_graded_page_cannot_mark(open_page: Open, midterm: Form) -> None:
    page = open_page(graded_html(midterm))
    assert page.evaluate("[typeof mark, typeof check]") == ["undefined", "undefined"]
    assert page.locator(".solution, #submit, [data-earned], #result").count() == 0


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_is_wider_than_its_screen(
    open_page: Open, midterm: Form, types_form: Form, width: int
) -> None:
    for form in (midterm, types_form):
        page = open_page(practice_html(form))
        page.set_viewport_size({"width": width, "height": 800})
        fill(page, form)
        submit(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
