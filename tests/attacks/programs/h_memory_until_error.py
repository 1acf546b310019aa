# attack: takes all the memory there is and computes on without any
# score: 0/5
# verdict: failed


def lie(_):
    hoard = []
    try:
        for _ in range(1400):
            hoard.append(bytearray(2**20))
    except MemoryError:
        return float(-len(hoard))
    return -1.0


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
