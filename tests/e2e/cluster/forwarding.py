"""A door from the machine's loopback to the API server: `python -m cluster.forwarding FILE`.

FILE is the number of an open socket that listens outside: a socket stays in the network where it was opened, so this
process accepts there and connects in here. Only the API server's port can be reached, and it asks for a certificate.
"""

import asyncio
import socket
import sys

from cluster.site import NODE_ADDRESS

_PORT = 6443
_CHUNK = 1 << 16


async def _serve(listener: socket.socket) -> None:
    async with await asyncio.start_server(_join, sock=listener) as server:
        await server.serve_forever()


async def _join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        inner_reader, inner_writer = await asyncio.open_connection(NODE_ADDRESS, _PORT)
    except OSError:
        writer.close()
        return
    await asyncio.gather(_copy(reader, inner_writer), _copy(inner_reader, writer))


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(_CHUNK):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


if __name__ == "__main__":
    asyncio.run(_serve(socket.socket(fileno=int(sys.argv[1]))))
