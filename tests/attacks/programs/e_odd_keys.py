# attack: returns dicts with keys that are equal to one another or to nothing
# score: 0/5
# verdict: failed


def answer(x):
    return {float("nan"): 1, float("nan"): 2, (): 3}


def table(x):
    return {1: -1.0, "1": -1.0, None: -1.0}


def visit(height, steps):
    return {(1, (2, (3,))): -1.0}
