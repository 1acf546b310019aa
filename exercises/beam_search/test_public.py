"""Public tests of `beam_search`: small models can be searched whole."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from grader.testing import Mismatch, Rung, assert_close, assert_equal
from grader.testing.decoding import checked_hypotheses, language_models


def _score(model, tokens, vocabulary):
    """The sum along tokens that came from a submission."""
    if any(token not in range(vocabulary) for token in tokens[1:]):
        raise Mismatch(Rung.VALUE, f"tokens go from 0 to {vocabulary - 1} here, got {tokens}")
    score = 0.0
    for length in range(1, len(tokens)):
        score += float(model(tokens[:length])[tokens[length]])
    return score


@given(language_models(), st.integers(1, 3))
def test_a_beam_that_is_wide_enough_finds_every_sequence_in_order(student, case, max_len):
    """With room for all sequences, all are returned, best first."""
    model, tokens = case
    found = checked_hypotheses(student.beam_search(model, 27, max_len))
    every = [(0, *rest) for rest in itertools.product(range(tokens), repeat=max_len)]
    expected = sorted(every, key=lambda sequence: (-_score(model, sequence, tokens), sequence))
    assert_equal([sequence for sequence, _ in found], expected, name="the sequences")


@given(language_models(), st.integers(1, 4))
def test_a_beam_of_one_is_greedy(student, case, max_len):
    """A beam of one takes the most probable token at each step."""
    model, _ = case
    greedy = (0,)
    for _ in range(max_len):
        greedy = (*greedy, int(np.argmax(model(greedy))))
    found = checked_hypotheses(student.beam_search(model, 1, max_len))
    assert_equal([sequence for sequence, _ in found], [greedy], name="the sequences")


@given(language_models(), st.integers(1, 4), st.integers(1, 4))
def test_each_score_is_the_sum_along_its_tokens(student, case, beam_width, max_len):
    """Each score is the sum of the log-probabilities of its tokens, and one is returned for each sequence."""
    model, tokens = case
    found = checked_hypotheses(student.beam_search(model, beam_width, max_len))
    assert_equal(len(found), min(beam_width, tokens**max_len), name="the number of hypotheses")
    for sequence, score in found:
        assert_equal(len(sequence), max_len + 1, name="the number of tokens")
        assert_equal(sequence[0], 0, name="the first token")
        assert_close(score, _score(model, sequence, tokens), name=f"the score of {sequence}", atol=1e-9)
