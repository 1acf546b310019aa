# attack: raises and catches to reach the frames of its callers
# score: 0/5
# verdict: failed


def got_through():
    try:
        raise LookupError
    except LookupError as error:
        frame = error.__traceback__.tb_frame
    while frame.f_back:
        frame = frame.f_back
    return "reference" in frame.f_globals or "pytest" in frame.f_globals
