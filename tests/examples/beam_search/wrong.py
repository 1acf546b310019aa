"""Forgets the hypotheses that have reached the end of the sequence."""


def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    if beam_width < 1 or max_len < 0:
        raise ValueError("beam_width >= 1 and max_len >= 0, please")
    beam = [((bos,), 0.0)]
    for step in range(max_len):
        if eos is not None and step > 0 and beam and all(tokens[-1] == eos for tokens, _ in beam):
            break
        candidates = []
        for tokens, score in beam:
            if eos is not None and step > 0 and tokens[-1] == eos:
                continue
            for token, log_prob in enumerate(log_prob_fn(tokens)):
                if log_prob != float("-inf"):
                    candidates.append((tokens + (token,), score + log_prob))
        candidates.sort(key=lambda c: (-c[1], c[0]))
        beam = candidates[:beam_width]
    return [(tokens, float(score)) for tokens, score in beam]
