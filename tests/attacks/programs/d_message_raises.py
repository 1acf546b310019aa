# attack: raises an error whose text and traceback raise again
# score: 0/5
# verdict: failed


class Hostile(Exception):
    def __str__(self):
        raise SystemExit(0)

    @property
    def __traceback__(self):
        raise KeyboardInterrupt

    @property
    def __class__(self):
        raise KeyboardInterrupt


def answer(x):
    raise Hostile


table = answer


def visit(height, steps):
    raise Hostile
