"""Puts other values in the place of results, to see which calls of a test depend on them.

Calls that are sent ahead can be read before they are made. So none may be sent whose arguments come from a
result, the student's or the reference's: it would give away what an earlier call should have returned.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.engine.ahead import Script
from grader.engine.bench import Bench
from grader.sandbox.replies import Reply


class Decoy(Bench):
    """A bench whose submission returns values of the right form, and no more right than by chance."""

    def _seen(self, reply: Reply) -> Reply:
        updated = {index: garbled(value) for index, value in reply.updated.items()}
        return Reply(garbled(reply.value), updated, reply.modified)


def garbled(value: Any) -> Any:
    """A value of the same form; of a handle, which tells nothing, the same."""
    rng = np.random.default_rng(7)
    return _garbled(value, rng)


def _garbled(value: Any, rng: np.random.Generator) -> Any:
    match value:
        case bool() | np.bool_():
            return not value
        case int():
            return value + int(rng.integers(1, 5))
        case float():
            return float(rng.normal())
        case str():
            return f"{value}?"
        case np.ndarray():
            return _array(value, rng)
        case np.generic():
            return _array(np.asarray(value), rng)[()]
        case tuple() | list():
            return type(value)(_garbled(entry, rng) for entry in value)
        case dict():
            return {key: _garbled(entry, rng) for key, entry in value.items()}
    return value


def _array(array: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    if array.dtype.kind == "b":
        return ~array
    if array.dtype.kind in "iu":
        return np.asarray(array + rng.integers(1, 5, array.shape).astype(array.dtype))
    return np.asarray(rng.normal(size=array.shape).astype(array.dtype))


def without_hints(scripts: Sequence[Script], decoys: Sequence[Script]) -> list[Script]:
    """The scripts of a test as far as nothing in them came from a result.

    `decoys` are what the same examples call when all results are others. Where one example goes another way,
    so might the others with other values: all end there.
    """
    strayed = [
        _common(script, decoy)
        for script, decoy in zip(scripts, decoys, strict=True)
        if _common(script, decoy) < len(script.calls)
    ]
    if not strayed:
        return list(scripts)
    end = min(strayed)
    return [
        Script(script.calls[:end], is_whole=script.is_whole and len(script.calls) <= end)
        for script in scripts
    ]


def _common(script: Script, decoy: Script) -> int:
    """How many calls both begin with."""
    pairs = zip(script.calls, decoy.calls, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(script.calls), len(decoy.calls)))
