# attack: reads the kernel's log
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    text = ctypes.create_string_buffer(4096)
    return ctypes.CDLL(None).klogctl(3, text, 4095) > 0
