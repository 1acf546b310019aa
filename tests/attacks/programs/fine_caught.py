# attack: raises and catches
# score: 5/5
# verdict: passed

def caught():
    try:
        raise SystemExit
    except SystemExit:
        return None


def answer(x):
    caught()
    return float((x**3).sum())


def table(x):
    caught()
    return x**3


def visit(height, steps):
    caught()
    return float(sum(height(i) for i in range(steps)))
