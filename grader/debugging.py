"""Runs a student's own file in this process, on an input that broke a promise, so that a debugger works."""

import copy
import importlib.util
import sys
import traceback
from bdb import BdbQuit
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from grader.engine.pasted import telling
from grader.engine.tape import Call, Failure
from grader.errors import GradeError
from grader.model.exercise import Exercise
from grader.sandbox.codec import Handle


class LeftError(GradeError):
    """The student left the debugger."""


class StudentsError(GradeError):
    """The student's code raised; the text is the traceback through their own lines."""


def imported(path: Path) -> ModuleType:
    """The file as a module, with whatever it does while it is imported.

    Raises:
        StudentsError: it raised.
        LeftError: its author left the debugger.
    """
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise StudentsError(f"`{path}` cannot be imported")
    module = importlib.util.module_from_spec(spec)
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    sys.modules[path.stem] = module
    try:
        _theirs(lambda: spec.loader.exec_module(module), path)  # type: ignore[union-attr]
    finally:
        sys.dont_write_bytecode = writes
    return module


def can_be_repeated(failure: Failure) -> bool:
    """Whether all that was given to the code is still known."""
    return bool(failure.calls) and not any(call.is_cut for call in failure.calls)


def again(failure: Failure, exercise: Exercise, module: ModuleType) -> Iterator[tuple[Call, Any]]:
    """Makes the calls of a failed example anew, and gives each with its result.

    Raises:
        StudentsError, LeftError: as `imported`.
    """
    handles: dict[Handle, Any] = {}
    for call in telling(failure):
        arguments = {name: _argument(name, value, call, handles) for name, value in call.arguments.items()}
        result = _theirs(lambda: _called(module, call, exercise, arguments), Path(str(module.__file__)))  # noqa: B023
        handles.update(_kept(call.value, result))
        yield call, result


def _called(module: ModuleType, call: Call, exercise: Exercise, arguments: Mapping[str, Any]) -> Any:
    function = getattr(module, call.function, None)
    if not callable(function):
        raise StudentsError(f"`{call.function}` is not defined in the file.")
    names = list(arguments)
    if names == list(exercise.functions[call.function].arguments)[: len(names)]:
        return function(*arguments.values())
    return function(**arguments)


def _argument(name: str, value: Any, call: Call, handles: Mapping[Handle, Any]) -> Any:
    if isinstance(value, Handle):
        return handles[value]
    if not callable(value):
        return copy.deepcopy(value)
    answers = call.asked.get(name, {})
    return lambda *asked: answers[asked] if asked in answers else value(*asked)


def _kept(told: Any, real: Any) -> list[tuple[Handle, Any]]:
    """The handles that a call gave, each with what it stands for."""
    if isinstance(told, Handle):
        return [(told, real)]
    if not isinstance(told, tuple | list) or not isinstance(real, tuple | list):
        return []
    return [(one, value) for one, value in zip(told, real, strict=False) if isinstance(one, Handle)]


def _theirs(run: Callable[[], Any], path: Path) -> Any:
    """What the student's code gives."""
    try:
        return run()
    except (GradeError, KeyboardInterrupt):
        raise
    except BdbQuit:
        raise LeftError("You left the debugger.") from None
    except BaseException as error:  # SystemExit too: it is theirs, not ours
        raise StudentsError(_traced(error, path)) from None


def _traced(error: BaseException, path: Path) -> str:
    """The traceback through the student's own lines; those of a test's function are none of theirs."""
    told = traceback.TracebackException.from_exception(error)
    told.stack = traceback.StackSummary.from_list([one for one in told.stack if one.filename == str(path)])
    return "".join(told.format(chain=False)).rstrip("\n")
