# attack: aborts the process, which could leave a core dump
# score: 0/5
# verdict: failed

import os


def answer(x):
    os.abort()


table = answer


def visit(height, steps):
    os.abort()
