"""The strict YAML reader: what it takes, and the finding for each thing that it does not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import ClassVar, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import Finding
from grader.reading import RULES, Document, read_yaml
from grader.yaml_tree import MAX_BYTES, read_tree

STRICT: Mapping[str, str] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Circle:
    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT
    radius: float


@dataclass(frozen=True, slots=True)
class Square:
    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT
    side: float
    tilted: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT
    title: str
    size: int = 1
    scale: Fraction = Fraction(1)
    framed: bool = False
    tags: tuple[str, ...] = ()
    shapes: tuple[Circle | Square | Literal["blank"], ...] = ()
    level: Literal[1, 2, 3] = 1


Read = Callable[[str | bytes], Document[Drawing]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(text: str | bytes) -> Document[Drawing]:
        path = tmp_path / "drawing.yaml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_yaml(path, Drawing)

    return read


def only(document: Document[Drawing]) -> Finding:
    assert len(document.findings) == 1, document.findings
    return document.findings[0]


def drawing(document: Document[Drawing]) -> Drawing:
    assert not document.findings
    assert document.value is not None
    return document.value


# What is taken as meant.


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "1:30", "2020-01-01", "1_000", "=", "~x", "0o7"])
def test_words_that_yaml_once_gave_other_meanings_are_text(read: Read, word: str) -> None:
    assert drawing(read(f"title: {word}")).title == word


@pytest.mark.parametrize("digits", ["0.50", "007", "1e3", "-0", "12345678901234567890"])
def test_a_number_keeps_its_digits_where_text_is_wanted(read: Read, digits: str) -> None:
    assert drawing(read(f"title: {digits}\ntags: [{digits}, a]")).tags == (digits, "a")


def test_a_number_with_an_exponent_is_a_number(read: Read) -> None:
    assert drawing(read("title: a\nshapes: [{radius: 1e3}]")).shapes == (Circle(1000.0),)


def test_a_decimal_becomes_the_exact_fraction(read: Read) -> None:
    assert drawing(read("title: a\nscale: 0.1")).scale == Fraction(1, 10)


@pytest.mark.parametrize("change", ["\ufeff{}", "{}\n# end"])
def test_a_byte_order_mark_or_a_comment_changes_nothing(read: Read, change: str) -> None:
    assert drawing(read(change.format("title: a"))).title == "a"


def test_windows_line_endings_change_no_line_number(read: Read) -> None:
    assert only(read("title: a\r\nsize: 1\r\nframed: no\r\n")).line == 3


def test_json_may_be_indented_with_tabs(tmp_path: Path) -> None:
    path = tmp_path / "drawing.json"
    path.write_text('{\n\t"title": "a \\ud83d\\ude00"\n}', encoding="utf-8")
    assert read_yaml(path, Drawing).value == Drawing("a \N{GRINNING FACE}")


# One finding for each thing that does not fit.


@pytest.mark.parametrize(
    ("text", "line", "column", "rule", "said"),
    [
        ("title: a\nframed: no", 2, 9, "not-a-boolean", "`no` is text | write `false`"),
        ("title: a\nframed: Yes", 2, 9, "not-a-boolean", "`Yes` is text | write `true`"),
        ("titel: a", 1, 1, "unknown-field", "`titel` is not a field | did you mean `title`"),
        ("title: a\ncolour: red", 2, 1, "unknown-field", "`colour` | the fields are `title`, `size`"),
        ("size: 2", 1, 1, "missing-field", "`title` is missing | write `title:`"),
        ("title: a\ntitle: b", 2, 1, "duplicate-key", "second time (first in line 1) | keep one"),
        ("title: true", 1, 8, "wrong-kind", 'should be text, got `true` | `"true"`'),
        ("title:", 1, 7, "wrong-kind", "`title` should be text, got nothing | write text"),
        ("title: a\nsize: 1.5", 2, 7, "wrong-kind", "a whole number, got `1.5`"),
        ("title: a\nsize: big", 2, 7, "wrong-kind", "a whole number, got `big`"),
        ("title: a\nsize: " + "9" * 500, 2, 7, "wrong-kind", "a whole number"),
        ("title: a\nscale: 1/0", 2, 8, "wrong-kind", "a fraction such as 5/2, got `1/0`"),
        ("title: a\ntags: b", 2, 7, "wrong-kind", "a list, got `b` | `[b]`"),
        ("title: a\nlevel: 4", 2, 8, "unknown-value", "`4` is not known here | 1, 2 or 3"),
        ("title: a\nshapes: [{radius: 1e999}]", 2, 19, "wrong-kind", "a number, got `1e999`"),
        ("title: a\ntags: &x [b]", 2, 7, "yaml-alias", "`&x` is an anchor | take it out"),
        ("title: !!str 5", 1, 8, "yaml-tag", "`!!str` is a tag | quotes"),
        ("title: !!python/object/apply:os.getcwd []", 1, 8, "yaml-tag", "`!!python/"),
        ("", 1, 1, "file-empty", "empty"),
        ("# nothing yet", 1, 1, "file-empty", "empty"),
        ("title: a\n---\ntitle: b", 2, 1, "yaml-syntax", "second document"),
        ("title: a: b", 1, 9, "yaml-syntax", "`: ` | quotes"),
        ('title: "a', 1, 8, "yaml-syntax", "a quote is opened and not closed"),
        ('title: "\\lambda"', 1, 10, "yaml-syntax", "backslash | single quotes"),
        ("title: a\n\tsize: 1", 2, 1, "yaml-syntax", ""),
        ("title: @a", 1, 8, "yaml-syntax", "cannot begin | quotes"),
        ("title: a\ntags: [b", 2, 9, "yaml-syntax", "`[ ]` is not closed"),
        ("title: a\n size: 1", 2, 6, "yaml-syntax", ""),
        ("title: a\0", 1, 9, "yaml-syntax", "U+0000"),
        ("title: a\n[b]: c", 2, 1, "yaml-syntax", "a key must be a single word"),
        ("title: " + "[" * 5000, 1, 1, "yaml-syntax", "nested too deeply"),
        (b"title: caf\xe9", 1, 1, "file-unreadable", "not UTF-8"),
        ("title: a".encode("utf-16"), 1, 1, "file-unreadable", "not UTF-8"),
        (b"#" * (MAX_BYTES + 1), 1, 1, "file-unreadable", "larger than 2 MiB"),
    ],
)
def test_each_fault_has_one_finding(
    read: Read, text: str | bytes, line: int, column: int, rule: str, said: str
) -> None:
    finding = next(finding for finding in read(text).findings if finding.rule == rule)

    assert (finding.line, finding.column) == (line, column)
    what, _, cure = said.partition(" | ")
    assert what in finding.what
    assert cure in finding.cure
    assert finding.cure


@pytest.mark.parametrize(
    ("entry", "rule", "said"),
    [
        ("{radus: 1}", "unknown-field", "did you mean `radius`?"),
        ("{side: 1, tiltd: true}", "unknown-field", "did you mean `tilted`?"),
        ("{side: 1, tilted: off}", "not-a-boolean", "write `false`"),
        ("{side: far}", "wrong-kind", "write a number"),
        ("blnk", "unknown-value", "write `- radius: …` or `- side: …` or `blank`"),
        ("5", "unknown-value", "write `- radius: …` or `- side: …` or `blank`"),
        ("{radius: 1, side: 2}", "unknown-field", "take it out"),
    ],
)
def test_one_of_several_nouns_gets_one_finding_about_the_one_meant(
    read: Read, entry: str, rule: str, said: str
) -> None:
    finding = only(read(f"title: a\nshapes:\n  - blank\n  - {entry}"))

    assert (finding.line, finding.rule) == (4, rule)
    assert said in finding.cure


def test_all_faults_are_found_in_one_run(read: Read) -> None:
    findings = read("titel: a\nframed: no\nlevel: 9\nlevel: 1\ntags: &t [b]\nsize: *t").findings

    assert {finding.rule for finding in findings} == {
        "unknown-field",
        "not-a-boolean",
        "unknown-value",
        "duplicate-key",
        "yaml-alias",
        "wrong-kind",
    }
    assert len({(finding.line, finding.column) for finding in findings}) >= 6


def test_aliases_cannot_make_a_small_file_huge(read: Read) -> None:
    levels = [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9) if i else 'x'}]" for i in range(30)]

    rules = [finding.rule for finding in read("\n".join(levels)).findings]

    assert rules.count("yaml-alias") == 30 + 29 * 9


def test_a_missing_file_and_a_folder_are_findings(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        finding = only(read_yaml(path, Drawing))
        assert finding.rule == "file-unreadable"


def test_every_rule_has_a_page(read: Read) -> None:
    for page in RULES.values():
        assert [line.split(":")[0] for line in page.splitlines()] == ["What", "Why", "Cure"]


@given(st.text(st.sampled_from("ab:-[]{}&*!|>'\"%@` \t\n#,?0.\0é\u2028\ufeff"), max_size=60))
@settings(max_examples=300)
def test_no_text_makes_the_reader_fail(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(text, encoding="utf-8")

    document = read_yaml(path, Drawing)

    assert document.value is not None or document.findings
    for finding in document.findings:
        assert finding.line >= 1
        assert finding.column >= 1


# The place of a character within a text.


@pytest.mark.parametrize(
    "scalar",
    [
        "one two $x end",
        "'one ''two'' $x end'",
        '"one \\"two\\" \\n $x end"',
        '"one \\x41 \\u00e9 $x end"',
        "|\n    one two\n\n    three $x end",
        ">-\n    one two\n    three $x\n    end",
        "one\n    two\n    $x end",
    ],
)
def test_a_character_of_a_text_is_found_in_its_file(tmp_path: Path, scalar: str) -> None:
    path = tmp_path / "text.yaml"
    path.write_text(f"title: {scalar}\n", encoding="utf-8")
    tree = read_tree(path)

    line, column = tree.place_within(("title",), tree.data["title"].index("$x"))

    assert path.read_text("utf-8").splitlines()[line - 1][column - 1 :].startswith("$x")
