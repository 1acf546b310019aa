# attack: waits for others at a name without a file
# score: 0/5
# verdict: failed

import os
import socket


def got_through():
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(f"\0attack-{os.getpid()}")
        server.listen()
        return server.getsockname() != ""
