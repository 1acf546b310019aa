"""The shipped question bank: its form, its balance, and its computable keys computed again."""

import itertools
import math
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from grader.bank import read_bank
from grader.model.answer import NumberAnswer, ShapeAnswer
from grader.model.item import Bank, Item, Key, MultipleChoice, ShortAnswer, SingleChoice, TrueFalse
from grader.quiz.answers import check_answer
from grader.quiz.numbers import read_number

BANK = Path(__file__).parent.parent / "question_bank"

Floats = NDArray[np.float64]
Value = float | tuple[int, ...]

PROOFS: dict[str, Callable[[], Value]] = {}


def proves(item_id: str) -> Callable[[Callable[[], Value]], Callable[[], Value]]:
    """Register a computation of the key of an item that does not look at the key."""

    def register(compute: Callable[[], Value]) -> Callable[[], Value]:
        PROOFS[item_id] = compute
        return compute

    return register


# Small programs that the proofs share.


def hinge(scores: Sequence[float], correct: int) -> float:
    return sum(max(0.0, s - scores[correct] + 1) for j, s in enumerate(scores) if j != correct)


def cross_entropy(scores: Sequence[float], correct: int) -> float:
    weights = [math.exp(s) for s in scores]
    return -math.log(weights[correct] / sum(weights))


def slope(f: Callable[[float], float], x: float, step: float = 1e-6) -> float:
    return (f(x + step) - f(x - step)) / (2 * step)


def convolve(x: Floats, filters: Floats, *, stride: int = 1, pad: int = 0) -> Floats:
    """Cross-correlate `x` (N, C, H, W) with `filters` (F, C, K, K), one output at a time."""
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    size = filters.shape[2]
    rows = range(0, padded.shape[2] - size + 1, stride)
    columns = range(0, padded.shape[3] - size + 1, stride)
    out = np.zeros((len(x), len(filters), len(rows), len(columns)))
    for (i, row), (j, column) in itertools.product(enumerate(rows), enumerate(columns)):
        window = padded[:, :, row : row + size, column : column + size]
        out[:, :, i, j] = np.tensordot(window, filters, axes=([1, 2, 3], [1, 2, 3]))
    return out


def max_pool(x: Floats, *, size: int, stride: int) -> Floats:
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    pooled: Floats = windows[:, :, ::stride, ::stride].max(axis=(-2, -1))
    return pooled


def inputs_seen(layers: Sequence[tuple[int, int]], outputs: int = 1, length: int = 60) -> int:
    """Count the input positions that reach `outputs` adjacent outputs of 1-D layers (kernel, stride)."""
    reach = np.eye(length, dtype=bool)
    for kernel, stride in layers:
        starts = range(0, len(reach) - kernel + 1, stride)
        reach = np.array([reach[start : start + kernel].any(axis=0) for start in starts])
    return int(reach[:outputs].any(axis=0).sum())


def normalize(x: Floats) -> Floats:
    centered: Floats = x - x.mean()
    scaled: Floats = centered / math.sqrt(float((centered**2).mean()))
    return scaled


def clip(gradient: Floats, limit: float) -> Floats:
    norm = float(np.sqrt((gradient**2).sum()))
    return gradient * min(1.0, limit / norm)


# Losses.


@proves("loss-hinge-mean-of-three")
def mean_hinge_of_three_images() -> float:
    images = [((3.2, 5.1, -1.7), 0), ((1.3, 4.9, 2.0), 1), ((2.2, 2.5, -3.1), 2)]
    return sum(hinge(*image) for image in images) / 3


@proves("loss-softmax-value")
def softmax_loss_of_one_example() -> float:
    return cross_entropy((1, 3, 0), 0)


@proves("loss-softmax-at-start")
def softmax_loss_of_fifty_equal_scores() -> float:
    return cross_entropy([0.3] * 50, 7)


@proves("loss-hinge-at-start")
def hinge_loss_of_twenty_equal_scores() -> float:
    return hinge([0.5] * 20, 7)


@proves("loss-hinge-slack")
def lowest_correct_score_without_loss() -> float:
    tenths = range(62, -100, -1)
    return min(tenth / 10 for tenth in tenths if hinge((0.4, tenth / 10, 2.7), 1) < 1e-9)


@proves("loss-hinge-gradient-at-correct-class")
def hinge_slope_at_the_correct_score() -> float:
    return slope(lambda score: hinge((3.0, score, 2.0, -1.0), 1) / 4, 2.5)


@proves("loss-l2-prefers-spread")
def ratio_of_penalties() -> float:
    return float(np.sum(np.array([2.0, 0, 0, 0]) ** 2) / np.sum(np.full(4, 0.5) ** 2))


@proves("loss-linear-classifier-parameters")
def parameters_of_a_linear_classifier() -> float:
    return np.zeros((26, 28, 28)).size + np.zeros(26).size


# Optimization.


@proves("opt-sgd-step-with-l2")
def sgd_step_with_penalty() -> float:
    return 3 - 0.1 * slope(lambda weight: 0.4 * weight + 0.5 * weight**2, 3)


@proves("opt-adamw-first-step")
def adam_step_with_decoupled_decay() -> float:
    weight, gradient, rho1, rho2 = 4.0, -0.3, 0.9, 0.999
    first = (1 - rho1) * gradient / (1 - rho1)
    second = (1 - rho2) * gradient**2 / (1 - rho2)
    return weight - 0.05 * first / (math.sqrt(second) + 1e-12) - 0.01 * weight


@proves("opt-decay-over-twenty-steps")
def weight_after_twenty_decays() -> float:
    weight = 8.0
    for _ in range(20):
        weight -= 0.05 * weight
    return weight


@proves("opt-noise-and-batch-size")
def noise_of_a_larger_batch() -> float:
    variance_of_one = 0.6**2 * 32
    return math.sqrt(variance_of_one / 288)


@proves("opt-gradient-through-gates")
def slope_through_gates() -> float:
    return slope(lambda a: 3 * (a * -1 + max(-4, 5)), 2)


@proves("opt-gradient-with-fan-out")
def slope_with_fan_out() -> float:
    return slope(lambda x: (x + 5) * x, 2)


@proves("opt-clip-by-norm")
def second_entry_of_clipped_gradient() -> float:
    return float(clip(np.array([6.0, -8.0]), 5)[1])


@proves("opt-clip-with-squared-norm")
def norm_after_faulty_clipping() -> float:
    gradient = np.array([5.0, 12.0])
    squares = float((gradient**2).sum())
    return float(np.linalg.norm(gradient * 2 / squares if squares > 2 else gradient))


@proves("opt-clip-each-array")
def global_norm_after_clipping_each_array() -> float:
    clipped = [clip(np.array(gradient), 5) for gradient in ([6.0, 0.0], [0.0, 8.0])]
    return float(np.linalg.norm(np.concatenate(clipped)))


# Activations.


@proves("act-sigmoid-derivative-from-output")
def sigmoid_slope_where_the_output_is_a_fifth() -> float:
    return slope(lambda x: 1 / (1 + math.exp(-x)), math.log(0.2 / 0.8))


@proves("act-elu-value")
def elu_at_minus_log_four() -> float:
    return 2 * math.expm1(-math.log(4))


@proves("act-leaky-chain")
def slope_of_three_leaky_units() -> float:
    def leaky(x: float) -> float:
        return max(0.1 * x, x)

    return slope(lambda x: leaky(leaky(leaky(x))), -2)


# Convolution.


@proves("conv-strided-output-shape")
def shape_of_strided_convolution() -> tuple[int, ...]:
    return convolve(np.zeros((8, 3, 64, 64)), np.zeros((16, 3, 5, 5)), stride=2, pad=2).shape


@proves("conv-pooled-shape")
def shape_of_pooling() -> tuple[int, ...]:
    return max_pool(np.zeros((4, 16, 30, 30)), size=3, stride=2).shape


@proves("conv-network-parameters")
def parameters_of_the_network() -> float:
    x = np.zeros((1, 1, 28, 28))
    filters = [np.zeros((8, 1, 3, 3)), np.zeros((16, 8, 3, 3))]
    for layer in filters:
        x = max_pool(convolve(x, layer, pad=1), size=2, stride=2)
    connected = np.zeros((x.size, 10))
    return sum(layer.size + len(layer) for layer in filters) + connected.size + 10


@proves("conv-multiplications")
def multiplications_of_a_convolution() -> float:
    # With ones everywhere and the border filled in, each output counts its own products.
    outputs = convolve(np.ones((1, 3, 22, 22)), np.ones((6, 3, 3, 3)))
    return float(outputs.sum())


@proves("conv-receptive-field-of-stack")
def receptive_field_of_stack() -> float:
    return inputs_seen([(3, 1), (3, 2), (5, 1)])


@proves("conv-adjacent-outputs")
def inputs_of_adjacent_outputs() -> float:
    return inputs_seen([(7, 3)], outputs=4)


@proves("conv-overlapping-pool-gradient")
def slope_through_overlapping_pools() -> float:
    return slope(lambda z: 3 * max(1, z, 0) + 8 * max(z, 2, 0), 4)


# Normalization.


@proves("norm-values-per-mean")
def values_averaged_by_spatial_batch_norm() -> float:
    x = np.zeros((16, 32, 8, 8))
    means: Floats = x.mean(axis=(0, 2, 3))
    return x.size / means.size


@proves("norm-layer-norm-value")
def last_entry_of_layer_norm() -> float:
    return float(normalize(np.array([2.0, 4, 4, 6]))[-1])


@proves("norm-batch-variance")
def variance_of_first_channel() -> float:
    x = np.array([[[1, 3], [0, 2]], [[5, 3], [4, 6]]])
    return float(x.var(axis=(0, 2))[0])


@proves("norm-layer-norm-mean-shape")
def shape_of_layer_norm_means() -> tuple[int, ...]:
    means: Floats = np.zeros((32, 100)).mean(axis=1, keepdims=True)
    return means.shape


@proves("norm-batch-of-two")
def batch_norm_of_two_samples() -> float:
    return float(3 * normalize(np.array([-7.0, 40.0]))[1] + 1)


@proves("norm-running-mean")
def running_mean_after_three_batches() -> float:
    running = 0.0
    for _ in range(3):
        running = 0.9 * running + 0.1 * 5
    return running


@proves("norm-weight-norm-gradient")
def slope_through_weight_norm() -> float:
    def loss(first: float) -> float:
        v = np.array([first, 4.0])
        return float(np.array([2.0, 1.0]) @ (15 * v / np.linalg.norm(v)))

    return slope(loss, 3)


@proves("norm-whitened-projection")
def spread_of_a_projection() -> float:
    # The eight corners of a cube have mean zero and the identity as covariance.
    corners = np.array(list(itertools.product([-1, 1], repeat=3)))
    return float((corners @ [1, 2, 2]).std())


# Recurrent networks.


@proves("rnn-operator-norm")
def longest_image_of_a_unit_vector() -> float:
    angles = np.linspace(0, math.pi, 10_001)
    images = np.array([[0, 3], [4, 0]]) @ np.stack([np.cos(angles), np.sin(angles)])
    return float(np.linalg.norm(images, axis=0).max())


@proves("rnn-steps-until-small")
def first_step_below_a_hundredth() -> float:
    return next(steps for steps in itertools.count() if 0.8**steps < 0.01)


@proves("rnn-scalar-growth")
def slope_through_ten_steps() -> float:
    def tenth_state(state: float) -> float:
        for _ in range(10):
            state *= 1.2
        return state

    return slope(tenth_state, 1)


@proves("rnn-shared-weight-gradient")
def slope_in_a_shared_weight() -> float:
    def third_state(weight: float) -> float:
        state = 1.0
        for x in (1, 0, 5):
            state = weight * state + x
        return state

    return slope(third_state, 2)


# Decoding.


@proves("dec-number-of-sequences")
def sequences_of_four_tokens() -> float:
    return len(list(itertools.product(range(6), repeat=4)))


@proves("dec-best-path-probability")
def best_path_by_brute_force() -> float:
    start = {"A": 0.55, "B": 0.45}
    move = {"AA": 0.6, "AB": 0.4, "BA": 0.1, "BB": 0.9}
    return max(start[a] * move[a + b] * move[b + c] for a, b, c in itertools.product("AB", repeat=3))


@proves("dec-beam-scores")
def scores_of_a_beam_search() -> float:
    live, scored = 1, 0
    for _ in range(10):
        scored += live * 1000
        live = min(4, live * 1000)
    return scored


@proves("dec-viterbi-products")
def products_of_viterbi() -> float:
    sources, products = 1, 0
    for _ in range(6):
        products += sources * 8
        sources = 8
    return products


TREE = {
    "": (-1.1, -2.6),
    "x": (-2.6, -2.5),
    "y": (-0.7, -0.9),
    "xx": (-2.5, -0.8),
    "xy": (-1.1, -2.2),
    "yx": (-1.5, -1.7),
    "yy": (-2.6, -1.7),
}


@proves("dec-beam-two-on-a-tree")
def best_score_of_beam_two() -> float:
    beam = {"": 0.0}
    for _ in range(3):
        extended = {
            prefix + token: score + step
            for prefix, score in beam.items()
            for token, step in zip("xy", TREE[prefix], strict=True)
        }
        beam = dict(sorted(extended.items(), key=lambda pair: pair[1])[-2:])
    return max(beam.values())


@proves("dec-probability-ratio")
def ratio_of_two_probabilities() -> float:
    return math.exp(-6.4) / math.exp(-7.1)


@proves("dec-exact-beam-width")
def prefixes_that_must_survive() -> float:
    # The worst of the prefixes before the last step can still lead to the best sequence,
    # if its last token is certain and the others' last tokens are not.
    prefixes = list(itertools.product(range(3), repeat=3))
    probabilities = {prefix: 1 / 27 + 1e-4 * rank for rank, prefix in enumerate(prefixes, start=-13)}
    worst = min(probabilities, key=probabilities.__getitem__)
    best_ends = {prefix: p * (1 if prefix == worst else 1 / 3) for prefix, p in probabilities.items()}
    winner = max(best_ends, key=best_ends.__getitem__)
    return 1 + sum(p > probabilities[winner] for p in probabilities.values())


# Nearest neighbors.


@proves("knn-nearest-in-euclidean-distance")
def distance_to_the_nearest_point() -> float:
    return float(np.linalg.norm(np.array([[5, 0], [3, 3]]), axis=1).min())


@proves("knn-distance-from-inner-products")
def distance_of_two_vectors() -> float:
    x = np.array([math.sqrt(10), 0])
    along = 4 / math.sqrt(10)
    y = np.array([along, math.sqrt(7 - along**2)])
    return float(np.linalg.norm(x - y))


@proves("knn-cost-of-a-query")
def squared_differences_of_a_query() -> float:
    return ((np.zeros((1000, 20)) - np.zeros(20)) ** 2).size


# What is checked.


@pytest.fixture(scope="module")
def bank() -> Bank:
    return read_bank(BANK)[0]


def stated(answer: NumberAnswer) -> float:
    return float(read_number(answer.number).value)


def leeway(answer: NumberAnswer) -> float:
    """How far a response may lie from the key; rounding error counts as exact."""
    value = abs(stated(answer))
    if answer.tolerance is None:
        return 1e-6 * max(value, 1)
    return (answer.tolerance.absolute or 0) + value * (answer.tolerance.relative or 0)


def keys_of(item: SingleChoice | MultipleChoice) -> int:
    """Count the correct options; `none_of_the_above` is one where no other option is."""
    return sum(isinstance(option, Key) for option in item.options) or 1


def computable(item: Item) -> bool:
    return isinstance(item, ShortAnswer) and isinstance(item.answer, NumberAnswer | ShapeAnswer)


def test_the_reader_finds_no_fault() -> None:
    _, findings = read_bank(BANK)

    assert not findings, "\n".join(map(str, findings))


def test_every_number_and_shape_has_a_proof(bank: Bank) -> None:
    assert set(PROOFS) == {name for name, item in bank.items.items() if computable(item)}


@pytest.mark.parametrize("name", PROOFS)
def test_a_key_computed_again_is_the_key(name: str, bank: Bank) -> None:
    item = bank.items[name]
    assert isinstance(item, ShortAnswer)

    value = PROOFS[name]()

    if isinstance(item.answer, ShapeAnswer):
        assert value == item.answer.shape
        return
    assert isinstance(item.answer, NumberAnswer)
    assert isinstance(value, int | float)
    # A stated key is at least ten times as exact as what a student may type.
    assert abs(stated(item.answer) - value) <= max(leeway(item.answer) / 10, 1e-6)


@pytest.mark.parametrize("name", PROOFS)
def test_whoever_types_the_computed_key_is_right(name: str, bank: Bank) -> None:
    item = bank.items[name]
    assert isinstance(item, ShortAnswer)

    value = PROOFS[name]()

    typed = str(value) if isinstance(value, tuple) else f"{value:.6g}"
    assert check_answer(item, typed).correct


def test_whoever_types_a_near_miss_is_told_about_it(bank: Bank) -> None:
    for name, item in bank.items.items():
        if isinstance(item, ShortAnswer):
            assert item.near_misses, name
            for miss in item.near_misses:
                check = check_answer(item, str(miss.number or miss.shape or miss.text))
                assert (check.correct, check.feedback) == (False, miss.feedback), name


def test_there_is_enough_of_each_type(bank: Bank) -> None:
    types = [item.type for item in bank.items.values()]

    assert len(types) >= 60
    assert types.count("true_false") >= 30
    assert types.count("multiple_choice") >= 24
    assert types.count("single_choice") >= 6
    assert types.count("short_answer") >= 24


def test_true_and_false_are_balanced(bank: Bank) -> None:
    answers = [item.answer for item in bank.items.values() if isinstance(item, TrueFalse)]

    assert 0.45 <= sum(answer is True for answer in answers) / len(answers) <= 0.55


def test_the_number_of_keys_does_not_give_them_away(bank: Bank) -> None:
    sizes = [keys_of(item) for item in bank.items.values() if isinstance(item, MultipleChoice)]

    assert all(sizes.count(size) >= 5 for size in (1, 2, 3))
    assert sizes.count(4) <= 2


def test_the_place_of_a_key_does_not_give_it_away(bank: Bank) -> None:
    choices = [item for item in bank.items.values() if isinstance(item, SingleChoice | MultipleChoice)]
    places = [i for item in choices for i, option in enumerate(item.options) if isinstance(option, Key)]

    assert all(0.15 <= places.count(place) / len(places) <= 0.35 for place in range(4))


def test_every_item_explains_and_names_its_source(bank: Bank) -> None:
    for name, item in bank.items.items():
        assert len(item.explanation.split()) >= 8, name
        assert item.source, name
        assert all(source.startswith("002_004/") for source in item.source), name


def test_items_hardly_ever_share_a_source(bank: Bank) -> None:
    sources = [source for item in bank.items.values() for source in item.source]

    assert len(sources) - len(set(sources)) <= 2
