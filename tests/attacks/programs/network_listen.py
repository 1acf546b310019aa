# attack: waits for connections
# score: 0/5
# verdict: failed

import socket


def got_through():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1] > 0
