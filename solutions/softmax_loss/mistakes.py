"""Well-known wrong versions of `softmax_loss`."""

import numpy as np

from grader.testing import mistake


def _exponentials(x):
    if len(x) == 0:
        raise ValueError("empty batch")
    x = x if x.dtype.kind == "f" else x.astype(np.float64)
    shifted = x - x.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    return shifted, exponentials, exponentials.sum(axis=1, keepdims=True)


def _right(x, y):
    """The loss of each row, the probabilities and the one-hot labels: what the mistakes start from."""
    shifted, exponentials, totals = _exponentials(x)
    rows = np.arange(len(x))
    one_hot = np.zeros_like(shifted)
    one_hot[rows, y] = 1
    return np.log(totals[:, 0]) - shifted[rows, y], exponentials / totals, one_hot


@mistake(
    "takes exponentials of the scores as they are",
    hint="What is exp(1000) in floating point? Which constant may you take off a row of scores?",
)
def softmax_loss(x, y):
    if len(x) == 0:
        raise ValueError("empty batch")
    x = x if x.dtype.kind == "f" else x.astype(np.float64)
    rows = np.arange(len(x))
    exponentials = np.exp(x)
    totals = exponentials.sum(axis=1, keepdims=True)
    dx = exponentials / totals
    dx[rows, y] -= 1
    return float(np.mean(np.log(totals[:, 0]) - x[rows, y])), dx / len(x)


@mistake(
    "shifts every row by the largest score of the whole batch",
    hint="Take the rows [10000, 0] and [-10000, -10000]. What is left of the second one after your shift?",
)
def softmax_loss(x, y):
    if len(x) == 0:
        raise ValueError("empty batch")
    x = x if x.dtype.kind == "f" else x.astype(np.float64)
    rows = np.arange(len(x))
    shifted = x - x.max()
    exponentials = np.exp(shifted)
    totals = exponentials.sum(axis=1, keepdims=True)
    dx = exponentials / totals
    dx[rows, y] -= 1
    return float(np.mean(np.log(totals[:, 0]) - shifted[rows, y])), dx / len(x)


@mistake(
    "takes the logarithm of a probability that has become 0",
    hint="Expand ln(exp(z) / sum) before computing it: which of the two logarithms do you already know?",
)
def softmax_loss(x, y):
    _, probabilities, one_hot = _right(x, y)
    losses = -np.log(probabilities[np.arange(len(x)), y])
    return float(losses.mean()), (probabilities - one_hot) / len(x)


@mistake(
    "adds a small constant inside the logarithm",
    hint="With 1e-8 inside, how large can the loss become? How large should it be for scores of 10000?",
)
def softmax_loss(x, y):
    _, probabilities, one_hot = _right(x, y)
    losses = -np.log(probabilities[np.arange(len(x)), y] + 1e-8)
    return float(losses.mean()), (probabilities - one_hot) / len(x)


@mistake(
    "sums the loss over the batch and averages the gradient",
    hint="Give the same batch twice: should the loss double? By what do you divide it?",
)
def softmax_loss(x, y):
    losses, probabilities, one_hot = _right(x, y)
    return float(losses.sum()), (probabilities - one_hot) / len(x)


@mistake(
    "forgets to divide the gradient by the number of examples",
    hint="The loss is a mean over the rows. Which share has one row in it, and in its gradient?",
)
def softmax_loss(x, y):
    losses, probabilities, one_hot = _right(x, y)
    return float(losses.mean()), probabilities - one_hot


@mistake(
    "sums over the batch instead of averaging",
    hint="By what do you divide, and where? A batch given twice should have the same loss.",
)
def softmax_loss(x, y):
    losses, probabilities, one_hot = _right(x, y)
    return float(losses.sum()), probabilities - one_hot


@mistake(
    "forgets to subtract 1 at the label",
    hint="Add up one row of your gradient: it should be 0. Which term of the loss is not differentiated yet?",
)
def softmax_loss(x, y):
    losses, probabilities, _ = _right(x, y)
    return float(losses.mean()), probabilities / len(x)


@mistake(
    "subtracts 1 in the label columns of every row",
    hint="Which entries does dx[:, y] name? Count them in a 3 by 3 array; there should be one in each row.",
)
def softmax_loss(x, y):
    losses, probabilities, _ = _right(x, y)
    probabilities[:, y] -= 1
    return float(losses.mean()), probabilities / len(x)


@mistake(
    "gives the gradient the opposite sign",
    hint="If the score of the right class grows, does the loss grow? Which sign must dx have there?",
)
def softmax_loss(x, y):
    losses, probabilities, one_hot = _right(x, y)
    return float(losses.mean()), (one_hot - probabilities) / len(x)


@mistake(
    "normalizes over the examples instead of the classes",
    hint="Which axis holds the classes? The probabilities of one example should sum to 1.",
)
def softmax_loss(x, y):
    shifted, exponentials, _ = _exponentials(x)
    rows = np.arange(len(x))
    totals = exponentials.sum(axis=0, keepdims=True)
    dx = exponentials / totals
    dx[rows, y] -= 1
    return float(np.mean(np.log(totals[0, y]) - shifted[rows, y])), dx / len(x)


@mistake(
    "changes the scores in place",
    hint="`x -= ...` writes into the caller's array. Which operation gives you a new one?",
)
def softmax_loss(x, y):
    losses, probabilities, one_hot = _right(x, y)
    x -= x.max(axis=1, keepdims=True).astype(x.dtype)
    return float(losses.mean()), (probabilities - one_hot) / len(x)


@mistake(
    "multiplies the gradient by the probabilities once more",
    hint="Differentiate ln(sum of exponentials) by one score on paper. How many factors p does it have?",
)
def softmax_loss(x, y):
    losses, probabilities, one_hot = _right(x, y)
    return float(losses.mean()), probabilities * (probabilities - one_hot) / len(x)


@mistake(
    "returns the gradient in float64 whatever the scores are",
    hint="Print the dtype of each of your arrays for float32 scores. Where does it change to float64?",
)
def softmax_loss(x, y):
    losses, probabilities, one_hot = _right(x, y)
    return float(losses.mean()), ((probabilities - one_hot) / len(x)).astype(np.float64)


@mistake(
    "takes the logarithm to base 10",
    hint="Two equal scores should lose ln 2 = 0.693. Which logarithm gives 0.301?",
)
def softmax_loss(x, y):
    losses, probabilities, one_hot = _right(x, y)
    return float(losses.mean() / np.log(10.0)), (probabilities - one_hot) / len(x)


@mistake(
    "cuts the gradient of whole-number scores down to whole numbers",
    hint="What dtype has np.zeros_like(x) when the scores are integers? Can it hold 0.25?",
)
def softmax_loss(x, y):
    losses, probabilities, one_hot = _right(x, y)
    dx = np.zeros_like(x)
    dx[:] = (probabilities - one_hot) / len(x)
    return float(losses.mean()), dx.astype(probabilities.dtype)


@mistake(
    "multiplies log-probabilities by one-hot labels",
    hint="What is 0 times minus infinity in floating point? Can you pick the entry at the label instead?",
)
def softmax_loss(x, y):
    _, probabilities, one_hot = _right(x, y)
    shifted, _, totals = _exponentials(x)
    losses = -np.sum(one_hot * (shifted - np.log(totals)), axis=1)
    return float(losses.mean()), (probabilities - one_hot) / len(x)


@mistake(
    "gives an empty batch the loss 0",
    hint="What is the mean of no numbers? The statement says which error tells the caller so.",
)
def softmax_loss(x, y):
    if len(x) == 0:
        return 0.0, np.zeros_like(x)
    losses, probabilities, one_hot = _right(x, y)
    return float(losses.mean()), (probabilities - one_hot) / len(x)
