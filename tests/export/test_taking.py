"""Pages to be taken in a browser, as text: what is in them, what is not, and that nothing breaks out."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from grader.exam.marking import mark_one
from grader.exam.questions import asked
from grader.export.page_checks import check_of
from grader.export.page_marks import marking
from grader.export.taking import graded_html, practice_html
from grader.model.answer import FormulaAnswer, NearMiss, NumberAnswer, TextAnswer, Tolerance
from grader.model.form import Form, Section
from grader.model.item import Distractor, Key, MultipleChoice, Option, ShortAnswer
from tests.export.test_hostile import LITERAL, hostile, read, squeezed
from tests.export.test_page import Outline

STATED: Any = {"id": "x", "stem": "What?", "explanation": "So."}
PAGES = {"practice": practice_html, "graded": graded_html}


@pytest.fixture(scope="module", params=PAGES)
def text(request: pytest.FixtureRequest, types_form: Form) -> str:
    return PAGES[request.param](types_form)


@pytest.fixture(scope="module")
def graded(types_form: Form) -> str:
    return graded_html(types_form)


class Scripts(HTMLParser):
    """The texts of the script elements of a page, by their types."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: dict[str | None, str] = {}
        self._type: str | None = "none"
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self._type = dict(attrs).get("type")
            self.found[self._type] = ""

    def handle_endtag(self, tag: str) -> None:
        self._type = "none"

    def handle_data(self, data: str) -> None:
        if self._type in self.found:
            self.found[self._type] += data


def paper(text: str) -> Any:
    return json.loads(Scripts(text).found["application/json"])


def policy(text: str) -> str:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert found
    return found[1]


class TestOneFile:
    def test_only_its_own_script_runs(self, text: str) -> None:
        script = Scripts(text).found[None]
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"script-src 'sha256-{digest}'" in policy(text).replace("&#39;", "'").replace("&#x27;", "'")
        assert "default-src 'none'" in policy(text)
        assert "connect-src" not in policy(text)

    def test_it_fetches_nothing(self, text: str) -> None:
        outline = Outline()
        outline.feed(text)
        for tag, found in outline.tags:
            assert tag not in ("link", "img", "iframe", "object")
            assert not {"src", "onclick", "onload", "style", "action"} & found.keys()
            assert (found.get("href") or "#").startswith("#")
        assert not re.findall(r"url\((?!data:)[^)]*\)|https?:[^\"' ]*", text)

    def test_each_field_has_a_name_and_each_answer_a_legend(self, text: str, types_form: Form) -> None:
        leaves = [leaf for question in types_form.questions for leaf in question.parts or (question,)]
        assert text.count("<fieldset") == text.count('<legend class="unseen">Your answer to') == len(leaves)
        outside = re.sub(r"<label.*?</label>", "", text, flags=re.DOTALL)
        for field in re.findall(r"<(?:input|select|textarea)[^>]*>", outside):
            assert "aria-label=" in field

    def test_it_reads_as_an_outline(self, text: str) -> None:
        outline = Outline()
        outline.feed(text)
        outline.close()
        assert not outline.open
        assert not outline.unnamed
        assert set(outline.named) <= set(outline.ids)
        assert len(set(outline.ids)) == len(outline.ids)
        assert all(after <= before + 1 for before, after in pairwise(outline.levels))

    def test_the_same_form_gives_the_same_page(self, types_form: Form) -> None:
        for write in PAGES.values():
            assert write(types_form) == write(types_form)

    def test_it_knows_its_paper(self, text: str, types_form: Form) -> None:
        told = paper(text)
        assert (told["id"], told["minutes"]) == (types_form.id, types_form.minutes)
        ids = [question["id"] for section in told["sections"] for question in section]
        assert ids == [question.item.id for question in types_form.questions]


class TestGraded:
    def test_it_holds_no_mark_of_what_is_right(self, graded: str) -> None:
        words = ("marking", "data-right", "data-solution", "Usual slips", "pays", "near miss", "data-after")
        page = re.sub(r"<style>.*?</style>", "", graded, flags=re.DOTALL)
        markup = page.replace(Scripts(graded).found[None], "")
        assert not [word for word in words if word in markup]
        assert set(paper(graded)) == {"id", "kind", "minutes", "sections"}

    def test_no_function_of_its_script_marks(self, graded: str) -> None:
        assert "function mark(" not in graded
        assert "function mark(" in practice_html(hostile())

    def test_nothing_that_only_the_bank_knows_is_in_it(self, graded: str, types_form: Form) -> None:
        seen = squeezed(graded)
        secrets = [secret for question in types_form.questions for secret in _secrets(question.item)]
        assert len(secrets) > 15
        assert not [secret for secret in secrets if squeezed(secret) in seen]

    def test_its_bytes_do_not_hang_on_the_key(self) -> None:
        """Two forms that differ only in what is right, and in their ids, give one page."""
        pages = []
        for right in (0, 1, 2):
            options = tuple(
                Key(name) if index == right else Distractor(name) for index, name in enumerate("abc")
            )
            item = MultipleChoice(**STATED, type="multiple_choice", options=options)
            form = Form("one", "One", 1, 5, (Section("S", "All.", (asked(item, 1),)),))
            pages.append(graded_html(form))
        assert pages[0] == pages[1] == pages[2]


def _secrets(item: Any) -> list[str]:
    """What of an item only its author may read."""
    found = [item.explanation]
    found += [one.feedback for one in getattr(item, "near_misses", ())]
    found += [one.feedback for one in getattr(item, "options", ()) if getattr(one, "feedback", None)]
    if item.type == "essay":
        found += [item.answer, *(one.criterion for one in item.rubric)]
    if item.type == "table":
        found += [miss.feedback for blank in item.blanks.values() for miss in blank.near_misses]
    for part in getattr(item, "parts", ()):
        found += _secrets(part)
    return [text for text in found if len(text) > 5]


class TestHostile:
    @pytest.mark.parametrize("write", PAGES.values(), ids=PAGES)
    def test_a_hostile_bank_breaks_out_of_nothing(self, write: Any) -> None:
        text = write(hostile())
        seen = read(text)
        assert not seen.tags & {"img", "b", "iframe", "object"}
        assert not {name for name in seen.attributes if name.startswith("on")}
        assert len(re.findall("<script", text)) == 2
        assert paper(text)["id"] == "x<y>-1-#$%&_"
        for stated in LITERAL:
            assert squeezed(stated) in squeezed(seen.text)

    def test_data_neither_ends_its_script_nor_opens_a_comment(self) -> None:
        item = ShortAnswer(**{**STATED, "id": "</script><!--<script>"}, type="short_answer",
                           answer=TextAnswer("</SCRIPT x"))  # fmt: skip
        text = practice_html(Form("a", "A", 1, 5, (Section("S", "All.", (asked(item, 1),)),)))
        assert paper(text)["sections"][0][0]["id"] == "</script><!--<script>"
        assert len(re.findall("(?i)</script", text)) == 2
        assert "<!--" not in text


class TestTables:
    def test_a_table_says_what_python_says(self, types_form: Form) -> None:
        question = next(one for one in types_form.questions if one.item.type == "single_choice")
        told = marking(question)
        for letter, points in told["pays"].items():
            assert Fraction(points) == mark_one(question, letter).score.earned

    def test_too_many_options_are_left_to_grade_score(self) -> None:
        options: tuple[Option, ...] = (Key("a"), *(Distractor(f"d{n}") for n in range(10)))
        item = MultipleChoice(**STATED, type="multiple_choice", options=options)
        assert marking(asked(item, 1))["pays"] is None
        fewer = replace(item, options=options[:10])
        assert len(marking(asked(fewer, 1))["pays"]) == 2**10 - 1

    def test_bounds_are_exact(self) -> None:
        answer = NumberAnswer("0.3", Tolerance(absolute=0.1), "ms")
        check = check_of(ShortAnswer(**STATED, type="short_answer", answer=answer))
        assert check["due"] == {"value": "3/10", "bound": "1/10", "figures": None}
        assert check["units"] == ["ms"]

    @pytest.mark.parametrize("number", ["", "no number", "1/0"])
    def test_a_key_that_is_no_number_leaves_all_to_a_person(self, number: str) -> None:
        check = check_of(ShortAnswer(**STATED, type="short_answer", answer=NumberAnswer(number)))
        assert check["kind"] == "open"

    def test_formulas_and_patterns_are_left_to_python(self) -> None:
        misses = (NearMiss("no", formula="1"),)
        formula = ShortAnswer(**STATED, type="short_answer", answer=FormulaAnswer("2"), near_misses=misses)
        assert check_of(formula)["kind"] == "open"
        pattern = ShortAnswer(**STATED, type="short_answer", answer=TextAnswer("a", patterns=("b+",)))
        assert check_of(pattern)["is_open"]

    def test_a_unit_that_is_a_number_is_no_unit(self) -> None:
        answer = NumberAnswer("1", unit="pi")
        assert check_of(ShortAnswer(**STATED, type="short_answer", answer=answer))["units"] == []
