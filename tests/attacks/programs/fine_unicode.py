# attack: has names in other alphabets
# score: 5/5
# verdict: passed

def würfel(zahl):
    return zahl**3


def answer(x):
    return float(sum(würfel(ξ) for ξ in x))


def table(x):
    return würfel(x)


def visit(height, steps):
    Σ = 0.0
    for 数 in range(steps):
        Σ += height(数)
    return Σ
