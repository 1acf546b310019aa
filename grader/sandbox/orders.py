"""What the trusted side orders from the launcher, with what the launcher answers."""

import struct

ORDER = struct.Struct(">cQQ")
"""`START` or `START_READING` with bytes of memory and seconds of processor time, `END` with a process id."""
START, START_READING, END = b"s", b"r", b"e"

ANSWER = struct.Struct(">q")
"""The process id that was started, or the wait status of the one that was ended."""
REFUSED = -2
"""The answer where reading cannot be kept to some folders."""
UNKNOWN = -1
"""The wait status of a process that somebody else has reaped."""

WALLED, OPEN = b"w", b"o"
"""The first message of the launcher begins with one of them; after `OPEN` it says why there are no walls."""
MAX_GREETING = 1_000
