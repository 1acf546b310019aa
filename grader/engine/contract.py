"""Holds a result against the contract of its function: how many values, of which kind, shape and dtype."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from grader.model.exercise import Function, Value
from grader.sandbox.codec import Handle
from grader.sandbox.replies import Contract
from grader.testing import Mismatch, Rung

Sizes = dict[str, int]
DTYPE_KINDS = {"float": "f", "int": "iu", "bool": "b", "number": "fiu"}
SCALARS = {"float": (int, float), "int": (int,), "bool": (bool,), "number": (int, float)}
CONTAINERS = {"list": (list, tuple), "tuple": (tuple, list), "dict": (dict,), "opaque": (Handle,)}


def contract_of(function: Function, names: tuple[str, ...]) -> Contract:
    """What a call with arguments of these names may do, in terms of the sandbox."""
    return Contract(
        updates=tuple(index for index, name in enumerate(names) if name in function.updates),
        opaque=tuple(i for i, value in enumerate(function.returns.values()) if value.kind == "opaque"),
        results=len(function.returns),
    )


def kept_results(function: Function, arguments: Sequence[Any], result: Any) -> Any:
    """The result as a test receives it: numpy scalars as Python numbers, several values as a tuple.

    Raises:
        Mismatch: the contract is broken; the number and kinds of the values come before their shapes, the
            shapes before their dtypes.
    """
    declared = list(function.returns.items())
    values = _values(function, result)
    plain = [_plain(value) for value in values]
    sizes = _sizes(function, arguments)
    for (name, wanted), value in zip(declared, plain, strict=True):
        _check_kind(name, wanted, value)
    for (name, wanted), value in zip(declared, plain, strict=True):
        _check_shape(name, wanted, value, sizes)
    for (name, wanted), value in zip(declared, plain, strict=True):
        _check_dtype(name, wanted, value)
    return plain[0] if len(plain) == 1 else tuple(plain)


def _values(function: Function, result: Any) -> Sequence[Any]:
    names = list(function.returns)
    if len(names) == 1:
        return [result]
    got = len(result) if isinstance(result, tuple | list) else 1
    if got == len(names):
        return list(result)
    listed = ", ".join(f"`{name}`" for name in names)
    seen = described(result) if got == 1 else str(got)
    wanted = f"`{function.name}` should return {len(names)} values ({listed})"
    raise Mismatch(Rung.RESULTS, f"{wanted}, got {seen}")


def _plain(value: Any) -> Any:
    if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and value.ndim == 0):
        return value.item()
    return value


def _sizes(function: Function, arguments: Sequence[Any]) -> Sizes:
    """What N, C and the other names of the contract stand for in this call."""
    sizes: Sizes = {}
    for wanted, argument in zip(function.arguments.values(), arguments, strict=False):
        if wanted.shape is None or not isinstance(argument, np.ndarray) or argument.ndim != len(wanted.shape):
            continue
        for entry, size in zip(wanted.shape, argument.shape, strict=True):
            sizes.setdefault(str(entry), size)
    return sizes


def _check_kind(name: str, wanted: Value, value: Any) -> None:
    if wanted.shape is not None:
        fits = isinstance(value, np.ndarray)
    elif wanted.kind in SCALARS:
        fits = isinstance(value, SCALARS[wanted.kind]) and (wanted.kind == "bool" or type(value) is not bool)
    else:
        fits = isinstance(value, CONTAINERS[wanted.kind])
    if not fits:
        raise Mismatch(Rung.RESULTS, f"`{name}` should be {_noun(wanted)}, got {described(value)}")


def _check_shape(name: str, wanted: Value, value: Any, sizes: Mapping[str, int]) -> None:
    if wanted.shape is None:
        return
    known = tuple(entry if isinstance(entry, int) else sizes.get(entry) for entry in wanted.shape)
    fits = len(known) == value.ndim and all(
        size is None or size == got for size, got in zip(known, value.shape, strict=True)
    )
    if fits:
        return
    letters = _tuple_text(wanted.shape)
    pairs = zip(wanted.shape, known, strict=True)
    numbers = _tuple_text([letter if size is None else size for letter, size in pairs])
    promised = letters if letters == numbers else f"{letters} = {numbers}"
    raise Mismatch(Rung.SHAPE, f"`{name}` should have shape {promised}, got {value.shape}")


def _check_dtype(name: str, wanted: Value, value: Any) -> None:
    if wanted.shape is not None and value.dtype.kind not in DTYPE_KINDS[wanted.kind]:
        raise Mismatch(Rung.DTYPE, f"`{name}` should hold numbers of kind {wanted.kind}, got {value.dtype}")


def _noun(wanted: Value) -> str:
    if wanted.shape is not None:
        return f"an array of shape {_tuple_text(wanted.shape)}"
    return {"float": "a float", "int": "an int", "number": "a number", "bool": "True or False"}.get(
        wanted.kind, f"a {wanted.kind}"
    )


def _tuple_text(entries: Sequence[str | int]) -> str:
    return f"({', '.join(map(str, entries))}{',' if len(entries) == 1 else ''})"


def described(value: Any) -> str:
    """A value in a few words: what it is, not what it holds."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, tuple | list | dict):
        return f"a {type(value).__name__} of {len(value)}"
    if isinstance(value, Handle):
        return "an object"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def update(target: Any, value: Any) -> None:
    """Brings what the submission made of an argument into the caller's own object."""
    if isinstance(target, dict) and isinstance(value, dict):
        target.clear()
        target.update(value)
    elif isinstance(target, list) and isinstance(value, list):
        target[:] = value
    elif isinstance(target, np.ndarray) and isinstance(value, np.ndarray) and target.shape == value.shape:
        target[...] = value
