# attack: asks for heights without end
# score: 0/5
# verdict: failed

def trick(*arguments):
    while True:
        arguments[0](1)


answer = table = visit = trick
