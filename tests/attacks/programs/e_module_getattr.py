# attack: promises every name and defines none
# score: 0/5
# verdict: failed


def __getattr__(name):  # noqa: N807
    return lambda *_: True
