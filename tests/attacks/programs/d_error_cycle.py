# attack: raises an error that is its own cause, in a long chain of others
# score: 0/5
# verdict: failed


def answer(x):
    error = ValueError("passed")
    chain = error
    for number in range(10_000):
        chain.__cause__ = ValueError(str(number))
        chain = chain.__cause__
    chain.__cause__ = error
    raise error


table = answer


def visit(height, steps):
    return answer(None)
