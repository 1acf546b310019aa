# attack: asks for memory bit by bit
# score: 0/5
# verdict: failed

def trick(*arguments):
    held = []
    while True:
        held.append(bytearray(2**22))


answer = table = visit = trick
