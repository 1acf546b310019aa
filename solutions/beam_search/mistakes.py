"""Well-known wrong versions of `beam_search`."""

import math

import numpy as np

from grader.testing import mistake


def _searched(
    log_prob_fn,
    beam_width,
    max_len,
    bos=0,
    eos=None,
    *,
    copies=1,
    key=lambda candidate: (-candidate[1], candidate[0]),
    extend=None,
    join=lambda score, log_prob, length: score + log_prob,
    ask=lambda model, tokens: model(tokens),
    possible=lambda log_prob: log_prob > -math.inf,
    keep_finished=True,
    extend_finished=False,
    is_finished=lambda tokens, eos: eos is not None and len(tokens) > 1 and tokens[-1] == eos,
    stop=all,
    extra=0,
):
    """The right algorithm with one of its parts exchanged."""
    if beam_width < 1 or max_len < 0:
        raise ValueError("the beam must hold something, the length must not be negative")
    beam = [((bos,), 0.0)] * copies
    for _ in range(max_len):
        candidates = []
        for tokens, score in beam:
            if is_finished(tokens, eos) and not extend_finished:
                if keep_finished:
                    candidates.append((tokens, score))
                continue
            log_probs = [float(log_prob) for log_prob in ask(log_prob_fn, tokens)]
            chosen = range(len(log_probs)) if extend is None else extend(log_probs, beam_width)
            candidates += [
                ((*tokens, token), join(score, log_probs[token], len(tokens)))
                for token in chosen
                if possible(log_probs[token])
            ]
        beam = sorted(candidates, key=key)[: beam_width + extra]
        if not extend_finished and beam and stop([is_finished(tokens, eos) for tokens, _ in beam]):
            break
    return beam


@mistake(
    "starts with beam_width copies of the first hypothesis",
    hint="The copies tie at every step. How many different sequences can such a beam hold?",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    return _searched(log_prob_fn, beam_width, max_len, bos, eos, copies=beam_width)


@mistake(
    "extends each hypothesis by its best token only",
    hint="Could the two best sequences share a prefix? Can both of them come out of one extension each?",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    if beam_width < 1 or max_len < 0:
        raise ValueError
    beam = _searched(log_prob_fn, beam_width, min(max_len, 1), bos, eos)
    best = [((*tokens,), score) for tokens, score in beam]
    for _ in range(max_len - 1):
        grown = []
        for tokens, score in best:
            if eos is not None and tokens[-1] == eos:
                grown.append((tokens, score))
                continue
            log_probs = log_prob_fn(tokens)
            token = int(np.argmax(log_probs))
            if log_probs[token] > -math.inf:
                grown.append(((*tokens, token), score + float(log_probs[token])))
        best = sorted(grown, key=lambda candidate: (-candidate[1], candidate[0]))
    return best


@mistake(
    "considers only the two best tokens after each hypothesis",
    hint="Which tokens compete for the beam: the best few after each hypothesis, or all of them?",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    return _searched(
        log_prob_fn,
        beam_width,
        max_len,
        bos,
        eos,
        extend=lambda scores, _: np.argsort(scores)[::-1][:2].tolist(),
    )


@mistake(
    "cuts the candidates before all hypotheses are extended",
    hint="Which candidates have been seen when you cut the list? Could a later hypothesis have better ones?",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    if beam_width < 1 or max_len < 0:
        raise ValueError
    beam = [((bos,), 0.0)]
    for _ in range(max_len):
        candidates = []
        for tokens, score in beam:
            if len(candidates) >= beam_width:
                break
            if eos is not None and len(tokens) > 1 and tokens[-1] == eos:
                candidates.append((tokens, score))
                continue
            candidates += [
                ((*tokens, token), score + float(log_prob))
                for token, log_prob in enumerate(log_prob_fn(tokens))
                if log_prob > -math.inf
            ]
        beam = sorted(candidates, key=lambda candidate: (-candidate[1], candidate[0]))[:beam_width]
    return beam


@mistake(
    "appends to one list that several hypotheses share",
    hint="Two candidates grow out of one prefix. After `append` on the first, what does the second hold?",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    if beam_width < 1 or max_len < 0:
        raise ValueError
    beam = [([bos], 0.0)]
    for _ in range(max_len):
        candidates = []
        for tokens, score in beam:
            if eos is not None and len(tokens) > 1 and tokens[-1] == eos:
                candidates.append((tokens, score))
                continue
            for token, log_prob in enumerate(log_prob_fn(tuple(tokens))):
                if log_prob > -math.inf:
                    grown = tokens
                    grown.append(token)
                    candidates.append((grown, score + float(log_prob)))
        beam = sorted(candidates, key=lambda candidate: (-candidate[1], candidate[0]))[:beam_width]
    return [(tuple(tokens), score) for tokens, score in beam]


@mistake(
    "compares the last token's score instead of the sum",
    hint="Is a hypothesis better because its last token is likely? What is the score of the whole?",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    return _searched(
        log_prob_fn, beam_width, max_len, bos, eos, join=lambda score, log_prob, length: log_prob
    )


@mistake(
    "adds probabilities instead of their logarithms",
    hint="The probability of a sequence is a product. What does the logarithm turn it into?",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    return _searched(
        log_prob_fn,
        beam_width,
        max_len,
        bos,
        eos,
        join=lambda score, log_prob, length: score + math.exp(log_prob),
    )


@mistake(
    "divides the score by the number of tokens",
    hint="The statement asks for the plain sum. Which sequences does a mean favor?",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    def mean(score, log_prob, length):
        return (score * (length - 1) + log_prob) / length

    return _searched(log_prob_fn, beam_width, max_len, bos, eos, join=mean)


@mistake(
    "shows the model the last token only",
    hint="What may the next token depend on? Look at what you hand to log_prob_fn.",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    return _searched(
        log_prob_fn,
        beam_width,
        max_len,
        bos,
        eos,
        ask=lambda model, tokens: model((bos, tokens[-1])[-len(tokens) :]),
    )


@mistake(
    "keeps the worst hypotheses",
    hint="Log-probabilities are negative. Which end of your sorted list holds the likely ones?",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    return _searched(
        log_prob_fn, beam_width, max_len, bos, eos, key=lambda candidate: (candidate[1], candidate[0])
    )


@mistake(
    "keeps one hypothesis too many",
    hint="How many entries does your slice take? Count them for a beam of 1.",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    return _searched(log_prob_fn, beam_width, max_len, bos, eos, extra=1)


@mistake(
    "returns the best hypothesis alone",
    hint="What is the caller to do with the others? The statement asks for the whole beam.",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    return _searched(log_prob_fn, beam_width, max_len, bos, eos)[:1]


@mistake(
    "leaves bos out of the tokens",
    hint="Compare your tokens with the example: what stands in front?",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    return [(tokens[1:], score) for tokens, score in _searched(log_prob_fn, beam_width, max_len, bos, eos)]


@mistake(
    "returns the beam in the order of its tokens",
    hint="Which hypothesis should come first in the list?",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    return sorted(_searched(log_prob_fn, beam_width, max_len, bos, eos))


@mistake(
    "lets the larger token win a tie",
    hint="Two sequences have the same score. Which comes first in the statement, and which in your sort?",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    return _searched(
        log_prob_fn,
        beam_width,
        max_len,
        bos,
        eos,
        key=lambda candidate: (-candidate[1], tuple(-token for token in candidate[0])),
    )


@mistake(
    "breaks ties by the order in which candidates were made",
    hint="A stable sort keeps the order of the beam before. Is that the order of the tokens?",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    return _searched(log_prob_fn, beam_width, max_len, bos, eos, key=lambda candidate: -candidate[1])


@mistake(
    "puts the shorter of two equal hypotheses first",
    hint="A finished and an unfinished hypothesis tie. Is it their length that decides, or their tokens?",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    return _searched(
        log_prob_fn,
        beam_width,
        max_len,
        bos,
        eos,
        key=lambda candidate: (-candidate[1], len(candidate[0]), candidate[0]),
    )


@mistake(
    "keeps hypotheses that are impossible",
    hint="How probable is a sequence with the score minus infinity? Should it fill a place in the beam?",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    return _searched(log_prob_fn, beam_width, max_len, bos, eos, possible=lambda log_prob: True)


@mistake(
    "extends hypotheses past the end of the sequence",
    hint="What may follow eos? What should happen to a hypothesis that ends in it?",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    return _searched(log_prob_fn, beam_width, max_len, bos, eos, extend_finished=True)


@mistake(
    "takes an eos of 0 for none",
    hint="Which tokens does `if eos:` take for the end? What tells 0 from None?",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    return _searched(log_prob_fn, beam_width, max_len, bos, eos or None)


@mistake(
    "sets finished hypotheses aside, where they take no place in the beam",
    hint="How many unfinished hypotheses may there be when one of the best is finished?",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    if beam_width < 1 or max_len < 0:
        raise ValueError
    live, finished = [((bos,), 0.0)], []
    for _ in range(max_len):
        grown = [
            ((*tokens, token), score + float(log_prob))
            for tokens, score in live
            for token, log_prob in enumerate(log_prob_fn(tokens))
            if log_prob > -math.inf
        ]
        best = sorted(grown, key=lambda candidate: (-candidate[1], candidate[0]))[:beam_width]
        finished += [candidate for candidate in best if candidate[0][-1] == eos]
        live = [candidate for candidate in best if candidate[0][-1] != eos]
    return sorted(live + finished, key=lambda candidate: (-candidate[1], candidate[0]))[:beam_width]


@mistake(
    "drops finished hypotheses",
    hint="A finished hypothesis is not extended. Does it still compete with the others?",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    return _searched(log_prob_fn, beam_width, max_len, bos, eos, keep_finished=False)


@mistake(
    "stops as soon as one hypothesis is finished",
    hint="Could a hypothesis that is still open end up ahead of the finished one? When is all done?",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    return _searched(log_prob_fn, beam_width, max_len, bos, eos, stop=any)


@mistake(
    "takes a start token that equals eos for the end",
    hint="Was bos generated? What does the statement say about bos equal to eos?",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    return _searched(
        log_prob_fn,
        beam_width,
        max_len,
        bos,
        eos,
        is_finished=lambda tokens, eos: eos is not None and tokens[-1] == eos,
    )


@mistake(
    "begins every hypothesis with 0, whatever bos is",
    hint="Where do you use the argument bos? Try a start token other than 0.",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    return _searched(log_prob_fn, beam_width, max_len, 0, eos)


@mistake(
    "shows finished hypotheses to the model",
    hint="What could follow eos? Look whether a hypothesis is finished before you ask about it.",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    def is_finished(tokens, eos):
        ended = eos is not None and len(tokens) > 1 and tokens[-1] == eos
        if ended and len(tokens) <= max_len:
            log_prob_fn(tokens)
        return ended

    return _searched(log_prob_fn, beam_width, max_len, bos, eos, is_finished=is_finished)


@mistake(
    "asks the model once for every candidate",
    hint="The model returns the scores of all next tokens at once. How often need you ask after one prefix?",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    return _searched(
        log_prob_fn,
        beam_width,
        max_len,
        bos,
        eos,
        ask=lambda model, tokens: [model(tokens)[token] for token in range(len(model(tokens)))],
    )


@mistake(
    "counts bos as one of the generated tokens",
    hint="How many tokens follow bos when max_len is 1?",
)
def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    if max_len < 0:
        raise ValueError
    return _searched(log_prob_fn, beam_width, max(max_len - 1, 0), bos, eos)
