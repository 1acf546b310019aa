"""The layout of YAML files: what they say stays, comments stay, and twice is once."""

import importlib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from grader.bank import load_bank
from grader.errors import UsageError
from grader.layout import formatted
from grader.layout.comments import comments
from grader.yaml_tree import Tree, read_tree, tree_of
from tests.cli.test_mark import grade
from tests.conftest import REPOSITORY

BANKS = Path(__file__).parent.parent / "courses" / "banks"
SHIPPED = REPOSITORY / "question_bank"
LAID_OUT = sorted([*SHIPPED.glob("*.yaml"), *SHIPPED.glob("blueprints/*.yaml")])
ITEMS = [BANKS / name for name in ("good/mixed.yaml", "types/types.yaml")]
OTHERS = [*ITEMS, *sorted(SHIPPED.glob("curriculum/*.yaml"))]
HERE = Path("some.yaml")


def laid_out(text: str) -> str:
    tree = tree_of(text, HERE)
    assert not tree.findings
    return formatted(tree)


def item(body: str) -> str:
    return f"topic: a\nitems:\n  - id: b\n{body}"


def told(tree: Tree) -> list[str]:
    return sorted(comment.text for comment in comments(tree))


@pytest.mark.parametrize("path", LAID_OUT, ids=lambda path: path.stem)
def test_a_shipped_file_is_laid_out_and_stays_as_it_is(path: Path) -> None:
    assert formatted(read_tree(path)) == path.read_text("utf-8")


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_what_a_file_says_stays_and_twice_is_once(path: Path) -> None:
    tree = read_tree(path)

    once = formatted(tree)
    again = tree_of(once, path)

    assert (again.data, again.typed, told(again)) == (tree.data, tree.typed, told(tree))
    assert formatted(again) == once


@pytest.mark.parametrize("path", ITEMS, ids=lambda path: path.stem)
def test_the_items_of_a_bank_stay_the_same(path: Path, tmp_path: Path) -> None:
    (tmp_path / path.name).write_text(formatted(read_tree(path)), "utf-8")

    before, after = load_bank(path.parent), load_bank(tmp_path)

    assert before.items
    assert after.items == before.items
    assert after.topics == before.topics


class TestOrder:
    def test_fields_come_in_one_order(self) -> None:
        text = "items:\n  - points: 2\n    source: [x]\n    stem: s\n    answer: true\n    id: b\ntopic: a\n"

        assert laid_out(text) == (
            "topic: a\nitems:\n  - id: b\n    stem: s\n    answer: true\n    source: [x]\n    points: 2\n"
        )

    def test_names_of_the_author_keep_theirs(self) -> None:
        body = "    let: {z: 1, a: z + 1}\n    params:\n      y: [1, 2]\n      b: [3]\n"

        assert laid_out(item(body)).endswith(
            "    params:\n      y: [1, 2]\n      b: [3]\n    let: {z: 1, a: z + 1}\n"
        )

    def test_an_empty_line_stands_before_every_item_but_the_first(self) -> None:
        text = "topic: a\n\nitems:\n\n  - id: b\n  - id: c\n\n\n  # next\n  - id: d\n"

        assert laid_out(text) == "topic: a\nitems:\n  - id: b\n\n  - id: c\n\n  # next\n  - id: d\n"


class TestTexts:
    LONG = "word " * 30 + "end"

    def test_a_long_text_is_folded_and_a_short_one_is_not(self) -> None:
        text = laid_out(item(f"    stem: {self.LONG}\n    explanation: >-\n      It\n      is.\n"))

        assert "    stem: >-\n      word word" in text
        assert "    explanation: It is.\n" in text
        assert max(map(len, text.splitlines())) <= 110

    def test_a_formula_stays_in_one_line(self) -> None:
        formula = r"$\sum_{i = 1}^{n} x_i + y_i = z + 1 + 2 + 3$"
        text = laid_out(item(f"    stem: {'word ' * 17}{formula} {'word ' * 5}end\n"))

        assert formula in text
        assert text.count("\n") > 4

    def test_a_formula_longer_than_a_line_is_broken_all_the_same(self) -> None:
        formula = f"${' + '.join('x' * 5 for _ in range(40))}$"
        text = laid_out(item(f"    stem: {formula}\n"))

        assert max(map(len, text.splitlines())) <= 110

    def test_lines_of_a_text_stay_lines(self) -> None:
        body = "    check: |\n      a = 1\n      if a:\n\n          b = 2\n"

        assert laid_out(item(body)) == item(body)

    @pytest.mark.parametrize(
        "value", ["0.50", "007", "1e3", '"5"', "'no'", "no", "~", "null", "2020-01-01", "1:30", "0x1F", "+.5"]
    )
    def test_what_was_typed_stays(self, value: str) -> None:
        assert f"    answer: {value}\n" in laid_out(item(f"    answer: {value}\n"))

    def test_lists_in_brackets_that_do_not_fit_get_a_line_each(self) -> None:
        entries = [f"entry {number}" for number in range(20)]
        text = laid_out(item(f"    source: [{', '.join(entries)}]\n"))

        assert "    source:\n      - entry 0\n      - entry 1\n" in text

    def test_a_list_of_sources_that_fits_goes_into_brackets(self) -> None:
        assert "    source: [a, b]\n" in laid_out(item("    source:\n      - a\n      - b\n"))


class TestComments:
    def test_stay_beside_what_they_stand_beside(self) -> None:
        text = """\
# yaml-language-server: $schema=bank.json
# A file.
topic: a  # its name
items:  # all
  # the first
  - id: b  # allow: key-is-longest
    points: 2  # few
    # why so
    stem: >-  # long
      It
      is.
    options:
      # the key
      - key: c  # right
      - distractor: "# d"
    # at the end of the item
  # before the next
  - id: e
# the end
"""
        assert (
            laid_out(text)
            == """\
# yaml-language-server: $schema=bank.json
# A file.
topic: a  # its name
items:  # all
  # the first
  - id: b  # allow: key-is-longest
    # why so
    stem: It is.  # long
    options:
      # the key
      - key: c  # right
      - distractor: "# d"
    points: 2  # few

  # at the end of the item
  # before the next
  - id: e
# the end
"""
        )

    def test_of_a_block_stand_in_its_first_line(self) -> None:
        body = "    check: |  # proof\n      a = 1  # code\n      b = 2\n"

        assert laid_out(item(body)) == item(body)

    def test_within_brackets_are_kept(self) -> None:
        text = laid_out(item("    source: [a,  # one\n      b]  # two\n"))

        assert "    # two\n    source: [a, b]  # one\n" in text

    def test_are_all_that_an_empty_file_may_hold(self) -> None:
        tree = tree_of("# nothing yet\n", HERE)

        assert formatted(tree) == "# nothing yet\n"


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n #:-'\"{}[]$\\`"),
    max_size=150,
)
fields = st.fixed_dictionaries(
    {"stem": texts},
    optional={
        "explanation": texts,
        "source": st.lists(texts, max_size=4),
        "options": st.lists(st.dictionaries(st.sampled_from(["key", "feedback"]), texts, min_size=1)),
        "points": st.integers(-5, 5) | st.floats(-5, 5) | st.booleans() | st.none(),
        "rows": st.lists(st.lists(texts, max_size=3), max_size=3),
    },
)


@given(st.lists(fields, min_size=1, max_size=3), st.booleans())
def test_whatever_a_file_says_stays(items: list[dict[str, Any]], is_flow: bool) -> None:
    data = {"topic": "a", "items": items}
    tree = tree_of(
        str(yaml.dump(data, default_flow_style=is_flow, allow_unicode=True, sort_keys=False)), HERE
    )
    assume(not tree.findings)

    once = formatted(tree)

    again = tree_of(once, HERE)
    assert (again.data, again.typed) == (tree.data, tree.typed)
    assert formatted(again) == once


class TestTheCommand:
    def test_changes_files_and_then_nothing(self, small_course: Path) -> None:
        path = small_course / "question_bank/tiny.yaml"
        path.write_text(path.read_text("utf-8") + "\n\n\n# end\n", "utf-8")

        would = grade(small_course, "fmt", "--check")
        done = grade(small_course, "fmt")
        again = grade(small_course, "fmt", "--check")

        assert (would.returncode, done.returncode, again.returncode) == (1, 0, 0)
        assert "tiny.yaml would change" in would.stdout
        assert "tiny.yaml was changed" in done.stdout
        assert again.stdout == "0 of 2 files would change\n"
        assert path.read_text("utf-8").endswith("\n# end\n")

    def test_changes_no_file_while_one_cannot_be_read(self, small_course: Path) -> None:
        good, bad = (small_course / "question_bank" / name for name in ("tiny.yaml", "bad.yaml"))
        good.write_text(good.read_text("utf-8") + "\n\n\n# end\n", "utf-8")
        bad.write_text("topic: a\ntopic: b\n", "utf-8")
        before = good.read_text("utf-8")

        done = grade(small_course, "fmt")

        assert done.returncode == 2
        assert "bad.yaml:2:1: duplicate-key" in done.stderr
        assert good.read_text("utf-8") == before

    def test_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def missing(name: str) -> Any:
            raise ImportError(name)

        monkeypatch.setattr(importlib, "import_module", missing)

        with pytest.raises(UsageError, match=r"pip install 'grade\[instructor\]'"):
            formatted(tree_of("topic: a\n", HERE))
