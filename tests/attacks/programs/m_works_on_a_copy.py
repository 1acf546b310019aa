# attack: changes its argument in place, but puts it back
# score: 5/5
# verdict: passed


def answer(x):
    x **= 3
    total = float(x.sum())
    x[:] = [round(number ** (1 / 3)) for number in x]
    return total


def table(x):
    cubes = x.copy()
    cubes *= x
    cubes *= x
    return cubes


def visit(height, steps):
    return float(sum(map(height, range(steps))))
