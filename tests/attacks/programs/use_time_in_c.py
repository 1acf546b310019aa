# attack: stays in one call of C
# score: 0/5
# verdict: failed

def trick(*arguments):
    return pow(3, 10**8)


answer = table = visit = trick
