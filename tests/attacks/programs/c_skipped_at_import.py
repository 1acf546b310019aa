# attack: raises an exception named as a skip while it is imported
# score: 0/5
# verdict: failed


class Skipped(BaseException):
    allow_module_level = True


raise Skipped("the whole module")
