"""Beam search over a model of the next token."""


def beam_search(log_prob_fn, beam_width, max_len, bos=0, eos=None):
    """The hypotheses that a beam of `beam_width` ends with.

    Args:
        log_prob_fn: takes a tuple of ints that begins with bos; returns a float array (V,) with the
            log-probability of each next token, -inf for an impossible one.
        beam_width: how many hypotheses are kept, an int of at least 1.
        max_len: how many tokens are generated after bos, an int of at least 0.
        bos: the token that every hypothesis begins with.
        eos: the token that finishes a hypothesis; None if there is none.

    Returns:
        A list of at most beam_width pairs (tokens, score), best first: a tuple of ints with bos in front, and
        the sum of the log-probabilities of the tokens after it.

    Raises:
        ValueError: beam_width is below 1 or max_len below 0.
    """
    # TODO: README.md says what competes with what, and how ties are broken.
    raise NotImplementedError("beam_search")
