"""One small function for each thing that a contract can say."""


def double(x):
    """Twice x, and the sum of that."""
    # TODO
    raise NotImplementedError("double")


def split(x):
    """The whole part of x, and what is left in a form of your own."""
    # TODO
    raise NotImplementedError("split")


def join(low, rest):
    """The number that was split."""
    # TODO
    raise NotImplementedError("join")


def tally(state, step):
    """Adds step to state["count"], which starts at 0, and returns the count."""
    # TODO
    raise NotImplementedError("tally")


def climb(height, steps):
    """The largest height(i) for i below steps."""
    # TODO
    raise NotImplementedError("climb")
