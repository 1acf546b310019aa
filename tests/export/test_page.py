"""The HTML of a paper: one file, whose parts a screen reader can name and walk through."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from grader.export.html import paper_html, solutions_html
from grader.model.form import Form

VOID = {"meta", "br", "hr", "img", "input", "link"}
NAMED = {"article", "section"}
BOXES = {"tick", "tick one", "line", "slot"}
MADE_FOR = [
    "prefers-color-scheme: dark",
    "@media print",
    "@page",
    "break-inside: avoid",
    "width=device-width",
]


class Outline(HTMLParser):
    """What a screen reader makes of a page: headings, names, and what is open where."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.named: list[str] = []
        self.unnamed: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if found.get("aria-labelledby"):
            self.named.append(str(found["aria-labelledby"]))
        elif not found.get("aria-label") and (tag in NAMED or found.get("role") in ("region", "group")):
            self.unnamed.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(params=[paper_html, solutions_html], ids=["paper", "solutions"])
def text(request: pytest.FixtureRequest, types_form: Form) -> str:
    return str(request.param(types_form))


@pytest.fixture
def outline(text: str) -> Outline:
    parser = Outline()
    parser.feed(text)
    parser.close()
    assert not parser.open
    return parser


def test_its_headings_go_down_one_level_at_a_time(outline: Outline) -> None:
    assert outline.levels[0] == 1
    assert outline.levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(outline.levels, outline.levels[1:], strict=False))


def test_every_region_has_a_name_that_is_there(outline: Outline) -> None:
    assert not outline.unnamed
    assert set(outline.named) <= set(outline.ids)
    assert len(set(outline.ids)) == len(outline.ids)


def test_it_has_a_language_a_title_and_one_main_part(outline: Outline, text: str) -> None:
    tags = [tag for tag, _ in outline.tags]
    assert outline.tags[0] == ("html", {"lang": "en"})
    assert tags.count("main") == 1
    assert "<title>Every type" in text


def test_headings_of_tables_say_what_they_head(outline: Outline) -> None:
    heads = [found for tag, found in outline.tags if tag == "th"]
    assert heads
    assert all(found.get("scope") in ("col", "row") for found in heads)


def test_boxes_are_for_the_eye_and_answers_are_named(outline: Outline, types_form: Form) -> None:
    boxes = [
        found for tag, found in outline.tags if found.get("class") in ("tick", "tick one", "line", "slot")
    ]
    assert all(found.get("aria-hidden") == "true" for found in boxes)
    labels = {found.get("aria-label") for _, found in outline.tags}
    assert {"Answer to Question 1", "Answer to Part (b)"} <= labels or not boxes


def test_it_is_one_file_that_runs_and_fetches_nothing(outline: Outline, text: str) -> None:
    for tag, found in outline.tags:
        assert tag not in ("script", "link", "img", "iframe")
        assert (found.get("href") or "#").startswith("#")
    addresses = re.findall(r"url\((?!data:)[^)]*\)|https?:[^\"' ]*", text)
    assert not addresses
    assert "url(data:font/woff2;base64,d09GMg" in text


def test_it_is_made_for_dark_screens_for_phones_and_for_paper(text: str) -> None:
    for told in (
        "prefers-color-scheme: dark",
        "@media print",
        "@page",
        "break-inside: avoid",
        "width=device-width",
    ):
        assert told in text


def test_a_heading_in_a_stem_stays_below_that_of_its_question(types_form: Form) -> None:
    section = types_form.sections[0]
    question = section.questions[0]
    item = replace(question.item, stem="# Big\n\nWhat is it?")
    form = replace(types_form, sections=(replace(section, questions=(replace(question, item=item),)),))
    assert "<h5>Big</h5>" in paper_html(form)


def stated(form: Form, stem: str) -> str:
    """The page of a paper whose first question has the stem."""
    section = form.sections[0]
    question = replace(section.questions[0], item=replace(section.questions[0].item, stem=stem))
    return paper_html(replace(form, sections=(replace(section, questions=(question,)),)))


def test_a_line_does_not_end_between_a_formula_and_what_touches_it(types_form: Form) -> None:
    text = stated(types_form, 'Of ($x$), $k$-means, $y$ and\n\n$$z.$$\n\n"$u$" all.')
    parts = re.findall(r'<span class="whole">(\(?)<math.*?</math>(.*?)</span>', text)
    assert parts == [("(", "),"), ("", "-means,"), ("", "&quot;")]


def test_numbers_have_a_minus_and_words_code_and_dates_their_hyphens(types_form: Form) -> None:
    text = stated(types_form, "From -2 to (-0.5), -.5: `-3`, 10-fold, 2024-01-02, x-1, $-4$.")
    assert "From −2 to (−0.5), −.5: <code>-3</code>, 10-fold, 2024-01-02, x-1, " in text
    assert 'encoding="application/x-tex">-4<' in text
