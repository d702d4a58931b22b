"""Connections that must send the head of a request in time: silent ones would take the place of a browser's. Needs uvicorn."""

from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10.0


class PunctualProtocol(H11Protocol):
    """A connection of uvicorn's that is closed when the whole head of its next request has not come in HEAD_SECONDS from the
    first byte of it, or for the first request from the beginning."""

    _since: float | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for the first head."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take data in, and go on waiting if the head is not whole."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._since = None
        elif self.timeout_keep_alive_task is None and not self.transport.is_closing():
            self._wait()

    def _wait(self) -> None:
        if self._since is None:
            self._since = self.loop.time()
        self.timeout_keep_alive_task = self.loop.call_at(self._since + HEAD_SECONDS, self.timeout_keep_alive_handler)
