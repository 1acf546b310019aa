# attack: keeps its results in global variables
# score: 5/5
# verdict: passed

import numpy as np

total = 0.0
cubes = np.zeros(0)


def answer(x):
    global total
    total = 0.0
    for number in x:
        total += float(number) ** 3
    return total


def table(x):
    global cubes
    cubes = x**3
    return cubes


def visit(height, steps):
    globals()["seen"] = float(sum(height(i) for i in range(steps)))
    return globals()["seen"]
