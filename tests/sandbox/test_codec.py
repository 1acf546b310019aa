"""What crosses the wire arrives as it was; what must not cross is refused; no bytes do harm."""

import json
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from grader.sandbox import codec

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats()
    | st.text()
    | st.complex_numbers()
)
ARRAYS = st.sampled_from(sorted(codec.DTYPES)).flatmap(
    lambda name: npst.arrays(name, npst.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4))
)
VALUES = st.recursive(
    SCALARS | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=3) | st.integers(0, 9), inner, max_size=3)
    ),
    max_leaves=8,
)


def crossed(value: Any) -> Any:
    frame = codec.encode(value)
    header, body = codec.sizes(frame[: codec.PREFIX.size])
    rest = frame[codec.PREFIX.size :]
    assert len(rest) == header + body
    return codec.decode(rest[:header], rest[header:])


def same(a: Any, b: Any) -> bool:
    """Equal in value, type, dtype and shape, NaN included."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return (
            a.dtype == b.dtype and a.shape == b.shape and np.array_equal(a, b, equal_nan=a.dtype.kind in "fc")
        )
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    return repr(a) == repr(b)


@given(VALUES)
def test_plain_values_arrive_as_they_were(value: Any) -> None:
    assert same(value, crossed(value))


@pytest.mark.parametrize("name", sorted(codec.DTYPES))
def test_a_numpy_scalar_stays_a_numpy_scalar(name: str) -> None:
    value = np.ones((), dtype=name)[()]
    assert type(crossed(value)) is type(value)


class Pair(NamedTuple):
    a: int
    b: float


def test_a_named_tuple_crosses_as_a_tuple() -> None:
    assert type(crossed(Pair(1, 2.0))) is tuple


@pytest.mark.parametrize("view", [np.s_[::2], np.s_[::-1], np.s_[:, 1:]], ids=str)
def test_a_view_with_gaps_arrives_as_a_view_with_gaps(view: Any) -> None:
    array = np.arange(24.0).reshape(4, 6)[view]
    arrived = crossed(array)
    assert np.array_equal(array, arrived)
    assert not arrived.flags.c_contiguous or array.flags.c_contiguous


def test_a_transposed_array_arrives_in_its_own_order() -> None:
    arrived = crossed(np.arange(6.0).reshape(2, 3).T)
    assert arrived.flags.f_contiguous
    assert not arrived.flags.c_contiguous


class Impostor(np.ndarray):
    def __eq__(self, other: object) -> bool:
        return True


@pytest.mark.parametrize(
    "value",
    [
        object(),
        print,
        iter(()),
        b"bytes",
        {1, 2},
        np.array([object()]),
        np.zeros(2).view(Impostor),
        np.ma.masked_array([1]),
        np.zeros(1, dtype="datetime64[s]"),
        np.zeros(1, dtype=[("a", "f8")]),
        np.zeros(1, dtype=np.longdouble),
        10**500,
    ],
    ids=lambda value: type(value).__name__,
)
def test_everything_else_is_refused_by_name(value: Any) -> None:
    with pytest.raises(codec.WireError):
        codec.encode(value)


def test_a_huge_view_of_one_number_is_refused_before_memory_is_taken() -> None:
    view = np.broadcast_to(np.float64(1), (10**6, 10**6))
    with pytest.raises(codec.WireError, match="MiB"):
        codec.encode(view)


def test_a_list_that_holds_itself_is_refused() -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(codec.WireError, match="deep"):
        codec.encode(loop)


def test_keys_of_numpy_arrive_as_plain_ones() -> None:
    arrived = crossed({np.int64(3): 1, np.float64(0.5): 2, (1, "a"): 3})
    assert [type(key) for key in arrived] == [int, float, tuple]


def test_too_many_keys_are_refused_where_they_begin() -> None:
    with pytest.raises(codec.WireError, match="more than 1000 keys"):
        codec.encode(dict.fromkeys(range(1001)))


def test_too_many_values_are_refused() -> None:
    with pytest.raises(codec.WireError, match="values"):
        codec.encode([0] * (codec.MAX_NODES + 1))


@pytest.mark.parametrize(
    "tree",
    [
        ["array", "float64", [-1, -8], "C"],
        ["array", "float64", [2**32, 2**32], "C"],
        ["array", "float64", [2**39, 0], "C"],
        ["dict", [2**70, 1]],
        ["dict", [["scalar", "float64", 1.0], 1]],
        ["dict", *([key, 0] for key in range(codec.MAX_KEYS + 1))],
        ["array", "object", [1], "C"],
        ["array", "float64", [1], "C"],
        ["array", "float64", [True], "C"],
        ["scalar", "float64", "1"],
        ["scalar", "uint8", -1],
        ["scalar", "int8", 1e300],
        ["dict", [["list"], 1]],
        ["dict", 7],
        ["complex", 1, 2],
        ["unknown"],
        [],
        {"a": 1},
        [[["list"]]],
    ],
    ids=json.dumps,
)
def test_a_header_that_lies_is_refused(tree: Any) -> None:
    with pytest.raises(codec.WireError):
        codec.decode(json.dumps(tree).encode(), b"")


@pytest.mark.parametrize(
    "header",
    [b"", b"{", b"[" * 100_000, b'"\xff"', b"9" * 10_000, b'["list",' * 40 + b"1" + b"]" * 40],
    ids=lambda header: str(header[:8]),
)
def test_a_header_that_is_no_json_is_refused(header: bytes) -> None:
    with pytest.raises(codec.WireError):
        codec.decode(header, b"")


def test_a_bool_of_an_odd_byte_becomes_true() -> None:
    value = codec.decode(b'["array","bool",[3],"C"]', bytes([0, 1, 77]))
    assert value.view(np.uint8).tolist() == [0, 1, 1]


def test_a_frame_that_announces_too_much_is_refused() -> None:
    with pytest.raises(codec.WireError, match="large"):
        codec.sizes(codec.PREFIX.pack(codec.MAGIC, 2**31, 0))
    with pytest.raises(codec.WireError, match="not a frame"):
        codec.sizes(codec.PREFIX.pack(b"HTTP", 1, 0))


@settings(max_examples=300)
@given(VALUES, st.data())
def test_a_damaged_frame_raises_nothing_but_a_wire_error(value: Any, data: st.DataObject) -> None:
    frame = bytearray(codec.encode(value))
    for _ in range(data.draw(st.integers(1, 4))):
        frame[data.draw(st.integers(0, len(frame) - 1))] = data.draw(st.integers(0, 255))
    try:
        header, body = codec.sizes(bytes(frame[: codec.PREFIX.size]))
        rest = bytes(frame[codec.PREFIX.size :])
        codec.decode(rest[:header], rest[header : header + body])
    except codec.WireError:
        pass
