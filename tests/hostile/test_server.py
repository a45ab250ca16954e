"""Rows 101 and 102 as the real web server meets them, before the application is asked."""

import socket
import subprocess
from collections.abc import Iterator
from contextlib import suppress

import pytest

from config.serve.children import web
from tests.servers import until

SMALL = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST /account/sign-in/ HTTP/1.1\r\nHost: localhost\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
SMUGGLED = b"0\r\n\r\nGET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Of a server of our own, started as `manage.py serve` starts it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number: int = free.getsockname()[1]
    process = subprocess.Popen(web("", f"127.0.0.1:{number}").command, stderr=subprocess.DEVNULL)
    try:
        until(lambda: ask(number, SMALL + b"\r\n") == [b"200"], "the web server")
        yield number
    finally:
        process.terminate()
        process.wait()


def ask(port: int, request: bytes) -> list[bytes]:
    """The status of each answer to what is sent; none where the connection is just closed."""
    answer = b""
    with suppress(ConnectionError), socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        while piece := line.recv(65536):
            answer += piece
    return [part.split(b" ", 1)[0] for part in answer.split(b"HTTP/1.1 ")[1:]]


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        pytest.param(
            b"GET /healthz?" + b"a" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", b"414", id="101 long address"
        ),
        pytest.param(SMALL + b"Cookie: session=" + b"a" * 100_000 + b"\r\n\r\n", b"431", id="101 cookie of 100 KB"),
        pytest.param(SMALL + b"X-A: x\r\n" * 1000 + b"\r\n", b"431", id="101 thousand headers"),
        pytest.param(POST + b"Content-Length: abc\r\n\r\nx", b"400", id="102 length in letters"),
        pytest.param(POST + b"Content-Length: -1\r\n\r\nx", b"400", id="102 negative length"),
        pytest.param(POST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx", b"400", id="102 two lengths"),
        pytest.param(POST + b"Content-Length: 5\r\n" + CHUNKED + b"\r\n" + SMUGGLED, b"400", id="102 smuggling pair"),
        pytest.param(POST + b"Transfer-Encoding: xchunked\r\n\r\n" + SMUGGLED, b"501", id="102 unknown encoding"),
        pytest.param(POST + b"Content-Length: 99999999999\r\n\r\nx", b"403", id="102 huge length"),
    ],
)
def test_a_malformed_request_is_refused_and_nothing_behind_it_is_read(
    port: int, request_: bytes, status: bytes
) -> None:
    assert ask(port, request_) == [status], "and what hid behind it is not answered"
    assert ask(port, SMALL + b"\r\n") == [b"200"], "the server goes on"
