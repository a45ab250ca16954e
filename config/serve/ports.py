"""The port asked for: judged before anything else is done, so that a wrong one costs no waiting."""

import socket

from django.core.management.base import CommandError

HOST = "127.0.0.1"
HIGHEST = 65535
REMEDY = "Choose another: PORT=8001 make demo"


def usable_port(host: str, text: str) -> int:
    """The port typed in PORT= or --port. Raises CommandError, one line with the remedy, if nothing can listen there."""
    port = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= port <= HIGHEST:
        raise CommandError(f"{text!r} is not a port between 1 and {HIGHEST}. {REMEDY}")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(f"Port {port} cannot be used ({error.strerror}). {REMEDY}") from error
    return port
