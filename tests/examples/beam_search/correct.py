"""A correct submission with a class for hypotheses and a heap for the beam."""

import heapq
import warnings
from collections import namedtuple

import numpy as np

Hypothesis = namedtuple("Hypothesis", "tokens score")


class Beam:
    def __init__(self, width, eos):
        self.width = width
        self.eos = eos

    def done(self, h):
        return self.eos is not None and len(h.tokens) > 1 and h.tokens[-1] == self.eos

    def step(self, hypotheses, model):
        pool = []
        for h in hypotheses:
            if self.done(h):
                pool.append(h)
            else:
                p = np.asarray(model(h.tokens))
                for token in np.flatnonzero(np.isfinite(p)):
                    pool.append(Hypothesis(h.tokens + (int(token),), np.float64(h.score + p[token])))
        return heapq.nsmallest(self.width, pool, key=lambda h: (-h.score, h.tokens))


def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    if beam_width < 1 or max_len < 0:
        raise ValueError("beam_width >= 1 and max_len >= 0, please")
    warnings.warn("this is only a demonstration", stacklevel=2)
    beam = Beam(beam_width, eos)
    hypotheses = [Hypothesis((bos,), 0.0)]
    for _ in range(max_len):
        if not hypotheses or all(beam.done(h) for h in hypotheses):
            break
        hypotheses = beam.step(hypotheses, log_prob_fn)
    return hypotheses
