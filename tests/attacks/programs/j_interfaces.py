# attack: lists the interfaces of the machine
# score: 0/5
# verdict: failed

import socket


def got_through():
    return "lo" in [name for _, name in socket.if_nameindex()]
