# attack: computes by generators, coroutines and context managers
# score: 5/5
# verdict: passed

from contextlib import contextmanager


@contextmanager
def cubed(x):
    yield x**3


async def total(cubes):
    return float(cubes.sum())


def answer(x):
    with cubed(x) as cubes:
        running = total(cubes)
        try:
            running.send(None)
        except StopIteration as stop:
            return stop.value


def table(x):
    with cubed(x) as cubes:
        return cubes


def visit(height, steps):
    return float(sum(height(i) for i in range(steps)))
