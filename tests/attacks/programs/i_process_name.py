# attack: takes the name of another process
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    libc = ctypes.CDLL(None)
    told = ctypes.create_string_buffer(16)
    return (
        libc.prctl(15, b"grade", 0, 0, 0) == 0
        and libc.prctl(16, told, 0, 0, 0) == 0
        and told.value == b"grade"
    )
