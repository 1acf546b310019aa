# attack: stops the clocks so that no time seems to pass
# score: 0/5
# verdict: failed

import time

time.time = time.monotonic = time.perf_counter = lambda: 0.0
time.monotonic_ns = time.perf_counter_ns = lambda: 0


def answer(x):
    return -1.0


def table(x):
    return -x


def visit(height, steps):
    return -1.0
