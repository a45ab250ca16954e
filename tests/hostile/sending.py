"""Posts as a hostile client writes them: any bytes in a name, any character in a text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

BOUNDARY = "the-line-between-the-parts"


@dataclass(frozen=True)
class Sent:
    """A file as it goes over the wire; nothing of its name is cleaned before."""

    name: str
    content: bytes
    content_type: str = "application/octet-stream"


def post(client: Client, url: str, data: Mapping[str, Any], headers: Mapping[str, str]) -> Any:
    """Send `data`; a list stands for a name given several times."""
    pairs = [(name, one) for name, given in data.items() for one in (given if isinstance(given, list) else [given])]
    if any(isinstance(one, Sent | SimpleUploadedFile) for _name, one in pairs):
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        return client.generic("POST", url, multipart(pairs), kind, headers=dict(headers))
    body = urlencode([(name, raw(one)) for name, one in pairs])
    return client.generic("POST", url, body, "application/x-www-form-urlencoded", headers=dict(headers))


def raw(given: object) -> bytes:
    """The bytes of a text, half surrogate pairs included."""
    return given if isinstance(given, bytes) else str(given).encode("utf-8", "surrogatepass")


def multipart(pairs: Iterable[tuple[str, Any]]) -> bytes:
    """The body of a form with files. A name that a browser would not write so is percent-encoded (RFC 5987)."""
    body = b""
    for name, given in pairs:
        one = given
        body += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"'.encode()
        if isinstance(given, SimpleUploadedFile):
            one = Sent(str(given.name), given.read(), str(given.content_type))
        if isinstance(one, Sent):
            plain = one.name.isprintable() and not set(one.name) & set('"\\%')
            told = b'="%s"' % raw(one.name) if plain else f"*=UTF-8''{quote(raw(one.name), safe='')}".encode()
            body += b"; filename" + told + b"\r\n"
            body += f"Content-Type: {one.content_type}".encode()
        body += b"\r\n\r\n" + (one.content if isinstance(one, Sent) else raw(one)) + b"\r\n"
    return body + f"--{BOUNDARY}--\r\n".encode()
