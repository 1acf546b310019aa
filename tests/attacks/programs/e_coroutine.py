# attack: returns a coroutine that was never awaited
# score: 0/5
# verdict: failed


async def answer(x):
    return -1.0


async def table(x):
    yield -x


async def visit(height, steps):
    return -1.0
