"""Pictures: what is drawn adds up, is told to those who do not see it, and escapes what it is given."""

import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.exam.certificate import Placed
from grader.model.score import show_points
from grader.report.pictures import ItemRow, blueprint_overview, item_results, score_histogram
from grader.report.pictures.drawing import WIDTH, wrapped
from grader.report.pictures.histogram import MOST_BARS, binned
from grader.report.pictures.items import VERDICTS, counts_of

GOLDEN = Path(__file__).parent / "golden"
REFRESH = "GRADE_REFRESH_GOLDEN"
HOSTILE = "</title><script>alert(1)</script>\x00\x1b[31m\u202e\ud800&\"'"
SVG = "{http://www.w3.org/2000/svg}"

SCORES = [Fraction(n) for n in (12, 40, 55, 55, 58, 61, 63, 64, 70, 71, 78, 83, 90, 100)]
ROWS = [
    ItemRow("conv-output-shape", right=20, partly=4, wrong=5, blank=1, waiting=0),
    ItemRow("bptt-essay", right=0, partly=3, wrong=0, blank=7, waiting=20),
    ItemRow("new-item", right=0, partly=0, wrong=0, blank=0, waiting=0),
]
FORMS = {
    "A": [
        Placed("losses", 1, Fraction(2)),
        Placed("losses", 1, Fraction(4)),
        Placed("gates", 5, Fraction(8)),
    ],
    "B": [Placed("losses", 2, Fraction(2)), Placed("layer and batch normalization", 3, Fraction(1, 2))],
}
PICTURES = {
    "histogram": score_histogram(SCORES, Fraction(100)),
    "histogram-small": score_histogram([Fraction(n) for n in (0, 3, 8, 8)], Fraction(8)),
    "histogram-empty": score_histogram([], Fraction(22)),
    "items": item_results(ROWS),
    "overview": blueprint_overview(FORMS),
}


def parsed(picture: str) -> ET.Element:
    return ET.fromstring(picture)


def boxes(picture: str, look: str) -> list[dict[str, float]]:
    names = ("x", "y", "width", "height")
    found = parsed(picture).findall(f"{SVG}rect[@class='{look}']")
    return [{name: float(box.attrib[name]) for name in names} for box in found]


def texts(picture: str) -> list[str]:
    return [text.text or "" for text in parsed(picture).findall(f"{SVG}text")]


def told(picture: str) -> str:
    return parsed(picture).findtext(f"{SVG}desc") or ""


@pytest.mark.parametrize("name", PICTURES)
class TestEveryPicture:
    def test_has_the_bytes_of_its_golden_file(self, name: str) -> None:
        path = GOLDEN / f"{name}.svg"
        if REFRESH in os.environ:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(PICTURES[name].encode())
        assert path.read_bytes() == PICTURES[name].encode()

    def test_is_an_image_with_a_title_and_a_description(self, name: str) -> None:
        picture = parsed(PICTURES[name])
        ids = {element.attrib["id"] for element in picture.iter() if "id" in element.attrib}
        assert picture.attrib["role"] == "img"
        assert set(picture.attrib["aria-labelledby"].split()) <= ids
        assert picture[0].tag == f"{SVG}title"
        assert told(PICTURES[name])

    def test_needs_nothing_else_and_runs_nothing(self, name: str) -> None:
        text = PICTURES[name].replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"script|https?:|@import|href|\bon\w+=", text)
        assert not re.search(r"url\((?!#)", text)

    def test_scales_and_follows_dark_screens(self, name: str) -> None:
        picture = parsed(PICTURES[name])
        assert picture.attrib["viewBox"].startswith(f"0 0 {WIDTH} ")
        assert not {"width", "height"} & picture.attrib.keys()
        assert "prefers-color-scheme: dark" in PICTURES[name]

    def test_draws_nothing_outside_of_itself(self, name: str) -> None:
        picture = parsed(PICTURES[name])
        height = float(picture.attrib["viewBox"].split()[-1])
        for box in picture.findall(f"{SVG}rect"):
            x, y, wide, tall = (float(box.attrib[key]) for key in ("x", "y", "width", "height"))
            assert 0 <= x <= x + wide <= WIDTH
            assert 0 <= y <= y + tall <= height
        for words in picture.findall(f"{SVG}text"):
            assert 0 <= float(words.attrib["x"]) <= WIDTH
            assert 8 <= float(words.attrib["y"]) <= height


def test_two_pictures_on_a_page_have_ids_of_their_own() -> None:
    ids = [re.findall(r' id="([^"]*)"', picture) for picture in PICTURES.values()]
    every = [name for own in ids for name in own]
    assert len(every) == len(set(every))


@pytest.mark.parametrize(
    "picture",
    [
        item_results([ItemRow(HOSTILE, 1, 1, 1, 1, 1)]),
        blueprint_overview({HOSTILE: [Placed(HOSTILE, 3, Fraction(1))]}),
    ],
    ids=["items", "overview"],
)
def test_what_it_is_given_is_text_and_never_markup(picture: str) -> None:
    assert parsed(picture).find(f".//{SVG}script") is None
    assert "alert(1)" in told(picture)
    assert not re.search("[\x00\x1b\u202e\ud800]", picture)
    picture.encode("utf-8")


class TestHistogram:
    wholes = st.lists(st.integers(-5, 100), max_size=40).map(lambda own: [Fraction(n) for n in own])
    parts = st.lists(st.fractions(-3, 40, max_denominator=6), max_size=40)

    @given(scores=wholes | parts, possible=st.integers(0, 120).map(Fraction))
    @settings(max_examples=60, deadline=None)
    def test_every_score_is_in_one_bin_and_bars_are_as_tall_as_their_counts(
        self, scores: list[Fraction], possible: Fraction
    ) -> None:
        bins = binned(scores, possible)
        assert sum(one.count for one in bins) == len(scores)
        assert len(bins) <= MOST_BARS + 1
        picture = score_histogram(scores, possible)
        bars = boxes(picture, "bar")
        counts = [one.count for one in bins if one.count]
        assert len(bars) == len(counts)
        tallest = max((bar["height"] for bar in bars), default=0)
        for bar, count in zip(bars, counts, strict=True):
            assert bar["height"] == pytest.approx(tallest * count / max(counts), abs=0.02)
            assert bar["width"] > 0
        shown = texts(picture)
        assert all(str(count) in shown for count in counts)

    @given(scores=st.lists(st.integers(0, 30), min_size=1, max_size=9), possible=st.integers(30, 40))
    @settings(max_examples=30, deadline=None)
    def test_the_median_is_told_and_its_line_stands_between_the_ends(
        self, scores: list[int], possible: int
    ) -> None:
        picture = score_histogram([Fraction(n) for n in scores], Fraction(possible))
        middle = show_points(median(Fraction(n) for n in scores))
        assert f"median {middle}" in texts(picture)
        assert f"Median {middle}," in told(picture)
        (line,) = parsed(picture).findall(f"{SVG}line[@class='dashed']")
        assert 0 < float(line.attrib["x1"]) < WIDTH

    def test_full_marks_are_in_the_last_bin_and_an_edge_counts_above(self) -> None:
        bins = binned([Fraction(n) for n in (0, 10, 90, 100)], Fraction(100))
        assert [one.count for one in bins] == [1, 1, 0, 0, 0, 0, 0, 0, 0, 2]

    def test_it_says_where_a_score_on_an_edge_counts(self) -> None:
        says = "points of {}; a score on an edge counts to its right"
        assert says.format(23) in texts(score_histogram([Fraction(23)], Fraction(23)))
        assert f"{says.format(100)}, full marks to the left" in texts(score_histogram([], Fraction(100)))

    def test_a_few_whole_points_have_a_bar_each(self) -> None:
        bins = binned([Fraction(7), Fraction(8), Fraction(8)], Fraction(8))
        assert [(int(one.low), int(one.high), one.count) for one in bins[-2:]] == [(7, 7, 1), (8, 8, 2)]
        assert "7 points: 1 student; 8 points: 2 students." in told(
            score_histogram([Fraction(7), Fraction(8), Fraction(8)], Fraction(8))
        )

    def test_nobody_one_and_a_thousand_students(self) -> None:
        assert "No scores yet." in texts(score_histogram([], Fraction(100)))
        assert "1 student, 100 points possible" in told(score_histogram([Fraction(3)], Fraction(100)))
        many = [Fraction(n % 101) for n in range(1000)]
        assert "1000 students" in told(score_histogram(many, Fraction(100)))

    def test_all_alike_are_one_bar(self) -> None:
        (bar,) = boxes(score_histogram([Fraction(22)] * 30, Fraction(22)), "bar")
        assert bar["height"] == 140

    def test_nothing_to_earn_is_a_picture_too(self) -> None:
        assert "points of 0" in texts(score_histogram([Fraction(0)], Fraction(0)))

    def test_below_zero_and_above_all_are_on_the_scale(self) -> None:
        shown = texts(score_histogram([Fraction(-7), Fraction(130)], Fraction(100)))
        assert {"−20", "140"} <= {*shown}


class TestItems:
    numbers = st.integers(0, 400)
    row = st.builds(ItemRow, st.just("item"), numbers, numbers, numbers, numbers, numbers)

    @given(rows=st.lists(row, min_size=1, max_size=5))
    @settings(max_examples=40, deadline=None)
    def test_the_parts_of_a_bar_add_up_to_its_width_as_their_counts_do(self, rows: Sequence[ItemRow]) -> None:
        picture = item_results(rows)
        wide = {
            look: [box["width"] for box in boxes(picture, look) if box["height"] == 12] for look in VERDICTS
        }
        for look in VERDICTS:
            if look != "blank":
                assert len(wide[look]) == sum(counts_of(row)[look] > 0 for row in rows)
        assert sum(map(sum, wide.values())) == pytest.approx(len(rows) * (WIDTH - 1), abs=0.05 * len(rows))
        for row in rows:
            every = sum(counts_of(row).values())
            for look, count in counts_of(row).items():
                if count:
                    share = (WIDTH - 1) * count / every
                    assert any(own == pytest.approx(share, abs=0.02) for own in wide[look])

    def test_every_number_has_its_word_below_the_bar(self) -> None:
        shown = texts(PICTURES["items"])
        assert "20 right · 4 partly right · 5 wrong · 1 left blank" in shown
        assert "3 partly right · 7 left blank · 20 waiting for a person" in shown
        assert "no answers" in shown

    def test_the_legend_names_what_there_is_and_no_more(self) -> None:
        shown = texts(item_results([ItemRow("one", 3, 0, 0, 0, 0)]))
        assert shown == ["right", "one", "3 right"]

    def test_no_items_are_told(self) -> None:
        assert texts(item_results([])) == ["No items yet."]


class TestOverview:
    def test_each_form_tells_its_questions_and_points_of_each_level(self) -> None:
        shown = texts(PICTURES["overview"])
        place = shown.index("form A: questions")
        assert shown[place : place + 7] == ["form A: questions", "2", "0", "0", "0", "1", "3"]
        place = shown.index("form B: points")
        assert shown[place : place + 7] == ["form B: points", "0", "2", "0.5", "0", "0", "2.5"]

    def test_those_who_do_not_see_it_are_told_the_same(self) -> None:
        assert "Form A: 3 questions, 14 points. 2 of difficulty 1, 1 of difficulty 5." in told(
            PICTURES["overview"]
        )
        assert "By topic: gates 1, losses 2." in told(PICTURES["overview"])

    @given(
        forms=st.lists(
            st.lists(st.builds(Placed, st.sampled_from("abcd"), st.integers(1, 5), st.just(Fraction(2)))),
            max_size=7,
        )
    )
    @settings(max_examples=40, deadline=None)
    def test_the_numbers_in_the_cells_add_up_to_the_questions(self, forms: list[list[Placed]]) -> None:
        picture = blueprint_overview(dict(zip("ABCDEFG", forms, strict=False)))
        cells = [box for look in ("first", "second", "third") for box in boxes(picture, look)]
        placed = [(name, one.topic, one.difficulty) for name, own in enumerate(forms) for one in own]
        assert len(cells) == len(set(placed))
        shown = texts(picture)
        for form, own in zip("ABCDEFG", forms, strict=False):
            place = shown.index(f"form {form}: questions")
            numbers = [int(text) for text in shown[place + 1 : place + 7]]
            assert (sum(numbers[:5]), numbers[5]) == (len(own), len(own))

    def test_a_single_form_has_no_letter(self) -> None:
        assert "questions" in texts(blueprint_overview({"": FORMS["A"]}))

    def test_many_forms_stand_below_each_other(self) -> None:
        shown = texts(blueprint_overview(dict.fromkeys("ABCDE", FORMS["A"])))
        assert shown.count("topic") == 2
        assert "form E: points" in shown

    def test_a_bank_without_topics_is_a_picture_too(self) -> None:
        assert parsed(blueprint_overview({"A": []})).tag == f"{SVG}svg"
        assert parsed(blueprint_overview({})).tag == f"{SVG}svg"


class TestWrapping:
    @given(text=st.text(max_size=80), lines=st.integers(1, 3))
    @settings(deadline=None)
    def test_a_text_has_no_more_lines_than_there_is_room_for(self, text: str, lines: int) -> None:
        found = wrapped(text, 120, 11, lines)
        assert 1 <= len(found) <= lines
        assert all(len(line) <= 20 for line in found)

    def test_a_short_text_stays_whole(self) -> None:
        assert wrapped("layer and batch normalization", 120, 11, 2) == ["layer and batch", "normalization"]

    def test_what_is_left_over_is_an_ellipsis(self) -> None:
        assert wrapped("卷积神经网络的输出形状是什么", 66, 11) == ["卷积神经网…"]
