"""The house: imports go downhill, modules stay small, `assert` stays in tests."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "grader"

LAYERS = [
    {"errors"},
    {"model", "files", "archive"},
    {"yaml_tree"},
    {"reading"},
    {"sandbox", "quiz", "testing", "cells"},
    {"mistakes", "submission"},
    {"course", "bank", "curriculum", "layout", "progress", "slicing"},
    {"exam"},
    {"engine"},
    {"grading", "audit"},
    {"report", "export"},
    {"batch", "watching", "debugging", "release"},
    {"cli"},
    {"magic"},
]
"""The lowest first; a module imports from lower lines and from its own."""

NO_ROOMS = {"utils", "helpers", "common", "core", "base", "manager", "misc"}
MAX_LINES = 400


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def layer(name: str) -> int:
    return next(index for index, names in enumerate(LAYERS) if name in names)


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "grader" and len(parts) > 1 and not parts[1].startswith("__"):
                yield parts[1]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
class TestModule:
    def test_imports_go_downhill(self, path: Path) -> None:
        if path == PACKAGE / "__init__.py":
            assert not list(imported_rooms(ast.parse(path.read_text("utf-8"))))
            return
        own = room(path)
        for other in imported_rooms(ast.parse(path.read_text("utf-8"))):
            assert other == own or layer(other) < layer(own), f"{own} imports {other}"

    def test_says_what_it_is_in_one_sentence(self, path: Path) -> None:
        docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
        assert docstring.split("\n\n")[0].rstrip().endswith(".")

    def test_is_small_and_has_a_name_of_its_own(self, path: Path) -> None:
        assert len(path.read_text("utf-8").splitlines()) <= MAX_LINES
        assert path.stem not in NO_ROOMS

    def test_holds_no_assert(self, path: Path) -> None:
        tree = ast.parse(path.read_text("utf-8"))
        assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Assert)]

    def test_imports_nothing_inside_a_function(self, path: Path) -> None:
        tree = ast.parse(path.read_text("utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        inner = [
            node.lineno
            for function in functions
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        assert not inner

    def test_never_unpickles_or_evaluates(self, path: Path) -> None:
        """The worker alone runs code that it was given."""
        tree = ast.parse(path.read_text("utf-8"))
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        forbidden = {"pickle", "marshal", "dill", "eval", "exec"}
        allowed = {"exec"} if path == PACKAGE / "sandbox" / "worker.py" else set()
        assert names & forbidden <= allowed


def test_the_sandbox_knows_nothing_of_courses() -> None:
    for path in (PACKAGE / "sandbox").glob("*.py"):
        rooms = set(imported_rooms(ast.parse(path.read_text("utf-8"))))
        assert rooms <= {"sandbox", "errors"}, path.name


def test_every_room_has_its_line() -> None:
    rooms = {room(path) for path in modules()} - {"__init__"}
    assert rooms == set().union(*LAYERS)
