"""Bytes to a server and back, for requests that no client would send."""

import socket


def exchange(port: int, sent: bytes, seconds: float = 3) -> bytes:
    """What a server answers to some bytes, until it closes the connection, or says nothing for so long."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        received = b""
        try:
            connection.sendall(sent)
            while piece := connection.recv(65_536):
                received += piece
        except (TimeoutError, ConnectionError):
            pass
        return received


def statuses(answer: bytes) -> list[int]:
    """The status of every response in an answer; a body holds no status line of ours."""
    return [int(line.split()[1]) for line in answer.split(b"\r\n") if line.startswith((b"HTTP/1.1 ", b"HTTP/1.0 "))]
