# attack: offers a service of its own
# score: 0/5
# verdict: failed

import socket


def got_through():
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        return server.getsockname()[1] > 0
