"""Turns plain values into bytes and back: numbers, strings, lists, tuples, dicts, numpy arrays, nothing else.

A frame is `MAGIC | header length (u32) | body length (u64) | header | body`. The header is JSON: scalars as
they are, everything else a list that starts with its tag. The body holds the bytes of the arrays in the order
in which the header names them. Both sides bound what they accept, and no byte is ever unpickled or evaluated.
"""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

MAGIC = b"GR1\0"
PREFIX = struct.Struct(">4sIQ")

MAX_HEADER = 8 * 2**20
MAX_BODY = 64 * 2**20
MAX_DEPTH = 32
MAX_NODES = 200_000
MAX_DIGITS = 400
MAX_KEYS = 1_000  # a dict can be made slow by keys that collide
MAX_KEY_BITS = 64
MAX_PLACES = 2**28
"""Entries of an array, an axis of length 0 counted as 1: it may have as many rows of nothing."""

DTYPES = {
    name: np.dtype(name)
    for name in (
        *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
        *("float16", "float32", "float64", "complex64", "complex128"),
    )
}

NAMES = {dtype: name for name, dtype in DTYPES.items()}
SCALARS = {str, int, float, bool, type(None)}
PLAIN = SCALARS - {int}
"""What crosses as it is, without a look."""
ENCODE = json.JSONEncoder(separators=(",", ":")).encode


class WireError(Exception):
    """Bytes that are not a frame, or a value that cannot be put into one; the text says which."""


@dataclass(frozen=True, slots=True)
class Handle:
    """Stands for a value that stays in the worker `worker` under the name `token`."""

    worker: str
    token: str


@dataclass(frozen=True, slots=True)
class Callback:
    """Stands for a function that stays on the trusted side."""

    number: int


# --- values to bytes ---------------------------------------------------------------------------------------


class _Writer:
    """Builds the header tree and collects the bytes of the arrays."""

    def __init__(self) -> None:
        self.buffers: list[bytes] = []
        self.nodes = 0
        self.size = 0

    def node(self, value: Any, depth: int = 0) -> Any:
        kind = type(value)
        if kind in PLAIN:
            return value
        if kind is np.ndarray:
            return self.array(value)
        if kind is int:
            return _bounded_int(value)
        if kind is tuple:
            return ["tuple", *self.entries(value, depth + 1)]
        if kind is list:
            return ["list", *self.entries(value, depth + 1)]
        if kind is dict:
            return ["dict", *self.pairs(value, depth + 1)]
        return self.other(value, depth + 1)

    def entries(self, values: Sequence[Any], depth: int) -> list[Any]:
        self.count(len(values), depth)
        # What crosses as it is needs no look: most entries, and a call for each would cost more than all.
        return [value if type(value) in PLAIN else self.node(value, depth) for value in values]

    def pairs(self, values: dict[Any, Any], depth: int) -> list[list[Any]]:
        self.count(2 * len(values), depth)
        if len(values) > MAX_KEYS:
            raise WireError(f"a dict of more than {MAX_KEYS} keys")
        return [
            [key if type(key) is str else self.key(key, depth), self.node(value, depth)]
            for key, value in values.items()
        ]

    def count(self, nodes: int, depth: int) -> None:
        self.nodes += nodes
        if self.nodes > MAX_NODES:
            raise WireError(f"more than {MAX_NODES} values; an array carries many numbers as one")
        if depth > MAX_DEPTH:
            raise WireError(f"nested more than {MAX_DEPTH} levels deep")

    def key(self, key: Any, depth: int) -> Any:
        # Equal as a key, and of one class less that could make a dict slow.
        return self.node(key.item() if isinstance(key, np.generic) else key, depth)

    def other(self, value: Any, depth: int) -> Any:
        match value:
            case np.generic():
                return ["scalar", _dtype_name(value.dtype), self.node(value.item())]
            case list():
                return ["list", *self.entries(value, depth)]
            case tuple():  # a named tuple crosses as a tuple
                return ["tuple", *self.entries(value, depth)]
            case dict():
                return ["dict", *self.pairs(value, depth)]
            case complex():
                return ["complex", value.real, value.imag]
            case Handle():
                return ["handle", value.worker, value.token]
            case Callback():
                return ["callback", value.number]
        raise WireError(f"a value of type `{type(value).__name__}`")

    def array(self, array: np.ndarray) -> Any:
        self.size += array.nbytes
        if self.size > MAX_BODY:
            raise WireError(f"more than {MAX_BODY // 2**20} MiB of arrays")
        name = NAMES.get(array.dtype)
        if name is None:  # perhaps of another order of bytes
            name = _dtype_name(array.dtype)
            array = array.astype(DTYPES[name])
        layout = _layout(array)
        self.buffers.append(array.tobytes("F" if layout == "F" else "C"))
        return ["array", name, list(array.shape), layout]


def _bounded_int(value: int) -> int:
    if value.bit_length() > MAX_DIGITS * 3.32:
        raise WireError(f"an integer of more than {MAX_DIGITS} digits")
    return value


def _dtype_name(dtype: np.dtype[Any]) -> str:
    name = NAMES.get(dtype) or dtype.name  # which is slow, but the same for another order of bytes
    if name not in DTYPES:
        raise WireError(f"numpy data of dtype `{dtype}`")
    return name


def _layout(array: np.ndarray) -> str:
    """C or F for an array that is contiguous in that order, S for a view with gaps: it arrives as it left."""
    flags = array.flags
    if flags.c_contiguous:
        return "C"
    return "F" if flags.f_contiguous else "S"


def is_own(value: Any) -> bool:
    """Whether the value comes back from the wire with its own type; a named tuple would lose its names."""
    if type(value) in (list, tuple):
        return all(map(is_own, value))
    if type(value) is dict:
        return all(map(is_own, (*value.keys(), *value.values())))
    return type(value) in SCALARS or type(value) in (complex, np.ndarray) or isinstance(value, np.generic)


def encode(value: Any) -> bytes:
    """One frame that holds `value`.

    Raises:
        WireError: `value` holds something else than the plain values above, or too much of it.
    """
    writer = _Writer()
    try:
        header = ENCODE(writer.node(value)).encode("ascii")
    except RecursionError:
        raise WireError("nested too deeply") from None
    if len(header) > MAX_HEADER:
        raise WireError(f"more than {MAX_HEADER // 2**20} MiB of numbers and text")
    return b"".join((PREFIX.pack(MAGIC, len(header), writer.size), header, *writer.buffers))


# --- bytes to values ---------------------------------------------------------------------------------------


class _Reader:
    """Rebuilds values from the header tree; every claim in it is checked before memory is taken for it."""

    def __init__(self, body: memoryview) -> None:
        self.body = body
        self.offset = 0
        self.nodes = 0

    def value(self, node: Any, depth: int = 0) -> Any:
        if depth > MAX_DEPTH:
            raise WireError("too many values or too deep a nesting")
        if type(node) is not list:
            if isinstance(node, dict):
                raise WireError("an unknown kind of value")
            return node
        kind = node[0] if node else None
        if kind == "array":
            return self.array(node)
        if kind == "tuple":
            return tuple(self.entries(node, depth + 1))
        if kind == "list":
            return self.entries(node, depth + 1)
        if kind == "dict" and len(node) <= MAX_KEYS + 1:
            return self.pairs(node, depth + 1)
        return self.other(node, depth)

    def entries(self, node: list[Any], depth: int) -> list[Any]:
        self.count(len(node) - 1)
        # What is no list is as it is: most entries, and a call for each would cost more than all the rest.
        return [entry if type(entry) in SCALARS else self.value(entry, depth) for entry in node[1:]]

    def count(self, nodes: int) -> None:
        self.nodes += nodes
        if self.nodes > MAX_NODES:
            raise WireError("too many values or too deep a nesting")

    def other(self, node: list[Any], depth: int) -> Any:
        match node:
            case ["scalar", str(name), item]:
                return _numpy_scalar(_known_dtype(name), self.value(item, depth + 1))
            case ["complex", float(real), float(imaginary)]:
                return complex(real, imaginary)
            case ["handle", str(worker), str(token)]:
                return Handle(worker, token)
            case ["callback", int(number)]:
                return Callback(number)
        raise WireError("an unknown kind of value")

    def pairs(self, node: list[Any], depth: int) -> dict[Any, Any]:
        self.count(2 * len(node) - 2)
        read: dict[Any, Any] = {}
        for pair in node[1:]:
            if type(pair) is not list or len(pair) != 2:
                raise WireError("a dict entry that is not a key with its value")
            key, entry = pair
            if type(key) is not str:
                key = self.value(key, depth)
                if not _is_plain_key(key):
                    raise WireError("a dict key that is not a number, a string or a tuple of these")
            read[key] = entry if type(entry) in SCALARS else self.value(entry, depth)
        return read

    def array(self, node: list[Any]) -> np.ndarray:
        match node:
            case [_, str(name), list(shape), str(layout)]:
                dtype = _known_dtype(name)
                end = self.offset + _places(shape) * dtype.itemsize
            case _:
                raise WireError("an unknown kind of value")
        if end > len(self.body):
            raise WireError("an array longer than its bytes")
        data = bytearray(self.body[self.offset : end])
        self.offset = end
        if name == "bool":
            data = bytearray(map(bool, data))  # else other bytes than 0 and 1 would be a third truth value
        return _laid_out(data, dtype, tuple(shape), layout)


def _laid_out(data: bytearray, dtype: np.dtype[Any], shape: tuple[int, ...], layout: str) -> np.ndarray:
    if layout != "S":
        return np.ndarray(shape, dtype, data, order="F" if layout == "F" else "C")
    gaps = np.zeros((*shape, 2), dtype=dtype)
    gaps[..., 0] = np.ndarray(shape, dtype, data)
    return gaps[..., 0]


def _known_dtype(name: str) -> np.dtype[Any]:
    if name not in DTYPES:
        raise WireError("an unknown dtype")
    return DTYPES[name]


def _places(shape: list[Any]) -> int:
    """How many entries an array of this shape has."""
    if len(shape) > MAX_DEPTH:
        raise WireError("an impossible shape")
    entries = places = 1
    for size in shape:
        if type(size) is not int or size < 0:
            raise WireError("an impossible shape")
        entries *= size
        places *= size or 1
    if places > MAX_PLACES:
        raise WireError("an array of too many places")
    return entries


def _numpy_scalar(dtype: np.dtype[Any], item: Any) -> Any:
    if type(item) not in (bool, int, float, complex):
        raise WireError("a numpy scalar that is not a number")
    try:
        return dtype.type(item)
    except (OverflowError, TypeError, ValueError):
        raise WireError("a numpy scalar out of range") from None


def _is_plain_key(key: Any) -> bool:
    if isinstance(key, tuple):
        return all(_is_plain_key(entry) for entry in key)
    if isinstance(key, int):
        return key.bit_length() <= MAX_KEY_BITS
    return key is None or type(key) in (float, str)  # `np.float64` is a float too


def _checked_digits(digits: str) -> int:
    if len(digits) > MAX_DIGITS + 1:
        raise WireError(f"an integer of more than {MAX_DIGITS} digits")
    return int(digits)


DECODER = json.JSONDecoder()
WARY = json.JSONDecoder(parse_int=_checked_digits)
"""Turns long rows of digits away before it takes the time to read them."""


def sizes(prefix: bytes | bytearray) -> tuple[int, int]:
    """The lengths of header and body that a frame's first bytes announce."""
    magic, header, body = PREFIX.unpack(prefix)
    if magic != MAGIC:
        raise WireError("bytes that are not a frame")
    if header > MAX_HEADER or body > MAX_BODY:
        raise WireError("a frame that is too large")
    return header, body


def parted(frame: bytes) -> tuple[bytes, bytes]:
    """The header and the body of a whole frame."""
    header, _ = sizes(frame[: PREFIX.size])
    return frame[PREFIX.size : PREFIX.size + header], frame[PREFIX.size + header :]


def decode(header: bytes | bytearray, body: bytes | bytearray) -> Any:
    """The value that a frame holds, made of new objects of exact types.

    Raises:
        WireError: the bytes are not what `encode` writes.
    """
    try:
        text = header.decode("ascii")
        # No number in it is longer than itself.
        tree, end = (DECODER if len(text) <= MAX_DIGITS else WARY).raw_decode(text)
        if end != len(text):
            raise WireError("a header that is not plain JSON")
        reader = _Reader(memoryview(body))
        value = reader.value(tree)
    except (ValueError, TypeError, OverflowError, RecursionError, MemoryError):
        raise WireError("a header that is not plain JSON") from None
    if reader.offset != len(body):
        raise WireError("bytes that belong to no array")
    return value
