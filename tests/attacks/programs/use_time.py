# attack: never ends
# score: 0/5
# verdict: failed

def trick(*arguments):
    while True:
        pass


answer = table = visit = trick
