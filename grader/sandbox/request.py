"""What a worker is asked for when it is to call a function."""

from collections.abc import Sequence
from typing import Any, NamedTuple


class Request(NamedTuple):
    """One call as it crosses the wire, which turns it into a plain tuple.

    The last `len(names)` of the `arguments` are passed by these names. `updates` are the indices of those
    that the function may change, `opaque` those of the results, of `results` in all, that stay in the worker.
    `place` is that of a call sent ahead among the calls of its example, counted from 0.
    """

    function: str
    arguments: tuple[Any, ...]
    names: Sequence[str]
    updates: Sequence[int]
    opaque: Sequence[int]
    results: int
    place: int = 0
