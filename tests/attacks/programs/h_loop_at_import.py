# attack: never ends while it is imported
# score: 0/5
# verdict: failed

while True:
    pass
