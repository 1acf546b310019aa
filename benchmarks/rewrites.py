"""Writes a mistake as another student would: harmless changes that leave what the code gives as it is.

And two mistakes at once: of two functions, or of two parts of one.
"""

import ast
from collections.abc import Callable, Iterator

IMPURE = {"append", "extend", "pop", "insert", "sort", "fill", "update", "remove"}
SWAPPED = {ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE}


def rewritten(text: str, change: Callable[[ast.FunctionDef], None]) -> str:
    """A program of which each function is changed."""
    tree = ast.parse(text)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            change(node)
    return ast.unparse(ast.fix_missing_locations(tree))


def renamed(function: ast.FunctionDef) -> None:
    """Calls each local variable something else."""
    taken = {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
    inner = {node.name for node in ast.walk(function) if isinstance(node, ast.FunctionDef)}
    names = [node for node in ast.walk(function) if isinstance(node, ast.Name)]
    local = {node.id for node in names if isinstance(node.ctx, ast.Store)} - taken - inner
    for node in names:
        if node.id in local:
            node.id = f"my_{node.id}"


def swapped(function: ast.FunctionDef) -> None:
    """Writes products and comparisons the other way round, and a square as a product."""
    _Swap().visit(function)


class _Swap(ast.NodeTransformer):
    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.Mult):
            return ast.BinOp(node.right, ast.Mult(), node.left)
        is_square = isinstance(node.op, ast.Pow) and isinstance(node.left, ast.Name)
        if is_square and isinstance(node.right, ast.Constant) and node.right.value == 2:
            return ast.BinOp(node.left, ast.Mult(), node.left)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        other = SWAPPED.get(type(node.ops[0]))
        if len(node.ops) == 1 and other:
            return ast.Compare(node.comparators[0], [other()], [node.left])
        return node


def reordered(function: ast.FunctionDef) -> None:
    """Exchanges neighbors that assign to variables of which the other knows nothing."""
    for node in ast.walk(function):
        for field in ("body", "orelse"):
            block = getattr(node, field, None)
            if isinstance(block, list):
                _exchange(block)


def _exchange(block: list[ast.stmt]) -> None:
    place = 0
    while place + 1 < len(block):
        first, second = block[place], block[place + 1]
        if _are_independent(first, second):
            block[place], block[place + 1] = second, first
            place += 1
        place += 1


def _are_independent(first: ast.stmt, second: ast.stmt) -> bool:
    if not (isinstance(first, ast.Assign) and isinstance(second, ast.Assign)):
        return False
    if not (_is_plain(first) and _is_plain(second)):
        return False
    return not (_names(first, ast.Store) & _names(second)) and not (_names(second, ast.Store) & _names(first))


def _is_plain(statement: ast.Assign) -> bool:
    """Whether it gives names to values and does nothing else; a walrus or a method may."""
    targets = [part for target in statement.targets for part in getattr(target, "elts", [target])]
    inside = list(ast.walk(statement.value))
    return (
        all(isinstance(target, ast.Name) for target in targets)
        and not any(isinstance(node, ast.Attribute) and node.attr in IMPURE for node in inside)
        and not any(isinstance(node, ast.NamedExpr) for node in inside)
    )


def _names(node: ast.AST, context: type[ast.expr_context] = ast.expr_context) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, context)}


def with_named_result(function: ast.FunctionDef) -> None:
    """Gives each result a name before it is returned."""
    _NameResult().visit(function)


class _NameResult(ast.NodeTransformer):
    def visit_Return(self, node: ast.Return) -> list[ast.stmt] | ast.stmt:
        if node.value is None:
            return node
        named = ast.Assign([ast.Name("answer", ast.Store())], node.value)
        return [named, ast.Return(ast.Name("answer", ast.Load()))]


def all_of_them(function: ast.FunctionDef) -> None:
    """All harmless changes, one after another."""
    for change in (reordered, swapped, with_named_result, renamed):
        change(function)


REWRITES: dict[str, Callable[[ast.FunctionDef], None]] = {
    "other names": renamed,
    "expressions turned round": swapped,
    "statements in another order": reordered,
    "results with names": with_named_result,
    "all of these": all_of_them,
}


# --- two at once -------------------------------------------------------------------------------------------


def together(first: str, second: str, reference: str) -> str:
    """Two mistakes of different functions in one program."""
    return first + "\n\n" + second.removeprefix(reference)


RESULTS = """

{first}

_first = {name}

{second}

_second = {name}


def {name}(*arguments, **named):
    from copy import deepcopy
    left = _first(*deepcopy(arguments), **deepcopy(named))
    right = _second(*arguments, **named)
    return (*left[:1], *right[1:])
"""


def in_two_results(first: str, second: str, name: str) -> str:
    """The first result as the first mistake gives it, the others as the second does."""
    return RESULTS.format(first=first, second=second, name=name)


def with_both_parts(first: str, second: str, name: str) -> str | None:
    """One program with the parts that both exchange in a helper; None where they are not written so."""
    tree = ast.parse(first)
    ours, theirs = _helper_call(tree, name), _helper_call(ast.parse(second), name)
    if ours is None or theirs is None or ast.dump(ours.func) != ast.dump(theirs.func):
        return None
    known = {keyword.arg for keyword in ours.keywords}
    same = [ast.dump(argument) for argument in ours.args] == [ast.dump(argument) for argument in theirs.args]
    if not same or not ours.keywords or not theirs.keywords or known & {k.arg for k in theirs.keywords}:
        return None
    ours.keywords += theirs.keywords
    return ast.unparse(ast.fix_missing_locations(tree))


def _helper_call(tree: ast.Module, name: str) -> ast.Call | None:
    """The call that the last function of this name consists of."""
    found = list(_functions(tree, name))
    body = found[-1].body if found else []
    if len(body) == 1 and isinstance(body[0], ast.Return) and isinstance(body[0].value, ast.Call):
        return body[0].value
    return None


def _functions(tree: ast.Module, name: str) -> Iterator[ast.FunctionDef]:
    return (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name)
