"""Hidden tests of `beam_search`."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.testing import Mismatch, Rung, assert_close, assert_equal, assert_raises
from grader.testing.decoding import (
    EqualScores,
    checked_hypotheses,
    language_models,
    strict_model,
    tree_model,
)

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
# Two tokens, x = 0 and y = 1: their scores after the start, x, y, xx, xy, yx and yy.
PREFIXES = [(0,), (0, 0), (0, 1), (0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1)]
BINARY = {
    "T1": [-2.9, -0.5, -2.3, -2.6, -0.4, -2.4, -1.4, -1.9, -0.9, -2.9, -0.9, -2.4, -1.8, -2.4],
    "T2": [-1.2, -0.9, -0.6, -0.8, -2.2, -3.0, -3.0, -1.8, -1.5, -1.0, -1.9, -2.5, -1.6, -1.5],
    "T3": [-0.7, -1.8, -2.8, -2.0, -2.6, -1.0, -0.4, -1.8, -1.7, -1.9, -1.4, -2.0, -2.3, -2.8],
    "T4": [-1.3, -2.4, -1.8, -2.1, -2.1, -2.6, -2.3, -2.9, -2.1, -1.9, -0.5, -2.9, -1.2, -1.7],
    "T5": [-1.7, -1.8, -1.9, -2.7, -0.6, -1.2, -2.9, -0.4, -1.9, -2.6, -2.4, -2.7, -1.3, -2.5],
    "T6": [-1.1, -2.6, -2.6, -2.5, -0.7, -0.9, -2.5, -0.8, -1.1, -2.2, -1.5, -1.7, -2.6, -1.7],
    "T7": [-2.6, -2.8, -1.5, -1.3, -0.8, -0.7, -2.5, -0.7, -2.3, -1.0, -1.5, -1.9, -2.2, -2.5],
}
UNIFORM = strict_model(EqualScores(3, -1.0), 3)
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
    ("tree", "beam_width", "expected"),
    [
        (TREE, 1, {"111": -5.5}),
        (TREE, 2, {"211": -6.1, "222": -6.3}),
        (TREE, 4, {"121": -4.5, "111": -5.5, "211": -6.1, "222": -6.3}),
        ("T1", 2, {"100": -1.8, "101": -3.3}),
        ("T2", 1, {"100": -5.0}),
        ("T2", 2, {"011": -3.0, "010": -3.5}),
        ("T3", 2, {"010": -4.4, "011": -4.6}),
        ("T4", 2, {"011": -5.3, "000": -5.4}),
        ("T5", 1, {"001": -4.0}),
        ("T5", 2, {"110": -4.3, "100": -4.8}),
        ("T6", 1, {"010": -4.7}),
        ("T6", 2, {"100": -4.8, "101": -5.0}),
        ("T7", 2, {"100": -5.1, "101": -5.5}),
    ],
)
def test_a_wider_beam_finds_what_a_narrow_one_drops(student, tree, beam_width, expected):
    """On trees of log-probabilities, beams of 1, 2 and 4 end with the hypotheses that paper gives."""
    if isinstance(tree, str):
        pairs = zip(BINARY[tree][::2], BINARY[tree][1::2], strict=True)
        tree = {prefix: dict(enumerate(pair)) for prefix, pair in zip(PREFIXES, pairs, strict=True)}
    hypotheses = [((0, *map(int, letters)), score) for letters, score in expected.items()]
    _assert_same(student.beam_search(tree_model(tree, 3), beam_width, 3), hypotheses)


@pytest.mark.points("3/2")
@given(language_models(ties=True), WIDTHS, LENGTHS)
@example((UNIFORM, 3), 4, 2)
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


@pytest.mark.points("1/2")
@pytest.mark.needs("test_ties_go_to_the_smaller_tokens", "test_finished_hypotheses_stay_and_compete")
@given(language_models(ties=True), WIDTHS, LENGTHS, st.integers(0, 2))
def test_ties_between_finished_and_unfinished(student, reference, case, beam_width, max_len, eos):
    """A finished and an unfinished hypothesis of equal scores are ordered by their tokens as well."""
    model, _ = case
    found = student.beam_search(model, beam_width, max_len, bos=0, eos=eos)
    _assert_same(found, reference.beam_search(model, beam_width, max_len, bos=0, eos=eos))


@pytest.mark.points(1)
def test_the_search_ends_when_all_are_finished(student):
    """The search goes on until every kept hypothesis is finished, and then stops asking the model."""
    asked = []

    def scores_after(prefix):
        asked.append(prefix)
        return np.array([-2.0, -1.0]) if len(prefix) < 3 else np.array([-0.25, -4.0])

    # Token 1 ends a sequence: (0, 1) is finished at once, (0, 0, 1) after two steps, and both fill the beam.
    found = student.beam_search(strict_model(scores_after, 2), 2, 50, bos=0, eos=1)
    _assert_same(found, [((0, 1), -1.0), ((0, 0, 1), -3.0)])
    if len(asked) != 2:
        raise Mismatch(
            Rung.VALUE, f"the model should be asked 2 times, for (0,) and (0, 0), got {len(asked)}"
        )
    # After (0, 0) nothing is possible, so that the finished (0, 1) is left alone.
    dead_end = tree_model({(0,): {0: -1.0, 1: -1.5}}, 2)
    _assert_same(student.beam_search(dead_end, 2, 3, bos=0, eos=1), [((0, 1), -1.5)])


@pytest.mark.points(1)
def test_searches_that_have_no_choice(student):
    """No length, no width, one token and dead ends are searches like any others."""
    flat = tree_model({(0,): {0: -1.0, 1: -1.5}, (0, 0): {}, (0, 1): {1: -2.0}}, 2)
    _assert_same(student.beam_search(flat, 3, 0, bos=7), [((7,), 0.0)])
    _assert_same(student.beam_search(flat, 3, 2), [((0, 1, 1), -3.5)])
    _assert_same(student.beam_search(flat, 1, 2), [])
    _assert_same(student.beam_search(strict_model(EqualScores(1, -0.5), 1), 2, 3), [((0, 0, 0, 0), -1.5)])
    assert_raises(ValueError, student.beam_search, flat, 0, 2)
    assert_raises(ValueError, student.beam_search, flat, 1, -1)


@pytest.mark.points(1)
@given(language_models(impossible=True), WIDTHS, LENGTHS, st.sampled_from([0, 7]))
def test_the_model_is_asked_once_for_each_hypothesis(student, reference, case, beam_width, max_len, bos):
    """The model is asked at most once a hypothesis and step, with a tuple that begins with `bos`."""
    model, _ = case
    asked = []

    def counted(*arguments):
        scores = model(*arguments)
        asked.append(arguments[0])
        if arguments[0][0] != bos:
            raise Mismatch(
                Rung.VALUE, f"`log_prob_fn` should be given tuples that begin with {bos}, got {arguments[0]}"
            )
        return scores

    found = student.beam_search(counted, beam_width, max_len, bos=bos)
    _assert_same(found, reference.beam_search(model, beam_width, max_len, bos=bos))
    most = 1 + (max_len - 1) * beam_width
    if len(asked) > most or len(set(asked)) < len(asked):
        raise Mismatch(
            Rung.VALUE,
            f"the model should be asked at most {most} times, once a prefix, got {len(asked)} calls",
        )
