"""Reads a catalog of mistakes: each is the reference with a wrong function in place of the right one."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.errors import Finding
from grader.model.exercise import Mistake

MARK = "mistake"
CURE = 'write `@mistake("what it does", hint="a question that helps")` above the function'


@dataclass(frozen=True, slots=True)
class _Marked:
    """A function of the catalog with what its decorator says."""

    name: str
    hint: str
    function: ast.FunctionDef


def read_mistakes(path: Path, reference: str) -> tuple[tuple[Mistake, ...], list[Finding]]:
    """The mistakes in a `mistakes.py`, in order; the file is read, never run.

    Functions whose decorators bear the same name make one mistake together. Imports and undecorated functions
    belong to every mistake.
    """
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"), path.name)
    except SyntaxError as error:
        what = f"this is not Python: {error.msg}"
        cure = "mend this line"
        return (), [Finding(path, error.lineno or 1, error.offset or 1, "mistakes-unreadable", what, cure)]
    except ValueError:
        what, cure = "this is not UTF-8 text", "save it with the encoding UTF-8"
        return (), [Finding(path, 1, 1, "mistakes-unreadable", what, cure)]
    marked, findings = _marked(tree, path)
    shared = [node for node in tree.body if not _decorator(node) and not _imports_mark(node)]
    groups: dict[str, list[_Marked]] = {}
    for entry in marked:
        groups.setdefault(entry.name, []).append(entry)
    return tuple(_mistake(group, shared, reference) for group in groups.values()), findings


def _marked(tree: ast.Module, path: Path) -> tuple[list[_Marked], list[Finding]]:
    marked, findings = [], []
    for node in tree.body:
        call = _decorator(node)
        if not isinstance(node, ast.FunctionDef) or call is None:
            continue
        words = list(_words(call))
        if len(words) == 2 and all(word.strip() for word in words):
            marked.append(_Marked(words[0], words[1], node))
        else:
            what = f"the mistake at `{node.name}` needs a name and a hint, both written out"
            place = (path, call.lineno, call.col_offset + 1)
            findings.append(Finding(*place, "mistake-without-hint", what, CURE))
    return marked, findings


def _words(call: ast.Call) -> Iterator[str]:
    """The name and the hint, as far as they stand there as plain strings."""
    for node in (*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "hint")):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _decorator(node: ast.stmt) -> ast.Call | None:
    """The call of `mistake` above a function."""
    for decorator in getattr(node, "decorator_list", ()):
        match decorator:
            case ast.Call(func=ast.Name(id="mistake")):
                return decorator
    return None


def _imports_mark(node: ast.stmt) -> bool:
    if not isinstance(node, ast.ImportFrom):
        return False
    return node.module == "__future__" or any(alias.name == MARK for alias in node.names)


def _mistake(group: list[_Marked], shared: list[ast.stmt], reference: str) -> Mistake:
    wrong = []
    for entry in group:
        plain = ast.FunctionDef(**{**vars(entry.function), "decorator_list": []})
        wrong.append(ast.copy_location(plain, entry.function))
    text = ast.unparse(ast.fix_missing_locations(ast.Module([*shared, *wrong], type_ignores=[])))
    first = group[0]
    return Mistake(
        name=first.name,
        hint=first.hint,
        function=first.function.name,
        line=first.function.lineno,
        source=f"{reference}\n\n{text}\n",
    )


RULES = {
    "mistake-without-hint": """\
What: a `@mistake` lacks its name or its hint, or one of them is not a plain string.
Why: the name says what the code does, the hint is what a student who makes the mistake reads.
Cure: write `@mistake("sums over the batch instead of averaging", hint="By what do you divide?")`.""",
    "mistakes-unreadable": """\
What: `mistakes.py` is not valid Python in UTF-8.
Why: the catalog is read without being run, and a syntax error hides all of it.
Cure: mend the line named.""",
}
"""The pages of the rules of this module, for `grade explain`."""
