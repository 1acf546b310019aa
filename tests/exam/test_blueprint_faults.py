"""Blueprints that are wrong on purpose: every fault is found at its line, with a cure and a page."""

import re
from pathlib import Path

import pytest

from grader.audit.pages import rule_pages
from grader.bank import load_bank
from grader.exam.assembly import assemble
from grader.exam.blueprint import load_blueprint, read_blueprint
from grader.exam.kept import keep_choices
from grader.model.item import Bank
from tests.conftest import REPOSITORY, SMALL

FOLDER = Path(__file__).parent.parent / "courses" / "blueprints"
BROKEN = sorted(FOLDER.glob("*.yaml"))


def announced(text: str) -> list[tuple[int, str]]:
    """The findings that the lines of a file announce."""
    return [
        (number, found[1])
        for number, line in enumerate(text.splitlines(), 1)
        if (found := re.search(r"# ([a-z-]+)$", line))
    ]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_every_fault_is_found_at_its_line(path: Path, tmp_path: Path) -> None:
    text = path.read_text("utf-8")
    readable = [line for line in text.splitlines() if not line.endswith("# wrong-kind")]
    copy = tmp_path / path.name
    (tmp_path / "bounds.yaml").write_text((FOLDER / "bounds.yaml").read_text("utf-8"), "utf-8")
    copy.write_text("\n".join(readable) + "\n", "utf-8")

    _, findings = read_blueprint(copy, load_bank(SMALL / "question_bank"))

    assert [(finding.line, finding.rule) for finding in findings] == announced("\n".join(readable))
    assert all(finding.cure and finding.what for finding in findings)


def test_a_value_of_the_wrong_kind_is_told_with_what_is_wanted() -> None:
    _, (finding,) = read_blueprint(FOLDER / "sections.yaml", load_bank(SMALL / "question_bank"))

    assert (finding.line, finding.rule) == (9, "wrong-kind")
    assert finding.what == "`min` should be a whole number, got `1.5`"


@pytest.mark.parametrize(
    ("field", "what"),
    [
        ("points: many", "`points` should be a number or a fraction such as 5/2, got `many`"),
        ("points: {min: 1, mx: 2}", "`mx` is not a field here"),
        ("points: {min: few}", "`min` should be a number or a fraction such as 5/2, got `few`"),
        ("topics: {tiny: two}", "`tiny` should be a whole number, got `two`"),
        ("enemies: [[tiny-true, tiny-false], tiny-one]", "this entry should be a list, got `tiny-one`"),
        ("forms: two", "`forms` should be a whole number, got `two`"),
        ("form: 2", "`form` is not a field here"),
    ],
)
def test_a_slip_in_a_field_has_one_finding(tmp_path: Path, field: str, what: str) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(
        f"title: A\nminutes: 1\nsections: [{{title: B, type: true_false, count: 1}}]\n{field}\n", "utf-8"
    )

    (finding,) = read_blueprint(path, load_bank(SMALL / "question_bank"))[1]

    assert (finding.line, finding.what) == (4, what)


def test_every_rule_has_a_page() -> None:
    rules = {rule for path in BROKEN for _, rule in announced(path.read_text("utf-8"))} | {"shortage"}

    for rule in rules:
        assert {line.split(":")[0] for line in rule_pages()[rule].splitlines()} >= {"What", "Why", "Cure"}


def test_the_shipped_blueprints_have_no_fault(shipped_bank: Bank) -> None:
    for path in sorted((REPOSITORY / "question_bank" / "blueprints").glob("*.yaml")):
        assert read_blueprint(path, shipped_bank)[1] == []


class TestUsed:
    """Items of earlier papers are named one by one, or by the files that have them."""

    HEAD = "title: A\nminutes: 1\nsections: [{title: B, type: true_false, count: 1}]\n"

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("list.yaml", "[tiny-true, tiny-one]"),
            ("items.yaml", "items: [tiny-true, tiny-one]"),
            ("responses.yaml", "paper: x\nresponses:\n  tiny-true: true\n  tiny-one:\n"),
            ("responses.json", '{"responses": {"tiny-true": null, "tiny-one": "A"}}'),
            (
                "certificate.json",
                '{"version": 1, "forms": [{"form": "A", "sections": [["tiny-true"], ["tiny-one"]]}]}',
            ),
        ],
    )
    def test_a_file_is_read_from_beside_the_blueprint(self, tmp_path: Path, name: str, text: str) -> None:
        (tmp_path / name).write_text(text, "utf-8")
        path = tmp_path / "b.yaml"
        path.write_text(f"{self.HEAD}used: [{name}, tiny-number]\n", "utf-8")

        blueprint, findings = read_blueprint(path, load_bank(SMALL / "question_bank"))

        assert findings == []
        assert blueprint is not None
        assert blueprint.used == {"tiny-true", "tiny-one", "tiny-number"}

    def test_a_paper_that_was_made_before_is_named_by_its_id(self, small_course: Path) -> None:
        bank = load_bank(small_course / "question_bank")
        form = assemble(load_blueprint(small_course, "tiny", bank), bank, 4)
        keep_choices(small_course, [form])
        path = small_course / "question_bank/blueprints/next.yaml"
        path.write_text(f"{self.HEAD}used: [{form.id}]\n", "utf-8")

        used = load_blueprint(small_course, "next", bank).used

        assert used == {question.item.id for question in form.questions}

    @pytest.mark.parametrize("paper", ["tiny-4-3f9a1c", "tiny-4-B3-3f9a1c", "..-4-3f9a1c"])
    def test_a_paper_that_is_not_kept_is_told_and_how_else_to_name_it(
        self, small_course: Path, paper: str
    ) -> None:
        path = small_course / "question_bank/blueprints/next.yaml"
        path.write_text(f"{self.HEAD}used: [{paper}]\n", "utf-8")

        _, (finding,) = read_blueprint(path, load_bank(small_course / "question_bank"), course=small_course)

        assert (finding.line, finding.rule) == (4, "unread-paper")
        assert finding.what.startswith(f"the paper `{paper}` is not kept in `.grade/papers`")
        assert finding.cure.startswith("name a responses file")

    def test_what_is_kept_of_a_paper_and_damaged_is_told(self, small_course: Path) -> None:
        kept = small_course / ".grade/papers/tiny-4-3f9a1c.json"
        kept.parent.mkdir(parents=True)
        path = small_course / "question_bank/blueprints/next.yaml"
        path.write_text(f"{self.HEAD}used: [tiny-4-3f9a1c]\n", "utf-8")
        for text in ("", "[]", '{"items": 3}', '{"items": [[1]]}', "\udcff"):
            kept.write_bytes(text.encode("utf-8", "surrogateescape"))
            _, (finding,) = read_blueprint(path, course=small_course)
            assert finding.rule == "unread-paper"
