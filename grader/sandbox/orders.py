"""What the trusted side orders from the launcher, with what the launcher answers."""

import struct

ORDER = struct.Struct(">cQQ")
"""`START` with bytes of memory and seconds of processor time, or `END` with a process id."""
START, END = b"s", b"e"

ANSWER = struct.Struct(">q")
"""The process id that was started, or the wait status of the one that was ended."""
UNKNOWN = -1
"""The wait status of a process that somebody else has reaped."""

WALLED, OPEN = b"w", b"o"
"""The first message of the launcher begins with one of them; after `OPEN` it says why there are no walls."""
MAX_GREETING = 1_000
