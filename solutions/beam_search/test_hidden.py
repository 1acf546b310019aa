"""Hidden tests of `beam_search`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.testing import Mismatch, Rung, assert_close, assert_equal, assert_raises
from grader.testing.decoding import checked_hypotheses, language_models, tree_model

# Tokens 1 and 2 after a start of 0; what is missing is impossible. Beams of 1, 2 and 4 end differently.
TREE = {
    (0,): {1: -1.0, 2: -1.2},
    (0, 1): {1: -2.5, 2: -2.6},
    (0, 2): {1: -1.9, 2: -2.0},
    (0, 1, 1): {1: -2.0},
    (0, 1, 2): {1: -0.9},
    (0, 2, 1): {1: -3.0},
    (0, 2, 2): {2: -3.1},
}
WIDTHS = st.integers(1, 5)
LENGTHS = st.integers(1, 4)


def _assert_same(found, expected):
    """The same sequences in the same order, with the same scores."""
    found = checked_hypotheses(found)
    assert_equal([tokens for tokens, _ in found], [tokens for tokens, _ in expected], name="the sequences")
    scores, wanted = (np.array([score for _, score in pairs], dtype=float) for pairs in (found, expected))
    assert_close(scores, wanted, name="the scores", rtol=0, atol=1e-9)


@pytest.mark.points(3)
@given(language_models(), WIDTHS, LENGTHS)
def test_the_beam_holds_the_best_extensions(student, reference, case, beam_width, max_len):
    """At each step the best extensions of all kept hypotheses make the next beam."""
    model, _ = case
    _assert_same(
        student.beam_search(model, beam_width, max_len), reference.beam_search(model, beam_width, max_len)
    )


@pytest.mark.points(2)
@pytest.mark.parametrize(
    ("beam_width", "expected"),
    [
        (1, [((0, 1, 1, 1), -5.5)]),
        (2, [((0, 2, 1, 1), -6.1), ((0, 2, 2, 2), -6.3)]),
        (4, [((0, 1, 2, 1), -4.5), ((0, 1, 1, 1), -5.5), ((0, 2, 1, 1), -6.1), ((0, 2, 2, 2), -6.3)]),
    ],
)
def test_a_wider_beam_finds_what_a_narrow_one_drops(student, beam_width, expected):
    """On a tree of log-probabilities, beams of 1, 2 and 4 end with the hypotheses that paper gives."""
    _assert_same(student.beam_search(tree_model(TREE, 3), beam_width, 3), expected)


@pytest.mark.points(2)
@given(language_models(ties=True), WIDTHS, LENGTHS)
def test_ties_go_to_the_smaller_tokens(student, reference, case, beam_width, max_len):
    """Of equal scores the lexicographically smaller tokens are kept, and come first."""
    model, _ = case
    _assert_same(
        student.beam_search(model, beam_width, max_len), reference.beam_search(model, beam_width, max_len)
    )


@pytest.mark.points(2)
@given(language_models(), WIDTHS, LENGTHS, st.integers(0, 2))
def test_finished_hypotheses_stay_and_compete(student, reference, case, beam_width, max_len, eos):
    """A hypothesis that ends in `eos` keeps its score, stays in the competition and is not extended."""
    model, _ = case
    found = student.beam_search(model, beam_width, max_len, bos=0, eos=eos)
    _assert_same(found, reference.beam_search(model, beam_width, max_len, bos=0, eos=eos))


@pytest.mark.points(1)
def test_the_search_ends_when_all_are_finished(student):
    """The search goes on until every kept hypothesis is finished, and then stops asking the model."""
    asked = []

    def model(prefix):
        asked.append(prefix)
        return np.array([-2.0, -1.0]) if len(prefix) < 3 else np.array([-0.25, -4.0])

    # Token 1 ends a sequence: (0, 1) is finished at once, (0, 0, 1) after two steps, and both fill the beam.
    found = student.beam_search(model, 2, 50, bos=0, eos=1)
    _assert_same(found, [((0, 1), -1.0), ((0, 0, 1), -3.0)])
    if len(asked) != 2:
        raise Mismatch(
            Rung.VALUE, f"the model should be asked 2 times, for (0,) and (0, 0), got {len(asked)}"
        )


@pytest.mark.points(1)
def test_searches_that_have_no_choice(student):
    """No length, no width, one token and dead ends are searches like any others."""
    flat = tree_model({(0,): {0: -1.0, 1: -1.5}, (0, 0): {}, (0, 1): {1: -2.0}}, 2)
    _assert_same(student.beam_search(flat, 3, 0, bos=7), [((7,), 0.0)])
    _assert_same(student.beam_search(flat, 3, 2), [((0, 1, 1), -3.5)])
    _assert_same(student.beam_search(flat, 1, 2), [])
    _assert_same(student.beam_search(lambda _: np.array([-0.5]), 2, 3), [((0, 0, 0, 0), -1.5)])
    assert_raises(ValueError, student.beam_search, flat, 0, 2)
    assert_raises(ValueError, student.beam_search, flat, 1, -1)


@pytest.mark.points(1)
@given(language_models(impossible=True), WIDTHS, LENGTHS)
def test_the_model_is_asked_once_for_each_hypothesis(student, reference, case, beam_width, max_len):
    """The model is asked at most once a hypothesis and step, with a tuple that begins with `bos`."""
    model, _ = case
    asked = []

    def counted(prefix):
        if (
            type(prefix) is not tuple
            or prefix[:1] != (0,)
            or not all(isinstance(t, int | np.integer) for t in prefix)
        ):
            raise Mismatch(Rung.VALUE, "the model should be given a tuple of ints that begins with `bos`")
        asked.append(prefix)
        return model(prefix)

    found = student.beam_search(counted, beam_width, max_len)
    _assert_same(found, reference.beam_search(model, beam_width, max_len))
    most = 1 + (max_len - 1) * beam_width
    if len(asked) > most or len(set(asked)) < len(asked):
        raise Mismatch(
            Rung.VALUE,
            f"the model should be asked at most {most} times, once a prefix, got {len(asked)} calls",
        )
