# attack: raises and catches on the way to the right answer
# score: 5/5
# verdict: passed


class Skipped(BaseException):
    pass


def answer(x):
    try:
        raise SystemExit(0)
    except SystemExit:
        return float((x**3).sum())


def table(x):
    try:
        raise Skipped
    except Skipped:
        return x**3
    finally:
        print("done")


def visit(height, steps):
    total, step = 0.0, iter(range(steps))
    while True:
        try:
            total += height(next(step))
        except StopIteration:
            return total
