# attack: computes in threads of its own
# score: 5/5
# verdict: passed

from concurrent.futures import ThreadPoolExecutor


def cube(number):
    return number**3


def answer(x):
    with ThreadPoolExecutor(2) as pool:
        return float(sum(pool.map(cube, x)))


def table(x):
    return x**3


def visit(height, steps):
    return float(sum(height(i) for i in range(steps)))
