"""Text from a submission drives neither a terminal nor a CI log."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.sandbox.text import UNSEEN, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("two\n\tlines\r\n", "two\n\tlines\n"),
        ("Grüße, 世界", "Grüße, 世界"),
        ("\x1b[2J", "\\x1b[2J"),
        ("over\rwrite", "over\\rwrite"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\ud800", "\\ud800"),
        ("nul\0", "nul\\x00"),
        ("hidden\U000e0141\ufe0f\u3164", "hidden\\U000e0141\\ufe0f\\u3164"),
        ("not assigned \u0378", "not assigned \\u0378"),
        ("::error::mine", "\\::error::mine"),
        ("one\n  ::set-env name=A::b", "one\n  \\::set-env name=A::b"),
        ("\n\n::stop-commands::x", "\n\n\\::stop-commands::x"),
        ("see ##[error]here", "see #\\#[error]here"),
        ("##vso[task.complete result=Succeeded;]", "#\\#vso[task.complete result=Succeeded;]"),
        ("## A heading [1]", "## A heading [1]"),
        ("std::vector", "std::vector"),
    ],
)
def test_what_would_be_acted_on_is_escaped(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(st.sampled_from(" \t\n\r:#[]ab\x1b\u00a0\u202e\ud800\u2028")) | st.text())
@example("\u00a0::x")
def test_nothing_is_left_that_acts(text: str) -> None:
    shown = printable(text)
    assert all(c in "\n\t" or unicodedata.category(c) not in UNSEEN for c in shown)
    assert not any(line.lstrip().startswith("::") for line in shown.split("\n"))
    assert not re.search(r"##\w*\[", shown)
    shown.encode("utf-8")
