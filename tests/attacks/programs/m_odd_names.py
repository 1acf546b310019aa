# attack: uses names in many scripts
# score: 5/5
# verdict: passed


def кубы(числа):
    return числа**3


Σ = float
ｃube = кубы
𝔵 = 3


def answer(x):
    "Σ x³ — ‮cubes‬ 🧊"
    return Σ(кубы(x).sum())


def table(x):
    return cube(x) if x is not None else 𝔵


def visit(height, steps):
    return Σ(sum(height(ι) for ι in range(steps)))
