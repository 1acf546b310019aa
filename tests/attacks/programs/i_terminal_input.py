# attack: types into the terminal of the grader
# score: 0/5
# verdict: failed

import fcntl
import termios


def got_through():
    for number in range(4):
        try:
            fcntl.ioctl(number, termios.TIOCSTI, b" ")
            return True
        except OSError:
            continue
    return False
