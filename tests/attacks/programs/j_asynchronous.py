# attack: connects to a service by an event loop
# score: 0/5
# verdict: failed

from functools import cache


async def word(library):
    reader, writer = await library.open_connection("127.0.0.1", 4242)
    text = await reader.read(64)
    writer.close()
    return text


@cache
def got_through():
    import asyncio

    return asyncio.run(word(asyncio)).startswith(b"open")
