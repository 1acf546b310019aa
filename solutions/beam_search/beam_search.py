"""Beam search over a model of the next token."""

import math


def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    """The hypotheses that a beam of `beam_width` ends with, as pairs (tokens, score), best first.

    Raises:
        ValueError: beam_width is below 1 or max_len below 0.
    """
    if beam_width < 1:
        raise ValueError("the beam must hold at least one hypothesis")
    if max_len < 0:
        raise ValueError("max_len must not be negative")

    # One hypothesis, not beam_width copies of it: copies would tie for ever and be one sequence.
    beam = [((bos,), 0.0)]
    for _ in range(max_len):
        candidates = []
        for tokens, score in beam:
            if is_finished(tokens, eos):
                # It competes as it is; a longer hypothesis has only lost score meanwhile.
                candidates.append((tokens, score))
                continue
            for token, log_prob in enumerate(log_prob_fn(tokens)):
                if log_prob > -math.inf:
                    candidates.append(((*tokens, token), score + float(log_prob)))
        # Higher scores first; of equal ones the smaller tuple, so that the order is always the same.
        beam = sorted(candidates, key=lambda candidate: (-candidate[1], candidate[0]))[:beam_width]
        if all(is_finished(tokens, eos) for tokens, _ in beam):
            break
    return beam


def is_finished(tokens, eos):
    """Whether the last *generated* token ends the sequence; bos was not generated."""
    return eos is not None and len(tokens) > 1 and tokens[-1] == eos
