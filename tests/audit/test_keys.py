"""The proof of keys: every rule fires on a bank that breaks it, and none on a bank that is proved."""

from pathlib import Path
from typing import Any

import pytest

from grader.audit import keys, proofs
from grader.audit.keys import Proved, audit_keys, is_computable
from grader.audit.pages import rule_pages
from grader.bank import load_bank, read_bank
from grader.model.answer import NumberAnswer, NumberCell, TextAnswer
from grader.model.item import Parts, ShortAnswer, Table, TrueFalse

BANKS = Path(__file__).parent.parent / "courses" / "banks"
HEAD = "topic: t\nitems:\n  - id: a\n    explanation: e\n    difficulty: 1\n"


def audited(folder: Path) -> Proved:
    return audit_keys(folder, load_bank(folder))


def item_audited(tmp_path: Path, text: str) -> list[str]:
    """What is found in a bank of one item, as `line: rule: what`."""
    lines = "".join(f"    {line}\n" if line else "\n" for line in text.strip("\n").splitlines())
    (tmp_path / "t.yaml").write_text(HEAD + lines, "utf-8")
    bank, findings = read_bank(tmp_path)
    assert not findings
    return [f"{found.line}: {found.rule}: {found.what}" for found in audit_keys(tmp_path, bank).findings]


class TestBanks:
    def test_a_proved_bank_has_no_findings_and_is_counted(self) -> None:
        proved = audited(BANKS / "proved")

        assert proved.findings == []
        assert str(proved) == (
            "7 items, 5 with parameters (329 draws tried): 6 with a key that can be computed,"
            " 6 proved by a check; 1 statement that only a person can vouch for, by the source"
        )

    def test_each_fault_of_an_unproved_bank_is_found_at_its_place(self) -> None:
        proved = audited_once()

        assert sorted((found.line, found.rule, found.what.split("`")[1]) for found in proved.findings) == [
            (11, "check-fails", "a-slip"),
            (15, "no-check", "no-proof"),
            (26, "check-proves-nothing", "says-nothing"),
            (35, "check-proves-nothing", "looks-away"),
            (46, "check-fails", "stumbles"),
            (54, "check-fails", "hangs"),
            (65, "bad-draw", "undrawable"),
            (73, "bad-draw", "unprintable"),
            (80, "bad-draw", "all-traps"),
            (95, "distractor-is-right", "one-is-two"),
            (108, "check-fails", "wrong-is-right"),
            (117, "key-not-right", "no-value"),
            (123, "bad-draw", "twice"),
        ]
        assert (proved.items, proved.checked) == (13, 0)

    def test_a_failure_tells_the_draw_its_seed_and_the_line(self) -> None:
        found = next(one for one in audited_once().findings if "a-slip" in one.what)

        assert "does not hold: `assert answer == square`, with n = 17 (seed 22)" in found.what
        assert (found.line, found.column) == (11, 7)

    def test_every_rule_has_a_page(self) -> None:
        pages = rule_pages()

        assert {found.rule for found in audited_once().findings} <= pages.keys()
        assert keys.CURES.keys() <= pages.keys()


_ONCE: list[Proved] = []


def audited_once() -> Proved:
    if not _ONCE:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(proofs, "SECONDS", 1.5)
            _ONCE.append(audited(BANKS / "unproved"))
    return _ONCE[0]


class TestDraws:
    def test_all_draws_are_tried_where_they_are_few(self, tmp_path: Path) -> None:
        found = item_audited(
            tmp_path,
            """
type: short_answer
stem: "{{ n }}?"
params: {n: {from: 1, to: 150}}
answer: {number: "{{ n }}"}
check: |
  assert answer == n
  assert n != 150""",
        )

        assert len(found) == 1
        assert "with n = 150" in found[0]

    def test_two_hundred_seeds_are_tried_where_draws_are_many(self, tmp_path: Path) -> None:
        text = """
type: short_answer
stem: "{{ n }}?"
params: {n: {from: 1, to: 9999}}
answer: {number: "{{ n }}"}
check: assert answer == n"""
        item_audited(tmp_path, text)

        assert 190 <= audit_keys(tmp_path, load_bank(tmp_path)).draws <= 200

    def test_a_rare_draw_among_few_that_can_be_asked_is_found(self, tmp_path: Path) -> None:
        found = item_audited(
            tmp_path,
            """
type: true_false
stem: "{{ a }} {{ b }}?"
params: {a: {from: 1, to: 60}, b: {from: 1, to: 60}}
where: a + b == 61
answer: true
check: assert answer and a != 60""",
        )

        assert len(found) == 1
        assert "with a = 60, b = 1" in found[0]

    def test_a_near_miss_that_is_right_is_found_without_params_too(self, tmp_path: Path) -> None:
        (tmp_path / "t.yaml").write_text(
            HEAD + "    type: ordering\n    stem: s\n    steps: [one, two, One]\n", "utf-8"
        )
        bank, _ = read_bank(tmp_path)

        rules = [found.rule for found in audit_keys(tmp_path, bank).findings]
        assert rules == (["printed-twice"] if bank.items else [])

    def test_a_formula_that_breaks_with_a_value_in_it_is_found(self, tmp_path: Path) -> None:
        found = item_audited(
            tmp_path,
            """
type: short_answer
stem: Two is ${{ n }}$ of what?
params: {n: ['1/2', '{']}
answer: {number: 4}
check: assert answer == 4""",
        )

        assert len(found) == 1
        assert found[0].startswith("7: broken-tex: `a`: ")
        assert "with n = '{' (seed " in found[0]

    def test_what_is_allowed_at_its_line_is_not_told(self, tmp_path: Path) -> None:
        text = "topic: t\nitems:\n  - id: a # allow: no-check\n    explanation: e\n    difficulty: 1\n"
        (tmp_path / "t.yaml").write_text(
            text + "    type: short_answer\n    stem: s\n    answer: {number: 1}\n", "utf-8"
        )

        assert audited(tmp_path).findings == []


class TestChecks:
    @pytest.mark.parametrize(
        ("fields", "check"),
        [
            ("type: true_false\nstem: s\nanswer: true", "assert answer is True"),
            ("type: short_answer\nstem: s\nanswer: {number: 2.5}", "assert answer == 2.5 == keys[0]"),
            (
                "type: short_answer\nstem: s\nanswer: {number: 5/2 + 1/2}",
                "assert type(answer) is int and answer == 3",
            ),
            ("type: short_answer\nstem: s\nanswer: {shape: [2, 3]}", "assert answer == (2, 3)"),
            ("type: short_answer\nstem: s\nanswer: {text: yes}", "assert answer == 'yes'"),
            (
                "type: single_choice\nstem: s\noptions:\n  - {key: a, value: 1/2}\n  - {distractor: b}",
                "assert (answer, keys, distractors) == ([0.5], [0.5], ['b'])",
            ),
            (
                "type: multiple_choice\nstem: s\noptions:\n  - {distractor: a}\n  - {distractor: b}\n"
                "  - none_of_the_above",
                "assert keys == [] and distractors == ['a', 'b']",
            ),
            (
                "type: matching\nstem: s\npairs:\n  - {left: a, right: b}\n  - {left: c, right: d}",
                "assert answer == [['a', 'b'], ['c', 'd']]",
            ),
            ("type: ordering\nstem: s\nsteps: [a, b]", "assert answer == ['a', 'b']"),
            (
                "type: table\nstem: s\ncolumns: [x, y]\nrows:\n  - [a, {number: 1}]\n  - [b, {shape: [2]}]",
                "assert answer == [1, (2,)]",
            ),
            (
                "type: short_answer\nstem: s\nparams: {v: [[0.5, 2]], w: [relu]}\nanswer: {number: 1}",
                "assert v == [0.5, 2] and w == 'relu' and answer == 1",
            ),
            ("type: short_answer\nstem: s\nanswer: {number: 1}", "np.testing.assert_equal(answer, 1)"),
            (
                "type: short_answer\nstem: s\nanswer: {number: 1}",
                "assert answer == math.factorial(len(list(itertools.chain([Fraction(1)]))))",
            ),
        ],
    )
    def test_a_check_knows_the_draw_and_what_is_right(self, tmp_path: Path, fields: str, check: str) -> None:
        assert item_audited(tmp_path, f"{fields}\ncheck: |\n  {check}") == []

    @pytest.mark.parametrize(
        ("check", "said"),
        [
            ("assert answer == 2, 'two'", "does not hold: `assert answer == 2, 'two'` (two)"),
            (
                "def is_right(value): return value in (1, 3)",
                "says yes to 1, one of the near_misses",
            ),
            ("def is_right(value): return value > 3", "`is_right` says no to the key 3"),
            ("assert answer\n  raise SystemExit", "raises SystemExit: `raise SystemExit`"),
            ("assert open('/etc/passwd')", "raises PermissionError"),
            ("import os\n  assert os.fork()", "raises PermissionError"),
            ("assert answer == [0]*10**12", "raises MemoryError"),
        ],
    )
    def test_a_check_that_fails_says_how(self, tmp_path: Path, check: str, said: str) -> None:
        fields = "type: short_answer\nstem: s\nanswer: {number: 3}\nnear_misses: [{number: 1, feedback: f}]"

        (found,) = item_audited(tmp_path, f"{fields}\ncheck: |\n  {check}")

        assert "check-fails" in found
        assert said in found

    def test_a_check_cannot_reach_out(self, tmp_path: Path) -> None:
        trace = tmp_path / "trace"
        fields = "type: true_false\nstem: s\nanswer: true"

        (found,) = item_audited(tmp_path, f"{fields}\ncheck: |\n  assert open({str(trace)!r}, 'w')")

        assert "check-fails" in found
        assert not trace.exists()


class TestComputable:
    def short(self, answer: Any, **fields: Any) -> ShortAnswer:
        return ShortAnswer(type="short_answer", stem="", explanation="", answer=answer, **fields)

    def test_numbers_are_computable_and_words_are_not(self) -> None:
        assert is_computable(self.short(NumberAnswer("1")))
        assert not is_computable(self.short(TextAnswer("a")))

    def test_whatever_has_parameters_is_computable(self) -> None:
        statement = TrueFalse(type="true_false", stem="", explanation="", answer=True, params={"n": [1]})
        assert is_computable(statement)

    def test_a_table_or_an_item_of_parts_is_as_computable_as_what_is_in_it(self) -> None:
        table = Table(type="table", stem="", explanation="", columns=("a",), rows=((NumberCell("1"),),))
        assert is_computable(table)
        assert is_computable(Parts(type="parts", stem="", explanation="", parts=(table,)))
        assert not is_computable(Table(type="table", stem="", explanation="", columns=("a",), rows=(("b",),)))


OPTIONS = """
type: single_choice
stem: Which is right?
options:
  - key: two
    value: 2
  - distractor: three
    value: 3
  - distractor: five
    value: 5
"""


@pytest.mark.parametrize(
    ("check", "found"),
    [
        ("assert keys == [1 + 1]", []),
        ("assert keys != [1] and len(keys) == 1", ["a wrong answer as well: `[3]`"]),
        ("assert keys[0] < 5", ["a wrong answer as well: `[3]`"]),
        ("assert keys[0] in (2, 5)", ["a wrong answer as well: `[5]`"]),
    ],
)
def test_a_check_that_takes_any_distractor_for_the_key_proves_nothing(
    tmp_path: Path, check: str, found: list[str]
) -> None:
    told = item_audited(tmp_path, f"{OPTIONS}check: {check}\n")

    assert told == [f"15: check-proves-nothing: `a`: its check holds for {one}" for one in found]


def test_where_nothing_is_right_a_distractor_must_not_pass_for_a_key(tmp_path: Path) -> None:
    nothing_right = OPTIONS.replace("key: two", "distractor: two") + "  - none_of_the_above\n"

    assert not item_audited(tmp_path, f"{nothing_right}check: assert keys == []\n")


def test_of_two_items_with_one_id_one_is_counted(tmp_path: Path) -> None:
    item = "  - {id: a, type: true_false, stem: s, answer: true, explanation: e, difficulty: 1}\n"
    (tmp_path / "t.yaml").write_text(f"topic: t\nitems:\n{item}{item}", "utf-8")

    assert audit_keys(tmp_path, read_bank(tmp_path)[0]).items == 1
