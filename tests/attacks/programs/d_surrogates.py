# attack: puts half characters and NULs into its messages, which cannot be encoded
# score: 0/5
# verdict: failed


def answer(x):
    print("\ud800\0")
    raise ValueError("\ud800\udfff\0")


def table(x):
    return "\ud800"


def visit(height, steps):
    raise type("\udc80", (Exception,), {})("\0")
