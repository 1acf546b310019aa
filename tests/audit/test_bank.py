"""The audit of the bank: each rule fires on a course that breaks it, and only that one does."""

from collections import Counter
from pathlib import Path

import pytest

from grader.audit.bank import RULES, audit_bank
from grader.audit.content import Content, without_allowed
from grader.audit.coverage import coverage
from grader.audit.pages import rule_pages
from grader.curriculum import read_curriculum
from grader.errors import Finding
from tests.conftest import REPOSITORY, SMALL, append

BROKEN = Path(__file__).parent.parent / "courses" / "broken"
COURSES = sorted(folder.name for folder in BROKEN.iterdir())
TIMES = {"refers-to-position": 3, "unknown-scheme": 2, "blank-pays": 2, "verdict-in-feedback": 2}
"""How often a rule fires, where that is more than once."""


def names() -> set[str]:
    return {(rule.__doc__ or "").split("\n")[0] for rule in RULES}


@pytest.mark.parametrize("rule", COURSES)
def test_a_rule_fires_on_its_course_and_no_other_does(rule: str) -> None:
    found = Counter(finding.rule for finding in audit_bank(BROKEN / rule).findings)

    assert found == {rule: TIMES.get(rule, 1)}


def test_every_rule_has_a_course_and_a_page() -> None:
    assert names() <= set(COURSES)
    for name in names():
        page = rule_pages()[name]
        assert [line.split(":")[0] for line in page.splitlines() if line[:1].isupper()] == [
            "What",
            "Why",
            "Cure",
        ]


def test_a_finding_stands_where_the_id_does_and_says_what_to_do() -> None:
    [finding] = audit_bank(BROKEN / "key-is-longest").findings

    assert (finding.line, finding.column) == (3, 9)
    assert finding.what == "the key of `long` has 83 letters, the longest distractor 26"
    assert finding.cure == "shorten the key, or lengthen the distractors"


def test_a_scheme_that_pays_a_blank_says_how_much() -> None:
    told = [finding.what for finding in audit_bank(BROKEN / "blank-pays").findings]

    assert told == [
        "a blank answer to `decisions` earns 1/4 of its points",
        "a blank answer to `halved` earns 1/2 of its points",
    ]


def test_a_blueprint_that_pays_a_blank_is_found_too(small_course: Path) -> None:
    blueprint = small_course / "question_bank/blueprints/paying.yaml"
    section = "  - {title: B, type: multiple_choice, count: 1, scheme: every_decision}\n"
    blueprint.write_text(f"title: A\nminutes: 1\nsections:\n{section}", "utf-8")

    found = {(f.path, f.rule) for f in audit_bank(small_course).findings}

    assert (blueprint, "blank-pays") in found


def test_a_comment_allows_a_rule_on_its_line(small_course: Path) -> None:
    path = small_course / "question_bank/tiny.yaml"
    path.write_text("- id: a  # allow: duplicate-stem, few-keys\n- id: b # allow: few\n", "utf-8")

    def finding(line: int, rule: str) -> Finding:
        return Finding(path, line, 1, rule, "", "")

    both = [finding(line, rule) for line in (1, 2, 9) for rule in ("few-keys", "key-length")]
    kept = [(f.line, f.rule) for f in without_allowed(both)]

    assert kept == [(1, "key-length"), (2, "few-keys"), (2, "key-length"), (9, "few-keys"), (9, "key-length")]


def test_a_part_of_an_item_is_judged_like_an_item(small_course: Path) -> None:
    append(
        small_course / "question_bank/tiny.yaml",
        """
  - id: several
    type: parts
    stem: Let there be a fold.
    parts:
      - type: single_choice
        stem: Which of these is not a fold?
        options: [{key: a norm}, {distractor: a fold}]
        explanation: It is not.
    explanation: All of it.
    difficulty: 1
""",
    )

    [finding] = [f for f in audit_bank(small_course).findings if f.rule == "negative-stem"]

    assert finding.what.startswith("part (a) of `several` asks")


@pytest.mark.parametrize(
    ("key", "others", "told"),
    [
        ("a long key", ["short", "medium"], ["longest option in 20", "shortest option in 0"]),
        ("key", ["short", "medium"], ["longest option in 0", "shortest option in 20"]),
        ("middling", ["short", "a long one"], ["longest option in 0", "shortest option in 0"]),
        ("same", ["size", "here"], []),
    ],
)
def test_length_gives_no_key_away_in_either_direction(
    small_course: Path, key: str, others: list[str], told: list[str]
) -> None:
    options = "".join(f"      - distractor: {other}\n" for other in others)
    items = "".join(
        f"  - id: i{n}\n    type: single_choice\n    stem: Which {n}?\n    options:\n"
        f"      - key: {key}\n{options}    explanation: e\n    difficulty: 1\n"
        for n in range(20)
    )
    (small_course / "question_bank/lengths.yaml").write_text(f"topic: t\nitems:\n{items}", "utf-8")

    found = [f.what for f in audit_bank(small_course).findings if f.rule == "key-length"]

    assert found == [f"the key is the {one} items; by chance it would be in 7" for one in told]


def test_small_banks_are_not_judged_by_shares() -> None:
    assert not audit_bank(SMALL).findings


def test_an_empty_course_has_no_findings(tmp_path: Path) -> None:
    audited = audit_bank(tmp_path)

    assert not audited.findings
    assert not coverage(audited.content.curriculum, audited.content.sources)


class TestTheCurriculum:
    def test_the_shipped_lists_hold_every_entry_of_the_digests(self) -> None:
        curriculum, findings = read_curriculum(REPOSITORY / "question_bank")

        assert not findings
        counts = {
            digest.name: [sum(len(getattr(topic, kind)) for topic in digest.topics) for kind in KINDS]
            for digest in curriculum.digests
        }
        assert counts == {
            "000_003": [411, 172, 0, 109],
            "001": [373, 159, 59, 41],
            "002_004": [233, 80, 44, 28],
        }

    def test_coverage_counts_items_and_exercises(self) -> None:
        audited = audit_bank(BROKEN / "unknown-source").content
        rows = coverage(audited.curriculum, audited.sources)

        assert [(row.topic, row.kind, row.covered, row.missing) for row in rows] == [
            ("One", "facts", 1, ("F-2",)),
            ("One", "errata", 0, ("E-1",)),
        ]

    def test_without_a_list_no_source_is_unknown(self, small_course: Path) -> None:
        content = audit_bank(small_course).content

        assert content == Content(content.bank, exercises=content.exercises, blueprints=content.blueprints)

    def test_a_slip_in_a_list_is_a_finding(self, tmp_path: Path) -> None:
        folder = tmp_path / "curriculum"
        folder.mkdir()
        (folder / "001.yaml").write_text("title: A\ntopics:\n  - {title: B, fakts: [F-1]}\n", "utf-8")

        curriculum, [finding] = read_curriculum(tmp_path)

        assert not curriculum.digests
        assert finding.rule == "unknown-field"
        assert finding.cure == "did you mean `facts`?"


KINDS = ("facts", "errata", "templates", "exercises")
