"""A catalog of mistakes is read, not run, and each mistake becomes a whole submission."""

from pathlib import Path

import pytest

from grader.mistakes import read_mistakes

REFERENCE = "import math\n\n\ndef f(x):\n    return math.sqrt(x)\n\n\ndef g(x):\n    return x\n"


def read(folder: Path, text: str) -> tuple[list[str], list[str]]:
    """The names of the mistakes, and the rules that were broken."""
    path = folder / "mistakes.py"
    path.write_text(text, "utf-8")
    mistakes, findings = read_mistakes(path, REFERENCE)
    return [mistake.name for mistake in mistakes], [finding.rule for finding in findings]


def run(source: str) -> dict[str, object]:
    namespace: dict[str, object] = {}
    exec(source, namespace)
    return namespace


def test_a_mistake_replaces_one_function_and_keeps_the_others(tmp_path: Path) -> None:
    path = tmp_path / "mistakes.py"
    path.write_text(
        "from grader.testing import mistake\nimport math\n\nSHIFT = 1\n\n"
        "def helper(x):\n    return x + SHIFT\n\n"
        '@mistake("adds one", hint="Why?")\ndef f(x):\n    return helper(math.floor(x))\n\n'
        '@mistake("is silent", hint="What?")\ndef g(x):\n    return None\n',
        "utf-8",
    )
    (first, second), findings = read_mistakes(path, REFERENCE)
    assert not findings
    assert (first.name, first.hint, first.function, first.line) == ("adds one", "Why?", "f", 10)
    space = run(first.source)
    assert (space["f"](1.5), space["g"](4)) == (2, 4)  # type: ignore[operator]
    space = run(second.source)
    assert (space["f"](4), space["g"](4)) == (2, None)  # type: ignore[operator]


def test_functions_of_one_name_make_one_mistake(tmp_path: Path) -> None:
    text = '@mistake("both", hint="h")\ndef f(x): ...\n@mistake("both", hint="h")\ndef g(x): ...\n'
    assert read(tmp_path, text) == (["both"], [])


@pytest.mark.parametrize(
    "decorator",
    ['@mistake("no hint")', '@mistake("", hint="h")', '@mistake("n", hint=" ")', "@mistake(NAME, hint=H)"],
)
def test_a_mistake_without_name_or_hint_is_a_finding(tmp_path: Path, decorator: str) -> None:
    assert read(tmp_path, f"{decorator}\ndef f(x): ...\n") == ([], ["mistake-without-hint"])


def test_a_catalog_that_is_no_python_is_a_finding_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mistakes.py"
    path.write_text("x = 1\ndef f(:\n", "utf-8")
    mistakes, (finding,) = read_mistakes(path, REFERENCE)
    assert not mistakes
    assert (finding.rule, finding.line) == ("mistakes-unreadable", 2)


def test_the_catalog_is_not_run(tmp_path: Path) -> None:
    assert read(tmp_path, 'raise SystemExit\n@mistake("a", hint="b")\ndef f(x): ...\n') == (["a"], [])
