"""Runs the `check` blocks of items in the sandbox, a worker an item, on every draw that was tried."""

import ast
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from grader.sandbox.client import Sandbox, Worker
from grader.sandbox.failures import Loss, StudentError, Unsendable, WorkerLost

SECONDS = 10.0
MEMORY = 2**30
BATCH = 50
"""Draws that cross at once: what crosses has a bound."""

DRIVER = """
import itertools
import math
from fractions import Fraction

import numpy as np


def _line(error):
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "check":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _hold(names):
    is_right = names.get("is_right")
    if not callable(is_right):
        return
    for key in names["keys"]:
        assert is_right(key), f"`is_right` says no to the key {key!r}"
    for name in "distractors", "near_misses":
        for value in names[name]:
            assert not is_right(value), f"`is_right` says yes to {value!r}, one of the {name}"


def prove(text, draws):
    code = compile(text, "check", "exec")
    for index, known in enumerate(draws):
        names = {"np": np, "math": math, "itertools": itertools, "Fraction": Fraction, **known}
        try:
            exec(code, names)
            _hold(names)
        except BaseException as error:
            return [index, _line(error), type(error).__name__, str(error)[:300]]
    return None
"""
"""What is loaded into the worker; the check comes as text, so that its lines keep their numbers."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A check that is no proof: in which draw, at which of its lines, and what it said.

    One that `is_idle` holds for a wrong answer as well.
    """

    what: str
    draw: int | None = None
    line: int | None = None
    is_idle: bool = False


def asserts_nothing(check: str) -> bool:
    """Whether a check has neither an assertion nor an `is_right`, so that it could never fail."""
    for node in ast.walk(ast.parse(check)):
        match node:
            case ast.Assert() | ast.FunctionDef(name="is_right"):
                return False
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name.startswith("assert"):
                return False
    return True


def failure(
    check: str, draws: Sequence[dict[str, Any]], wrong: Sequence[dict[str, Any]], sandbox: Sandbox
) -> Failure | None:
    """The first draw for which a check fails; or that it does not fail for one of the `wrong` answers.

    Raises:
        SandboxError: this machine cannot keep the check apart.
    """
    worker = sandbox.worker(memory=MEMORY, seconds=SECONDS)
    try:
        return _failure(check, draws, wrong, worker)
    except WorkerLost as error:
        is_late = error.loss is Loss.TIME
        return Failure(f"was not done after {SECONDS:.0f} seconds" if is_late else f"ended: {error}")
    except (StudentError, Unsendable) as error:
        return Failure(f"cannot be run: {error}")
    finally:
        worker.end()


def _failure(
    check: str, draws: Sequence[dict[str, Any]], wrong: Sequence[dict[str, Any]], worker: Worker
) -> Failure | None:
    deadline = time.monotonic() + SECONDS
    worker.load(DRIVER, deadline=deadline)
    for start in range(0, len(draws), BATCH):
        reply = worker.call("prove", [check, list(draws[start : start + BATCH])], deadline=deadline).value
        if reply is not None:
            index, line, kind, message = reply
            return Failure(_told(check, line, kind, message), start + index, line)
    for one in wrong:
        if worker.call("prove", [check, [one]], deadline=deadline).value is None:
            return Failure(f"holds for a wrong answer as well: {_shown(one['answer'])}", is_idle=True)
    return None


def _shown(answer: Any) -> str:
    shown = repr(answer)
    return f"`{shown[:100]}{'…' if shown[100:] else ''}`"


def _told(check: str, line: int | None, kind: str, message: str) -> str:
    lines = check.splitlines()
    quoted = f": `{lines[line - 1].strip()[:100]}`" if line and line <= len(lines) else ""
    told = f" ({message})" if message else ""
    if kind == "AssertionError":
        return f"does not hold{quoted}{told}"
    return f"raises {kind}{quoted}{told}"
