"""Which answer belongs to which cell, and to which part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.quiz.cells import read_cells, read_parts
from grader.quiz.selection import UnclearError, is_blank, read_order, read_pairs

ONE_A_ROW = [(1, 1), (2, 1)]
"""The second cell of the second and third row."""

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


class TestCells:
    @pytest.mark.parametrize(
        "response",
        [
            ["a", "b"],
            "a; b",
            "a\nb",
            {"2.2": "a", "3.2": "b"},
            [["a"], ["b"]],
            [["h", "i"], ["x", "a"], ["y", "b"]],
            [[], ["a"], ["b"]],
        ],
    )
    def test_are_read_from_a_list_a_text_rows_or_names(self, response: object) -> None:
        assert read_cells(response, ONE_A_ROW, 2) == {(1, 1): "a", (2, 1): "b"}

    def test_are_unclear_where_a_list_may_be_a_row_or_a_shape(self) -> None:
        with pytest.raises(UnclearError, match="name the cells"):
            read_cells([["28", "10"], ["14", "10"]], ONE_A_ROW, 2)

    def test_are_left_out_where_they_are_blank(self) -> None:
        assert read_cells("; b", ONE_A_ROW, 2) == {(2, 1): "b"}
        assert read_cells({"2.2": None, "3.2": ""}, ONE_A_ROW, 2) == {}

    @given(anything)
    def test_are_read_or_unclear_whatever_is_given(self, response: object) -> None:
        try:
            cells = read_cells(response, ONE_A_ROW, 3)
        except UnclearError:
            return
        assert cells.keys() <= set(ONE_A_ROW)
        assert not any(map(is_blank, cells.values()))


@given(anything)
def test_parts_are_read_or_unclear_whatever_is_given(response: object) -> None:
    try:
        assert len(read_parts(response, 3)) == 3
    except UnclearError:
        return


@given(anything)
def test_pairs_are_read_or_unclear_whatever_is_given(response: object) -> None:
    try:
        pairs = read_pairs(response, 3, 4)
    except UnclearError:
        return
    assert pairs.keys() <= {1, 2, 3}
    assert set(pairs.values()) <= set("ABCD")


@given(st.permutations("ABCDE"), st.sampled_from(["", " ", ", ", " > ", " → "]))
def test_an_order_is_read_however_it_is_joined(order: list[str], between: str) -> None:
    assert read_order(between.join(order), 5) == tuple(order)
    assert read_order(order, 5) == tuple(order)


@given(anything)
def test_an_order_is_read_or_unclear_whatever_is_given(response: object) -> None:
    try:
        assert sorted(read_order(response, 3)) == ["A", "B", "C"]
    except UnclearError:
        return
