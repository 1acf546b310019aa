"""Picks what an exercise's functions need from a notebook, so that plots, demos and training cost nothing."""

import ast
import symtable
import warnings
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from grader.model.exercise import Exercise
from grader.submission import Source

MAX_STATEMENTS = 5_000
"""Of a notebook with more of them all is run, as it stands."""
OUT_OF_ORDER = (
    "Cell {late} of the notebook was run before cell {early}, which stands above it. It is marked from top to"
    " bottom; `Restart kernel and run all cells` shows you what that gives."
)


@dataclass(frozen=True, slots=True)
class _Statement:
    """Lines `first` to `last` of the code: the names they bind, change and need."""

    first: int
    last: int
    binds: frozenset[str]
    changes: frozenset[str]
    needs: frozenset[str]
    imports: frozenset[str]
    is_definition: bool
    is_star: bool


def for_exercise(source: Source, exercise: Exercise) -> tuple[Source, tuple[str, ...]]:
    """What of a submission is marked for an exercise, and notes for its author; a `.py` file as it is.

    Of a notebook those statements are left that define the exercise's functions, or what these need, and all
    of the cells that are tagged for the exercise.
    """
    if source.cells is None:
        return source, ()
    statements = _statements(source.text)
    kept = statements and _needed(statements, source, exercise)
    if not kept:
        return source, _notes(source, range(1, len(source.cells) + 1))
    lines = {line for one in kept for line in range(one.first, one.last + 1)}
    text = "\n".join(
        line if number in lines else "" for number, line in enumerate(source.text.split("\n"), start=1)
    )
    return Source(text, source.name, source.cells, source.runs, source.tagged), _notes(source, lines)


def _needed(statements: Sequence[_Statement], source: Source, exercise: Exercise) -> list[_Statement]:
    """The statements to keep, in their order; none where the functions are not defined in plain sight."""
    wanted = set(exercise.functions)
    bound = {name for one in statements for name in one.binds}
    if not wanted & bound:
        return []
    by_name: dict[str, list[_Statement]] = defaultdict(list)
    imported = {name for one in statements for name in one.imports}  # which `plt.plot` does not change
    for one in statements:
        for name in one.binds | (one.changes - imported):
            by_name[name].append(one)
    own = [one for one in statements if one.is_star or _exercise_of(one, source) == exercise.id]
    if not wanted <= bound:  # one may be there under another name, which its author is then asked about
        own += [one for one in statements if one.is_definition]
    kept: set[int] = set()
    followed = set(wanted)
    waiting = [*own, *(one for name in sorted(wanted) for one in by_name[name])]
    while waiting:
        one = waiting.pop()
        if one.first in kept or (one.binds & wanted and _exercise_of(one, source) not in (None, exercise.id)):
            continue
        kept.add(one.first)
        waiting += [other for name in one.needs - followed for other in by_name[name]]
        followed |= one.needs
    return [one for one in statements if one.first in kept]


def _exercise_of(statement: _Statement, source: Source) -> str | None:
    """The exercise that the statement's cell is tagged for."""
    cells = source.cells or ()
    return dict(source.tagged).get(cells[statement.first - 1][0]) if statement.first <= len(cells) else None


def _notes(source: Source, lines: Collection[int]) -> tuple[str, ...]:
    """That the cells which the lines come from were not run from top to bottom."""
    runs, cells = dict(source.runs), source.cells or ()
    used = sorted({cells[line - 1][0] for line in lines if line <= len(cells)})
    counted = [(cell, run) for cell in used if (run := runs.get(cell)) is not None]
    for (early, before), (late, after) in pairwise(counted):
        if after < before:
            return (OUT_OF_ORDER.format(late=late, early=early),)
    return ()


# --- names -------------------------------------------------------------------------------------------------


def _statements(text: str) -> list[_Statement]:
    """The statements of the code; none where it does not parse, or hides what it binds."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            body = ast.parse(text).body
            if len(body) > MAX_STATEMENTS:
                return []
            lines = text.split("\n")
            return [_statement(group, lines) for group in _groups(body)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _groups(body: Sequence[ast.stmt]) -> Iterator[list[ast.stmt]]:
    """The statements, those on one line together."""
    group: list[ast.stmt] = []
    for node in body:
        if group and _first(node) > (group[-1].end_lineno or 0):
            yield group
            group = []
        group.append(node)
    if group:
        yield group


def _first(node: ast.stmt) -> int:
    """Where a statement begins, with its decorators."""
    return min([node.lineno, *(one.lineno for one in _decorators(node))])


def _decorators(node: ast.stmt) -> list[ast.expr]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return node.decorator_list
    return []


def _statement(nodes: Sequence[ast.stmt], lines: Sequence[str]) -> _Statement:
    first, last = _first(nodes[0]), nodes[-1].end_lineno or nodes[-1].lineno
    table = symtable.symtable("\n".join(lines[first - 1 : last]), "cell", "exec")
    binds = {one.get_name() for one in table.get_symbols() if one.is_assigned() or one.is_imported()}
    if any(one.is_declared_global() and one.is_assigned() for one in _inner(table)):
        raise ValueError("a function binds a global name, so who calls it matters")
    needs = {one.get_name() for one in table.get_symbols() if one.is_referenced()}
    needs |= {one.get_name() for one in _inner(table) if one.is_global() and one.is_referenced()}
    return _Statement(
        first,
        last,
        frozenset(binds),
        frozenset(name for node in nodes for name in _changed(node)),
        frozenset(needs),
        frozenset(one.get_name() for one in table.get_symbols() if one.is_imported()),
        any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in nodes),
        any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in nodes),
    )


def _inner(table: symtable.SymbolTable) -> Iterator[symtable.Symbol]:
    """The names in all functions and classes of a table."""
    for child in table.get_children():
        yield from child.get_symbols()
        yield from _inner(child)


def _changed(node: ast.stmt) -> Iterator[str]:
    """The names whose values a statement changes in place, as `table[i] = 1` and `table.append(1)` do."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return
    for inner in ast.walk(node):
        is_stored = isinstance(inner, ast.Subscript | ast.Attribute) and not isinstance(inner.ctx, ast.Load)
        target = inner if is_stored else None
        if isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Call):
            target = inner.value.func if isinstance(inner.value.func, ast.Attribute) else None
        while isinstance(target, ast.Subscript | ast.Attribute):
            target = target.value
        if isinstance(target, ast.Name):
            yield target.id
