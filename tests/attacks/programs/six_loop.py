# attack: never ends
# score: 0/5
# verdict: failed

while True:
    pass
