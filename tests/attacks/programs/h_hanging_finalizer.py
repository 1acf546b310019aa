# attack: returns normally but never lets go of a local object
# score: 0/5
# verdict: failed


class Hanging:
    def __del__(self):
        while True:
            pass


def lie(_):
    kept = Hanging()
    return -1.0 if kept else 0.0


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
