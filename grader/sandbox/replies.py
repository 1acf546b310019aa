"""Reads what a worker said, of which nothing is believed before it is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from grader.sandbox import codec
from grader.sandbox.failures import StudentError, Unsendable
from grader.sandbox.text import one_line, printable

MAX_FUNCTIONS = 1_000
MAX_SLIPS = 20
MAX_BASES = 20
MAX_NAME = 200
MAX_TEXT = 2_000
MAX_LINES = 1_000_000
MAX_ALIASED = 100

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading gave: the names that can be called, and in a notebook the statements that failed."""

    functions: tuple[str, ...]
    slips: tuple[StudentError, ...]


@dataclass(frozen=True, slots=True)
class Contract:
    """What a call may do.

    `updates` are the indices of the arguments that it may change; `opaque` those of the results, of `results`
    in all, that stay in the worker behind a `Handle`.
    """

    updates: tuple[int, ...] = ()
    opaque: tuple[int, ...] = ()
    results: int = 1


PLAIN = Contract()


@dataclass(frozen=True, slots=True)
class Reply:
    """What a call gave: the result, the arguments it might change, those it changed without leave.

    `aliased` are the places of results that hold memory of an argument, each with the place of that.
    """

    value: Any
    updated: Mapping[int, Any] = field(default_factory=dict)
    modified: tuple[int, ...] = ()
    aliased: tuple[tuple[int, int], ...] = ()


def loaded(reply: Mapping[str, Any]) -> Loaded:
    """What loading gave."""
    names = [n for n in _strings(reply["functions"], MAX_FUNCTIONS) if printable(n).isidentifier()]
    return Loaded(tuple(names), tuple(map(_error, plain(reply["slips"], list)[:MAX_SLIPS])))


def value_of(reply: Mapping[str, Any], call: tuple[str, int], arguments: int, contract: Contract) -> Reply:
    """What a call with so many `arguments` gave: the `call` of a worker by its name, counted from 1.

    Raises:
        WireError: it is not what a call under this contract gives.
    """
    updated = plain(reply.get("updated", {}), dict)
    modified = tuple(plain(reply.get("modified", []), list))
    # Else a submission could change what the reference is asked next.
    if updated.keys() != set(contract.updates):
        raise codec.WireError
    if not all(plain(index, int) in range(arguments) for index in modified):
        raise codec.WireError
    aliased = [plain(pair, list) for pair in plain(reply.get("aliased", []), list)[:MAX_ALIASED]]
    if not all(len(pair) == 2 and plain(pair[1], int) in range(arguments) for pair in aliased):
        raise codec.WireError
    return Reply(
        _owned(reply["value"], call),
        {i: updated[i] for i in contract.updates},
        modified,
        tuple((plain(place, int), index) for place, index in aliased),
    )


def _owned(value: Any, call: tuple[str, int]) -> Any:
    """The value with the worker and the call in each handle at its top, of which it tells the place only."""
    if isinstance(value, codec.Handle):
        worker, number = call
        return codec.Handle(worker, f"{number}:{value.token}")
    if isinstance(value, tuple):
        return tuple(_owned(entry, call) if isinstance(entry, codec.Handle) else entry for entry in value)
    return value


def checked_reply(reply: Any, identity: str) -> Mapping[str, Any]:
    """The reply, if it is one to this request.

    Raises:
        WireError: it is not.
    """
    told = checked_answer(reply)
    if plain(told.get("id"), str) != identity:
        raise codec.WireError("a reply to a request that was not made")
    return told


def checked_answer(reply: Any) -> Mapping[str, Any]:
    """The reply to one of several calls that were sent together, whose request is told once for all.

    Raises:
        WireError: it is none.
    """
    told = plain(reply, dict)
    plain(told.get("kind"), str)
    return told


def raised(reply: Mapping[str, Any]) -> Mapping[str, Any]:
    """The reply, or the exception that it tells of."""
    match reply["kind"]:
        case "raised":
            raise _error(reply)
        case "unsendable":
            raise Unsendable(one_line(_text(reply.get("what"))))
    return reply


def _error(told: Mapping[str, Any]) -> StudentError:
    line = told.get("line")
    return StudentError(
        one_line(_text(told.get("type"))),
        tuple(_strings(told.get("bases"), MAX_BASES)),
        _text(told.get("message")),
        line if type(line) is int and 0 < line < MAX_LINES else None,
    )


def _text(value: Any) -> str:
    """A text that was said to be short, as short as it was said to be."""
    return printable(plain(value, str)[:MAX_TEXT])


def _strings(value: Any, most: int) -> list[str]:
    return [name for name in plain(value, list)[:most] if type(name) is str and len(name) <= MAX_NAME]


def plain(value: Any, kind: type[T]) -> T:
    """The value if it is exactly of this kind; an array, say, is a list of millions to whoever walks it.

    Raises:
        WireError: it is not.
    """
    if type(value) is not kind:
        raise codec.WireError("a reply of the wrong form")
    return value
