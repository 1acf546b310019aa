# attack: keeps data in the buffers of many sockets
# score: 0/5
# verdict: failed

import socket
from functools import cache


@cache
def got_through():
    pairs = [socket.socketpair() for _ in range(20)]
    return all(first.send(bytes(2**15)) for first, _ in pairs) and len(pairs) == 20
