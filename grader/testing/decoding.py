"""What tests of decoders need: chains, language models, a check of what a search returned."""

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from grader.testing.mismatch import Mismatch, Rung

Chain = tuple[np.ndarray, np.ndarray, np.ndarray]
Model = Callable[[tuple[int, ...]], np.ndarray]

# A backtracking loop over states instead of steps goes unnoticed where N is T or T - 1.
SIZES = [(n, t) for n in range(1, 5) for t in range(1, 6) if n not in (t, t - 1)] + [(1, 1), (2, 2), (3, 4)]
POSSIBLE = [0.0, -1.0, -2.0, -3.0, -4.0, -5.0, -6.0]


@st.composite
def chains(draw: st.DrawFn, *, impossible: bool = False) -> Chain:
    """`log_init` (N,), `log_trans` (N, N) and `log_emit` (T, N), N up to 4 and T up to 5, all whole numbers.

    So sums are exact and ties are real ones. With `impossible`, some initial states and steps are -inf.
    """
    states, steps = draw(st.sampled_from(SIZES))
    entries = st.sampled_from([*POSSIBLE, -np.inf] if impossible else POSSIBLE)
    emissions = st.integers(-4, 4).map(float)
    return (
        draw(npst.arrays(np.float64, states, elements=entries)),
        draw(npst.arrays(np.float64, (states, states), elements=entries)),
        draw(npst.arrays(np.float64, (steps, states), elements=emissions)),
    )


@st.composite
def language_models(draw: st.DrawFn, *, ties: bool = False, impossible: bool = False) -> tuple[Model, int]:
    """A model over up to 3 tokens, which looks at the whole prefix, and the number of its tokens.

    Scores are multiples of 1/1024, so sums are exact. With `ties` only three scores occur, so that many sums
    are equal; with `impossible` one token in five is.
    """
    tokens = draw(st.integers(1, 3))
    seed = draw(st.integers(0, 999))

    def model(prefix: tuple[int, ...]) -> np.ndarray:
        rng = np.random.default_rng([seed, *(token + 1 for token in prefix)])
        scores = -rng.integers(1, 4, tokens) if ties else -rng.integers(1, 4096, tokens) / 1024
        scores = scores.astype(np.float64)
        if impossible:
            scores[rng.random(tokens) < 0.2] = -np.inf
        return scores

    return model, tokens


def tree_model(tree: dict[tuple[Any, ...], dict[int, float]], tokens: int) -> Model:
    """The model that gives, after each prefix, the scores written in the tree; all else is impossible."""

    def model(prefix: tuple[int, ...]) -> np.ndarray:
        scores = np.full(tokens, -np.inf)
        for token, score in tree.get(prefix, {}).items():
            scores[token] = score
        return scores

    return model


def checked_hypotheses(found: Any) -> list[tuple[tuple[int, ...], float]]:
    """What a beam search returned, when it is a list of pairs of a tuple of ints and a number.

    Raises:
        Mismatch: it is something else.
    """
    return [(_tokens(entry), _score(entry)) for entry in found]


def _tokens(entry: Any) -> tuple[int, ...]:
    if not isinstance(entry, tuple | list) or len(entry) != 2:
        raise Mismatch(Rung.RESULTS, "each hypothesis should be a pair (tokens, score)")
    tokens = entry[0]
    if type(tokens) is not tuple:
        kind = type(tokens).__name__
        raise Mismatch(Rung.RESULTS, f"the tokens of a hypothesis should be a tuple of ints, got a {kind}")
    if not all(isinstance(token, int | np.integer) and not isinstance(token, bool) for token in tokens):
        raise Mismatch(Rung.RESULTS, "the tokens of a hypothesis should be ints")
    return tuple(int(token) for token in tokens)


def _score(entry: Any) -> float:
    score = entry[1]
    if not isinstance(score, int | float | np.integer | np.floating) or isinstance(score, bool):
        kind = type(score).__name__
        raise Mismatch(Rung.RESULTS, f"the score of a hypothesis should be a float, got a {kind}")
    return float(score)
