"""A server far away: a TCP proxy on loopback that holds everything back for a while."""

import asyncio
import contextlib
import random
import threading
import time
from collections.abc import Iterator

CHUNK = 1 << 16  # bytes


class Delay:
    """A port that leads to `target`'s, by a longer way; both are on loopback.

    Parameters
    ----------
    target : int
        The port of the server.
    least, most : float
        Seconds that each way takes, drawn anew for every chunk of bytes; the bytes of
        a connection keep their order. Both may be changed at any time.
    """

    def __init__(self, target: int, least: float = 0.0, most: float = 0.0, seed=0):
        self.target, self.least, self.most = target, least, most
        self.up = self.down = 0  # bytes, to the server and back
        self._random = random.Random(seed)

    def wait(self, seconds: float, jitter: float = 0.0) -> None:
        """From now on each way takes so long, and at most the jitter longer."""
        self.least, self.most = seconds, seconds + jitter

    async def open(self) -> None:
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        self.server.close()
        under_way = asyncio.all_tasks() - {asyncio.current_task()}
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        await asyncio.sleep(0)  # what they closed is closed in the next round

    async def _serve(self, reader, writer) -> None:
        try:
            back, there = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.close()
            return
        with contextlib.closing(there), contextlib.closing(writer):
            await asyncio.gather(
                self._carry(reader, there, "up"), self._carry(back, writer, "down")
            )

    async def _carry(self, reader, writer, way: str) -> None:
        """What is read is written later; reading never waits for writing."""
        queue: asyncio.Queue = asyncio.Queue()
        writing = asyncio.create_task(self._write(queue, writer))
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(CHUNK):
                setattr(self, way, getattr(self, way) + len(data))
                queue.put_nowait((self._due(), data))
        queue.put_nowait((self._due(), b""))
        await writing

    def _due(self) -> float:
        return time.monotonic() + self._random.uniform(self.least, self.most)

    async def _write(self, queue: asyncio.Queue, writer) -> None:
        with contextlib.suppress(OSError):  # one end has gone meanwhile
            while True:
                due, data = await queue.get()
                await asyncio.sleep(due - time.monotonic())
                if not data:
                    writer.write_eof()
                    return
                writer.write(data)
                await writer.drain()


@contextlib.contextmanager
def delayed(target: int, **ways) -> Iterator[Delay]:
    """A delay line in a thread of its own; see `Delay`."""
    line, ready = Delay(target, **ways), threading.Event()

    async def work() -> None:
        await line.open()
        line.over, line.loop = asyncio.Event(), asyncio.get_running_loop()
        ready.set()
        await line.over.wait()
        await line.close()

    thread = threading.Thread(target=lambda: asyncio.run(work()), daemon=True)
    thread.start()
    ready.wait()
    try:
        yield line
    finally:
        line.loop.call_soon_threadsafe(line.over.set)
        thread.join()
