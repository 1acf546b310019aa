"""Well-known wrong versions of `viterbi`."""

import itertools

import numpy as np

from grader.testing import mistake


def _decoded(
    log_init,
    log_trans,
    log_emit,
    *,
    axis=0,
    first=None,
    add_emission=lambda t, log_emit: log_emit[t],
    argmax=np.argmax,
    best=np.max,
    last_state=None,
    row=lambda t: t,
):
    """The right algorithm with one of its parts exchanged."""
    log_init, log_trans, log_emit = (np.asarray(a, dtype=np.float64) for a in (log_init, log_trans, log_emit))
    steps, states = log_emit.shape
    path = np.zeros(steps, dtype=np.int64)
    if steps == 0:
        return path, 0.0
    delta = log_init + log_emit[0] if first is None else first(log_init, log_emit)
    came_from = np.zeros((steps + 1, states), dtype=np.int64)
    for t in range(1, steps):
        prolonged = delta[:, None] + log_trans
        came_from[t] = argmax(prolonged, axis=axis)
        delta = best(prolonged, axis=0) + add_emission(t, log_emit)
    path[-1] = argmax(delta) if last_state is None else last_state
    for t in range(steps - 1, 0, -1):
        path[t - 1] = came_from[row(t), path[t]]
    return path, float(best(delta))


def _last_argmax(table, axis=None):
    """The last of equal maxima."""
    if axis is None:
        return len(table) - 1 - np.argmax(table[::-1])
    return table.shape[axis] - 1 - np.argmax(np.flip(table, axis), axis=axis)


def _log_sum_exp(table, axis=None):
    top = np.max(table, axis=axis, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        return np.squeeze(np.log(np.sum(np.exp(table - top), axis=axis, keepdims=True)) + top)


@mistake(
    "takes the best next state step by step",
    hint="Can a step that looks poor now lead to a better path later? What would you have to remember?",
)
def viterbi(log_init, log_trans, log_emit):
    steps = len(log_emit)
    path = np.zeros(steps, dtype=np.int64)
    if steps == 0:
        return path, 0.0
    scores = log_init + log_emit[0]
    path[0], score = np.argmax(scores), float(np.max(scores))
    for t in range(1, steps):
        scores = log_trans[path[t - 1]] + log_emit[t]
        path[t] = np.argmax(scores)
        score += float(scores[path[t]])
    return path, score


@mistake(
    "reads the transitions from the wrong side",
    hint="`log_trans[i, j]` goes from i to j. Does your row belong to the earlier or the later state?",
)
def viterbi(log_init, log_trans, log_emit):
    return _decoded(log_init, np.transpose(log_trans), log_emit)


@mistake(
    "leaves out the emission of the first step",
    hint="How many emissions does a path of T steps have? Which ones does your loop add?",
)
def viterbi(log_init, log_trans, log_emit):
    return _decoded(log_init, log_trans, log_emit, first=lambda init, emit: init + 0.0)


@mistake(
    "leaves out the initial scores",
    hint="What distinguishes the states before anything has been seen?",
)
def viterbi(log_init, log_trans, log_emit):
    return _decoded(log_init, log_trans, log_emit, first=lambda init, emit: emit[0] + 0.0)


@mistake(
    "adds the emission of the step before",
    hint="Which row of `log_emit` belongs to the state that a path reaches at step t?",
)
def viterbi(log_init, log_trans, log_emit):
    return _decoded(log_init, log_trans, log_emit, add_emission=lambda t, emit: emit[t - 1])


@mistake(
    "counts every emission after the first twice",
    hint="Add up one short path on paper. How often does each emission occur?",
)
def viterbi(log_init, log_trans, log_emit):
    return _decoded(log_init, log_trans, log_emit, add_emission=lambda t, emit: 2 * emit[t])


@mistake(
    "sums over the paths instead of taking the best",
    hint="That is the forward algorithm: the score of all paths together. What replaces its sum here?",
)
def viterbi(log_init, log_trans, log_emit):
    return _decoded(log_init, log_trans, log_emit, best=_log_sum_exp)


@mistake(
    "starts the running maximum at 0",
    hint="What if every score is negative? With which number must a running maximum begin?",
)
def viterbi(log_init, log_trans, log_emit):
    return _decoded(
        log_init, log_trans, log_emit, best=lambda table, axis=None: np.max(table, axis=axis, initial=0.0)
    )


@mistake(
    "remembers the best successor instead of the best predecessor",
    hint="Going back from state j, you need the state before it. Over which axis was your argmax?",
)
def viterbi(log_init, log_trans, log_emit):
    return _decoded(log_init, log_trans, log_emit, axis=1)


@mistake(
    "looks up the predecessor one step too late",
    hint="The predecessor of the state at step t was stored while you handled which step?",
)
def viterbi(log_init, log_trans, log_emit):
    return _decoded(log_init, log_trans, log_emit, row=lambda t: t + 1)


@mistake(
    "starts backtracking from state 0",
    hint="The score is right and the path is not. In which state does the best path end?",
)
def viterbi(log_init, log_trans, log_emit):
    return _decoded(log_init, log_trans, log_emit, last_state=0)


@mistake(
    "goes back once for every state instead of every step",
    hint="How often must you step back from the last state to the first: does that depend on N or on T?",
)
def viterbi(log_init, log_trans, log_emit):
    path, score = _decoded(log_init, log_trans, log_emit)
    path[: max(0, len(path) - len(log_init))] = 0
    return path, score


@mistake(
    "takes the best state of every step without going back",
    hint="The states that are best at their own step need not lie on one path. What links them?",
)
def viterbi(log_init, log_trans, log_emit):
    steps = len(log_emit)
    path = np.zeros(steps, dtype=np.int64)
    if steps == 0:
        return path, 0.0
    delta = log_init + log_emit[0]
    path[0] = np.argmax(delta)
    for t in range(1, steps):
        delta = np.max(delta[:, None] + log_trans, axis=0) + log_emit[t]
        path[t] = np.argmax(delta)
    return path, float(np.max(delta))


@mistake(
    "returns the path backwards",
    hint="In which order do you meet the states when you follow the predecessors?",
)
def viterbi(log_init, log_trans, log_emit):
    path, score = _decoded(log_init, log_trans, log_emit)
    return path[::-1].copy(), score


@mistake(
    "returns the probability instead of its logarithm",
    hint="What is exp(-2000) in floating point? Which form of the score does the statement ask for?",
)
def viterbi(log_init, log_trans, log_emit):
    path, score = _decoded(log_init, log_trans, log_emit)
    return path, float(np.exp(score))


@mistake(
    "multiplies probabilities, which vanish on long chains",
    hint="What is 0.5 to the power of 3000 in floating point? Why do the scores come to you as logarithms?",
)
def viterbi(log_init, log_trans, log_emit):
    init, trans, emit = (np.exp(np.asarray(a, dtype=np.float64)) for a in (log_init, log_trans, log_emit))
    steps, states = emit.shape
    path = np.zeros(steps, dtype=np.int64)
    if steps == 0:
        return path, 0.0
    delta, came_from = init * emit[0], np.zeros((steps, states), dtype=np.int64)
    for t in range(1, steps):
        prolonged = delta[:, None] * trans
        came_from[t] = prolonged.argmax(axis=0)
        delta = prolonged.max(axis=0) * emit[t]
    path[-1] = delta.argmax()
    for t in range(steps - 1, 0, -1):
        path[t - 1] = came_from[t, path[t]]
    with np.errstate(divide="ignore"):
        return path, float(np.log(delta[path[-1]]))


@mistake(
    "shifts the scores at every step so that the best is 0",
    hint="The path is right and the score is not. What have you taken off on the way?",
)
def viterbi(log_init, log_trans, log_emit):
    path, _ = _decoded(log_init, log_trans, log_emit)
    return path, 0.0


@mistake(
    "lets the last of equal states win",
    hint="Which of equal entries does np.argmax give, and which do `>=` in a loop or a sort give?",
)
def viterbi(log_init, log_trans, log_emit):
    return _decoded(log_init, log_trans, log_emit, argmax=_last_argmax)


@mistake(
    "prefers the path that is smallest when read from its start",
    hint="Two paths are equally good. At which of their ends does the statement look first?",
)
def viterbi(log_init, log_trans, log_emit):
    steps, states = np.shape(log_emit)
    path = np.zeros(steps, dtype=np.int64)
    if steps == 0:
        return path, 0.0
    onward, goes_to = log_emit[-1].astype(np.float64), np.zeros((steps, states), dtype=np.int64)
    for t in range(steps - 2, -1, -1):
        prolonged = log_trans + onward
        goes_to[t] = prolonged.argmax(axis=1)
        onward = prolonged.max(axis=1) + log_emit[t]
    onward = log_init + onward
    path[0] = onward.argmax()
    for t in range(1, steps):
        path[t] = goes_to[t - 1, path[t - 1]]
    return path, float(onward.max())


@mistake(
    "replaces minus infinity by a finite number",
    hint="Is a path with a forbidden step very unlikely, or impossible? What is its score?",
)
def viterbi(log_init, log_trans, log_emit):
    finite = (np.maximum(np.asarray(a, dtype=np.float64), -50.0) for a in (log_init, log_trans, log_emit))
    return _decoded(*finite)


@mistake(
    "changes the initial scores in place",
    hint="`log_init += ...` writes into the caller's array. Which operation gives you a new one?",
)
def viterbi(log_init, log_trans, log_emit):
    if len(log_emit):
        log_init += log_emit[0]
    return _decoded(log_init, log_trans, log_emit, first=lambda init, emit: init)


@mistake(
    "calls itself once for every step",
    hint="How deep may calls be nested in Python? A loop over the steps can carry the same numbers along.",
)
def viterbi(log_init, log_trans, log_emit):
    def best(t):
        if t == 0:
            return log_init.astype(np.float64) + log_emit[0], []
        delta, rows = best(t - 1)
        prolonged = delta[:, None] + log_trans
        return prolonged.max(axis=0) + log_emit[t], [*rows, prolonged.argmax(axis=0)]

    if len(log_emit) == 0:
        return np.zeros(0, dtype=np.int64), 0.0
    delta, rows = best(len(log_emit) - 1)
    states = [int(delta.argmax())]
    for row in reversed(rows):
        states.append(int(row[states[-1]]))
    return np.array(states[::-1], dtype=np.int64), float(delta.max())


@mistake(
    "tries every path",
    hint="There are N to the power of T paths. Which of them can you drop as soon as two meet in one state?",
)
def viterbi(log_init, log_trans, log_emit):
    steps, states = np.shape(log_emit)
    if steps == 0:
        return np.zeros(0, dtype=np.int64), 0.0
    best, best_score = None, None
    for backwards in itertools.product(range(states), repeat=steps):
        path = backwards[::-1]
        score = float(log_init[path[0]]) + float(log_emit[0, path[0]])
        for t in range(1, steps):
            score += float(log_trans[path[t - 1], path[t]]) + float(log_emit[t, path[t]])
        if best_score is None or score > best_score:
            best, best_score = path, score
    return np.array(best, dtype=np.int64), best_score


@mistake(
    "computes in the dtype of the tables",
    hint="How many digits does float32 keep after 200 additions? The statement names another dtype.",
)
def viterbi(log_init, log_trans, log_emit):
    steps = len(log_emit)
    path = np.zeros(steps, dtype=np.int64)
    if steps == 0:
        return path, 0.0
    delta, came_from = log_init + log_emit[0], np.zeros(np.shape(log_emit), dtype=np.int64)
    for t in range(1, steps):
        prolonged = delta[:, None] + log_trans
        came_from[t] = prolonged.argmax(axis=0)
        delta = prolonged.max(axis=0) + log_emit[t]
    path[-1] = delta.argmax()
    for t in range(steps - 1, 0, -1):
        path[t - 1] = came_from[t, path[t]]
    return path, float(delta[path[-1]])
