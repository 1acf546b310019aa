"""What tests of decoders need: chains, language models, a check of what a search returned."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from grader.testing.close import real_number
from grader.testing.mismatch import Mismatch, Rung
from grader.testing.remade import remade
from grader.testing.wording import count, kind_of, number

Chain = tuple[np.ndarray, np.ndarray, np.ndarray]
Model = Callable[..., np.ndarray]

# A backtracking loop over states instead of steps goes unnoticed where N is T or T - 1.
SIZES = [(n, t) for n in range(1, 5) for t in range(1, 6) if n not in (t, t - 1)] + [(1, 1), (2, 2), (3, 4)]
SIZES.sort(key=lambda size: size[0] * size[1])
ENTRIES = [0.0, -1.0, -2.0, -3.0, -4.0, -5.0, -6.0, 1.0, 2.0, 3.0]


@st.composite
def chains(draw: st.DrawFn, *, ties: bool = False, impossible: bool = False) -> Chain:
    """`log_init` (N,), `log_trans` (N, N) and `log_emit` (T, N), N up to 4 and T up to 5, all whole numbers.

    So sums are exact and ties are real ones. With `ties` all numbers are 0 or -1, so that many paths are
    equal; with `impossible` every other entry of one of the tables is -inf.
    """
    states, steps = draw(st.sampled_from(SIZES))
    entries = [st.sampled_from(ENTRIES[:2] if ties else ENTRIES)] * 3
    if impossible:
        entries[draw(st.integers(0, 2))] = st.sampled_from([0.0, -1.0, -np.inf, -np.inf])
    init, trans, emit = entries
    return (
        draw(_table(init, states)),
        draw(_table(trans, states, states)),
        draw(_table(emit, steps, states)),
    )


def _table(entries: st.SearchStrategy[float], *shape: int) -> st.SearchStrategy[np.ndarray]:
    # Nothing to fill with: by default most entries are one number, and equal paths with other ends are rare.
    return npst.arrays(np.float64, shape, elements=entries, fill=st.nothing())


@st.composite
def language_models(draw: st.DrawFn, *, ties: bool = False, impossible: bool = False) -> tuple[Model, int]:
    """A model over up to 3 tokens, which looks at the whole prefix, and the number of its tokens.

    Scores are multiples of 1/1024, so sums are exact. With `ties` only three scores occur, so that many sums
    are equal; with `impossible` one token in five is.
    """
    tokens = draw(st.integers(1, 3))
    scores = RandomScores(tokens, seed=draw(st.integers(0, 999)), ties=ties, impossible=impossible)
    return strict_model(scores, tokens), tokens


@remade
@dataclass(frozen=True, eq=False)
class RandomScores:
    """Scores that look at the whole prefix."""

    tokens: int
    seed: int
    ties: bool
    impossible: bool

    def __call__(self, prefix: tuple[int, ...]) -> np.ndarray:
        rng = np.random.default_rng([self.seed, *(token + 1 for token in prefix)])
        drawn = -rng.integers(1, 4, self.tokens) if self.ties else -rng.integers(1, 4096, self.tokens) / 1024
        scores = drawn.astype(np.float64)
        if self.impossible:
            scores[rng.random(self.tokens) < 0.2] = -np.inf
        return scores


@remade
@dataclass(frozen=True, eq=False)
class EqualScores:
    """The same score for each token, after every prefix."""

    tokens: int
    score: float

    def __call__(self, prefix: tuple[int, ...]) -> np.ndarray:
        return np.full(self.tokens, self.score)


def tree_model(tree: dict[tuple[Any, ...], dict[int, float]], tokens: int) -> Model:
    """The model that gives, after each prefix, the scores written in the tree; all else is impossible."""

    def scores_after(prefix: tuple[int, ...]) -> np.ndarray:
        scores = np.full(tokens, -np.inf)
        for token, score in tree.get(prefix, {}).items():
            scores[token] = score
        return scores

    return strict_model(scores_after, tokens)


def strict_model(scores_after: Callable[[tuple[int, ...]], np.ndarray], tokens: int) -> Model:
    """The model that answers with `scores_after(prefix)` when it is asked as the statement promises.

    Asked with anything but one tuple, of a start token and then numbers below `tokens`, it raises `Mismatch`.
    """
    return StrictModel(scores_after, tokens)


@remade
@dataclass(frozen=True, eq=False)
class StrictModel:
    """What `strict_model` makes."""

    scores_after: Callable[[tuple[int, ...]], np.ndarray]
    tokens: int

    def __call__(self, *arguments: Any) -> np.ndarray:
        return self.scores_after(_checked_prefix(arguments, self.tokens))


def _checked_prefix(arguments: tuple[Any, ...], tokens: int) -> tuple[int, ...]:
    fault = _fault(arguments, tokens)
    if fault:
        promise = "`log_prob_fn` should be given a tuple of ints that begins with `bos`"
        raise Mismatch(Rung.VALUE, f"{promise}, got {fault}")
    return tuple(map(int, arguments[0]))


def _fault(arguments: tuple[Any, ...], tokens: int) -> str | None:
    """What a model was given in the place of a prefix."""
    if len(arguments) != 1:
        return count(len(arguments), "argument")
    prefix = arguments[0]
    if type(prefix) is not tuple:
        return kind_of(prefix)
    if not prefix:
        return "an empty one"
    for token in prefix:
        if not _is_token(token):
            return f"one with {kind_of(token)} in it"
    for token in prefix[1:]:
        if not 0 <= token < tokens:
            return f"one with the token {number(token)}, where tokens go from 0 to {tokens - 1}"
    return None


def _is_token(value: Any) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


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
        raise Mismatch(
            Rung.RESULTS, f"the tokens of a hypothesis should be a tuple of ints, got {kind_of(tokens)}"
        )
    if not all(map(_is_token, tokens)):
        raise Mismatch(Rung.RESULTS, "the tokens of a hypothesis should be ints")
    return tuple(map(int, tokens))


def _score(entry: Any) -> float:
    return real_number(entry[1], what="the score of a hypothesis")
