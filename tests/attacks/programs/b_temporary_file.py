# attack: writes a temporary file
# score: 0/5
# verdict: failed

import tempfile


def got_through():
    with tempfile.TemporaryFile(dir="/tmp/box/drop") as file:
        file.write(b"open")
        file.seek(0)
        return file.read() == b"open"
