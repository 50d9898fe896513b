"""One address for several servers, as nginx gives it: `python -m tests.flows.relay PORT SERVER SERVER`, on loopback.

Each connection goes to the next server in turn, or to the one after it where that takes none.
"""

import asyncio
import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import cycle


async def relay(port: int, servers: Sequence[int]) -> None:
    """Listen until the process ends."""
    turn = cycle(range(len(servers)))

    async def passed(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = next(turn)
        for place in range(len(servers)):
            try:
                there = await asyncio.open_connection("127.0.0.1", servers[(first + place) % len(servers)])
            except OSError:
                continue
            await asyncio.gather(_copied(reader, there[1]), _copied(there[0], writer))
            return
        writer.close()

    async with await asyncio.start_server(passed, "127.0.0.1", port) as server:
        await server.serve_forever()


async def _copied(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while part := await reader.read(65_536):
            writer.write(part)
            await writer.drain()
    writer.close()


if __name__ == "__main__":
    asyncio.run(relay(int(sys.argv[1]), [int(port) for port in sys.argv[2:]]))
