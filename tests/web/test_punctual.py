"""Connections that send nothing, or half a head, are closed; those of browsers stay."""

import socket
import time

import pytest

from contract_assembly.web import punctual
from tests.helpers.served import served

pytestmark = pytest.mark.slow  # ten seconds have to pass


def closed_after(connection, most):
    """Seconds until the server closes a connection."""
    start = time.monotonic()
    connection.settimeout(most)
    while connection.recv(1000):
        pass
    return time.monotonic() - start


def test_a_connection_without_a_whole_head_is_closed_in_time(tmp_path):
    with served(tmp_path) as server:
        address = ("127.0.0.1", server.port)
        with socket.create_connection(address) as silent, socket.create_connection(address) as half:
            half.sendall(b"GET / HTTP/1.1\r\nHost: ")
            time.sleep(punctual.HEAD_SECONDS / 2)
            half.sendall(b"127")  # a byte now and then gives it no more time
            assert closed_after(silent, punctual.HEAD_SECONDS) <= punctual.HEAD_SECONDS
            assert closed_after(half, punctual.HEAD_SECONDS / 2) <= punctual.HEAD_SECONDS / 2
        assert server.get("/").status == 200


def test_a_hundred_silent_connections_leave_room_for_a_browser(tmp_path):
    with served(tmp_path) as server:
        silent = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(105)]
        assert server.get("/").status == 200
        for each in silent:
            each.close()
