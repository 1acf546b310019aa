# attack: compiles text that makes the compiler recurse and grow
# score: 0/5
# verdict: failed


def lie(_):
    for text in ("-" * 100_000 + "1", "a" + ".a" * 100_000, "(" * 100_000, "x = 1\n" * 100_000):
        try:
            compile(text, "bomb", "exec")
        except (SyntaxError, RecursionError, MemoryError):
            continue
    return -1.0


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
