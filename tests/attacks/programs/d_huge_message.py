# attack: raises an error whose message has fifty million letters
# score: 0/5
# verdict: failed


def answer(x):
    raise ValueError("x" * 50_000_000)


table = answer


def visit(height, steps):
    raise type("X" * 1_000_000, (Exception,), {})("x" * 50_000_000)
