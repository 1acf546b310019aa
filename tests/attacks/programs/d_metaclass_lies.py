# attack: raises an error whose class lies about its name and its bases
# score: 0/5
# verdict: failed


class Meta(type):
    @property
    def __name__(cls):
        return 5

    @property
    def __mro__(cls):
        return [cls] * 10**6


class Hostile(Exception, metaclass=Meta):
    pass


def answer(x):
    raise Hostile


table = answer


def visit(height, steps):
    raise Hostile
