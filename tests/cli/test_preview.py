"""`grade preview`: an item as students see it, then with all that the bank says about it."""

import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from grader.bank import load_bank
from grader.export.html import page
from grader.export.preview import preview_markdown
from grader.export.prose import CLOSE, OPEN
from grader.model.item import Bank
from tests.cli.test_mark import grade
from tests.conftest import REPOSITORY, append

TYPES = REPOSITORY / "tests/courses/banks/types"
VOID = {"meta", "br", "hr", "img", "link"}


class Nesting(HTMLParser):
    """What is opened and closed, and what is fetched from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetched: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def nesting(text: str) -> Nesting:
    parser = Nesting()
    parser.feed(text)
    parser.close()
    return parser


@pytest.fixture
def course(small_course: Path) -> Path:
    shutil.copy(TYPES / "types.yaml", small_course / "question_bank")
    return small_course


class TestText:
    def test_shows_the_question_before_its_key(self, course: Path) -> None:
        done = grade(course, "preview", "layer-table")

        assert (done.returncode, done.stderr) == (0, "")
        question, key = done.stdout.split("\nKey\n")
        assert "Fill in the table" in question
        assert "28, 28, 10" not in question
        assert "(28, 28, 10)" in key
        assert "What does each filter add to its weighted sum?" in key
        assert "loses 4 rows and columns" in key
        assert done.stdout == "\n".join(line.rstrip() for line in done.stdout.split("\n"))

    def test_shows_several_draws_and_the_same_each_time(self, course: Path) -> None:
        done = grade(course, "preview", "flat-after-pool", "--draws", "3")

        titles = [line for line in done.stdout.splitlines() if line.startswith("Draw ")]
        assert len({title.split(":")[1] for title in titles}) == len(titles) == 3
        assert titles[0].startswith("Draw 0: ")
        assert done.stdout == grade(course, "preview", "flat-after-pool", "--draws", "3").stdout

    def test_shows_a_draw_that_comes_again_once(self, course: Path) -> None:
        append(
            course / "question_bank/types.yaml",
            """
  - id: one-of-two
    type: short_answer
    stem: What is {{ n }}?
    params: {n: [1, 2]}
    answer: {number: "{{ n }}"}
    check: assert answer == n
    explanation: It is itself.
    difficulty: 1
""",
        )

        done = grade(course, "preview", "one-of-two", "--draws", "20")

        assert done.stdout.count("Draw ") == 2

    def test_shows_the_draw_of_a_seed(self, course: Path) -> None:
        done = grade(course, "preview", "flat-after-pool", "--seed", "3")
        several = grade(course, "preview", "flat-after-pool", "--draws", "9")

        [title] = [line for line in done.stdout.splitlines() if line.startswith("Draw ")]
        assert title.startswith("Draw 3: ")
        assert title.removeprefix("Draw 3") in several.stdout

    def test_shows_formulas_in_unicode_without_taking_them_for_markup(self, course: Path) -> None:
        append(
            course / "question_bank/types.yaml",
            "  - {id: stars, type: true_false, stem: '$a_1 * b_1 * c_{ij}$ costs \\$5.', answer: true,\n"
            "     explanation: E., difficulty: 1}\n",
        )

        assert "a₁ * b₁ * cᵢⱼ costs $5." in grade(course, "preview", "stars").stdout

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("layer-tabel", "Did you mean `layer-table`?"),
            ("broken", "unknown-field: `explantion` is not a field here"),
            ("undrawable", "`undrawable` cannot be drawn: "),
        ],
    )
    def test_says_why_there_is_nothing_to_see(self, course: Path, name: str, said: str) -> None:
        (course / "question_bank/more.yaml").write_text(
            "topic: more\nitems:\n"
            "  - {id: broken, type: true_false, stem: S., answer: true, explantion: E., difficulty: 1}\n",
            "utf-8",
        )
        (course / "question_bank/drawn.yaml").write_text(
            "topic: drawn\nitems:\n"
            "  - {id: undrawable, type: true_false, stem: 'S {{ n }}.', params: {n: [1, 2]}, where: n > 2,\n"
            "     answer: true, explanation: E., difficulty: 1}\n",
            "utf-8",
        )

        done = grade(course, "preview", name)

        assert done.returncode == 2
        assert said in done.stderr


class TestPage:
    def test_needs_nothing_else_and_has_real_formulas(self, course: Path) -> None:
        done = grade(course, "preview", "sigmoid-parts", "--html", "seen.html")

        text = (course / "seen.html").read_text("utf-8")
        assert done.stdout == "seen.html is written\n"
        assert text.startswith("<!doctype html>")
        assert "<math><semantics>" in text
        assert "$" not in text
        seen = nesting(text)
        assert not seen.open
        assert not seen.fetched

    def test_of_every_item_of_the_bank_is_well_formed(self, shipped_bank: Bank) -> None:
        for bank in (shipped_bank, load_bank(TYPES)):
            for name, item in bank.items.items():
                text = page(name, preview_markdown(item, bank.topics[name], [0]))
                assert not nesting(text).open, name
                assert OPEN not in text, name

    def test_shows_html_and_does_not_obey_it(self) -> None:
        text = page("<x>", "<script>alert(1)</script> [a](javascript:alert(1)) `<b>` $a < b$")

        assert "<script" not in text
        assert "<title>&lt;x&gt;</title>" in text
        assert 'href="javascript' not in text
        assert "&lt;b&gt;" in text
        assert "<mo>&lt;</mo>" in text

    def test_leaves_dollars_in_code_and_formulas_that_cannot_be_rendered(self) -> None:
        text = page("t", "`$HOME` and `$PATH`, $\\frac{a$, and $x$")

        assert "<code>$HOME</code> and <code>$PATH</code>" in text
        assert "<code>\\frac{a</code>" in text
        assert text.count("<math>") == 1

    def test_takes_no_private_character_for_a_formula(self) -> None:
        assert "0 and" in page("t", f"{OPEN}0{CLOSE} and $x$")
