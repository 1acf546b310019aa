r"""Holds a typed formula in arrays against the author's: by its shape, then by its values.

The notation: products are silent, `*` or `@`; entry by entry they are `⊙`, `\odot` or `.*`. `W^T`, `W'`,
`W.T` and `W^\top` are transposes, `A^{-1}` is an inverse, `I` the identity, `‖x‖` a norm. Functions such as
`exp`, `relu` and `σ` go entry by entry; `sum`, `mean`, `tr`, `diag`, `softmax` and `norm` take a whole array.
A vector is a column; one that is added to a matrix with a row of as many entries is added to every row. The
letters of the sizes are numbers, so that a mean over n entries can be divided by `n`.
"""

import ast
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import numpy as np

from grader.model.answer import MatrixFormulaAnswer
from grader.quiz.arrays import SPOKEN, Evaluator, Identity, Operand, Shape, ShapeError
from grader.quiz.comparison import Comparison, Floats, Values, Verdict, compared
from grader.quiz.glyphs import NotationError
from grader.quiz.notation import Vocabulary, read_formula
from grader.quiz.outcome import UnusableKeyError

ROUNDS = 24
"""Half of them with positive entries alone, for roots and logarithms."""
ENOUGH = 12
MAX_LETTERS = 12
MAX_SIZE = 64
NOTATION = "write products as `W x`, entry by entry `⊙` or `.*`, transposes `W^T`"

Sizes = Mapping[str, tuple[int | str, ...]]
Round = tuple[Mapping[str, int], Mapping[str, Operand]]
"""What the letters stand for, and the values of all names."""


def check_matrix_formula(answer: MatrixFormulaAnswer, typed: str) -> Comparison:
    """The typed formula beside the author's; undecided where too few values say anything.

    Raises:
        NotationError: the typed formula cannot be read.
        UnusableKeyError: the author's, or its sizes, cannot be used.
    """
    key = _key(answer.matrix_formula, tuple(answer.variables.items()))
    tree = _read(typed, answer.variables)
    values = []
    for (sizes, names), wanted in zip(key.rounds, key.values, strict=True):
        letters = {size: letter for letter, size in sizes.items()}
        try:
            given, evaluator = _valued(tree, names)
        except ShapeError as error:
            return Comparison(Verdict.OTHER_SHAPE, 0, f"In your formula {_in_letters(error, letters)}.")
        if given.shape != wanted.shape:
            return _other_shape(given, wanted, letters)
        values.append(_flat(given, evaluator))
    return _told(compared(_joined(values), key.joined, ENOUGH))


@dataclass(frozen=True, slots=True)
class _Key:
    """The author's formula with its values, so that many answers can be held against it."""

    rounds: Sequence[Round]
    values: Sequence[Floats]
    joined: Values


@lru_cache(maxsize=500)
def _key(formula: str, variables: tuple[tuple[str, tuple[int | str, ...]], ...]) -> _Key:
    rounds = _rounds(formula, dict(variables))
    values, flat = [], []
    for sizes, names in rounds:
        try:
            value, evaluator = _valued(_read(formula, dict(variables)), names)
        except NotationError as error:
            raise UnusableKeyError(f"`{formula}` cannot be used: {error}") from None
        except ShapeError as error:
            letters = {size: letter for letter, size in sizes.items()}
            raise UnusableKeyError(f"in `{formula}` {_in_letters(error, letters)}") from None
        values.append(value)
        flat.append(_flat(value, evaluator))
    return _Key(rounds, values, _joined(flat))


def _in_letters(error: ShapeError, letters: Mapping[int, str]) -> str:
    return error.what.format(*(spoken(shape, letters) for shape in error.shapes))


def spoken(shape: Shape, letters: Mapping[int, str]) -> str:
    """A shape in the author's letters; a column is a vector."""
    rows, columns = (letters.get(size, str(size)) for size in shape)
    if shape == (1, 1):
        return "a number"
    return f"the shape ({rows},)" if shape[1] == 1 else f"the shape ({rows}, {columns})"


# --- reading -----------------------------------------------------------------------------------------------


def _letters(variables: Sizes) -> list[str]:
    """The letters of the sizes, each once, in order."""
    return list(
        dict.fromkeys(size for shape in variables.values() for size in shape if isinstance(size, str))
    )


def _read(text: str, variables: Sizes) -> ast.expr:
    letters = (letter for letter in _letters(variables) if letter not in variables)
    return _read_once(text, (*variables, *letters))


@lru_cache(maxsize=2_000)
def _read_once(text: str, variables: tuple[str, ...]) -> ast.expr:
    return read_formula(text, Vocabulary(variables, SPOKEN, ("e", "pi", "I"), matrices=True))


# --- values ------------------------------------------------------------------------------------------------


def _rounds(seed: str, variables: Sizes) -> Sequence[Round]:
    """Sizes and entries, the same for the same formula; no two letters have one size.

    The second half has the sizes the other way round, so that what is tall was broad once.
    """
    letters = _letters(variables)
    numbers = {size for shape in variables.values() for size in shape if isinstance(size, int)}
    if len(letters) > MAX_LETTERS or any(not 1 <= size <= MAX_SIZE for size in numbers):
        raise UnusableKeyError(f"sizes are letters, {MAX_LETTERS} at most, or numbers from 1 to {MAX_SIZE}")
    if any(len(shape) > 2 for shape in variables.values()):
        raise UnusableKeyError("a variable is a number `[]`, a vector `[n]` or a matrix `[m, n]`")
    text = random.Random(seed)  # noqa: S311 (no secret; text seeds are stable)
    generator = np.random.default_rng(text.getrandbits(64))
    free = [size for size in range(2, 3 * MAX_LETTERS) if size not in numbers]
    drawn = text.sample(list(islice(free, len(letters) + 2)), len(letters))
    rounds = []
    for index in range(ROUNDS):
        sizes = dict(zip(letters, drawn if index < ROUNDS // 2 else drawn[::-1], strict=True))
        positive = index % 2 == 1
        rounds.append((sizes, _entries(variables, sizes, generator, positive=positive)))
    return rounds


def _entries(
    variables: Sizes, sizes: Mapping[str, int], generator: np.random.Generator, *, positive: bool
) -> dict[str, Operand]:
    names: dict[str, Operand] = {"e": float(np.e), "pi": float(np.pi), "I": Identity(1.0)}
    names |= {letter: float(size) for letter, size in sizes.items()}
    for name, shape in variables.items():
        rows, columns = (*(size if isinstance(size, int) else sizes[size] for size in shape), 1, 1)[:2]
        entries = generator.normal(size=(rows, columns))
        entries = np.abs(entries) + 0.1 if positive else entries
        names[name] = entries if entries.size > 1 else float(entries[0, 0])
    return names


def _valued(tree: ast.expr, names: Mapping[str, Operand]) -> tuple[Floats, Evaluator]:
    evaluator = Evaluator(names)
    with np.errstate(all="ignore"):
        value = evaluator.value(tree)
    if isinstance(value, Identity):
        raise NotationError("the size of `I` is not clear here")
    return np.asarray(value, dtype=np.float64).reshape(np.shape(value) or (1, 1)), evaluator


def _flat(value: Floats, evaluator: Evaluator) -> Values:
    entries = value.reshape(-1)
    return Values(entries, np.full(entries.shape, evaluator.lost), np.full(entries.shape, evaluator.scale))


def _joined(rounds: Sequence[Values]) -> Values:
    return Values(
        np.concatenate([entry.values for entry in rounds]),
        np.concatenate([entry.lost for entry in rounds]),
        np.concatenate([entry.scale for entry in rounds]),
    )


# --- telling -----------------------------------------------------------------------------------------------


def _other_shape(given: Floats, wanted: Floats, letters: Mapping[int, str]) -> Comparison:
    yours, due = (spoken(value.shape, letters) for value in (given, wanted))
    feedback = f"Your formula gives {yours}; {due} is asked for."
    if given.shape == wanted.shape[::-1] and np.allclose(given.T, wanted, equal_nan=True):
        feedback += " The entries are right; what would turn rows into columns?"
    return Comparison(Verdict.OTHER_SHAPE, 0, feedback)


def _told(comparison: Comparison) -> Comparison:
    feedback = {
        Verdict.NO_VALUE: "Your formula has no value for some entries, where the answer has one.",
        Verdict.EXTRA_VALUE: "Your formula has a value for some entries, where the answer has none.",
        Verdict.OTHER_SIGN: "Right up to the sign; which way does it point?",
        Verdict.OTHER_FACTOR: "Right up to a constant factor; which one is missing or too many?",
        Verdict.DIFFERENT: "The shape is right, the entries are not; what is each of them for a 2×2 example?",
    }.get(comparison.verdict, "")
    return comparison.saying(feedback)
