"""Where a request comes from."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address of the client, as far as it can be trusted.

    Each of the `TRUSTED_PROXIES` proxies in front of us appends the peer it saw to `X-Forwarded-For`, so
    only that many entries from the right are known to be true; what stands left of them is whatever the
    client chose to write. With no trusted proxy the header is not read at all.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    trusted = settings.TRUSTED_PROXIES
    if trusted < 1:
        return peer
    chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if len(chain) < trusted:
        return peer
    return chain[-trusted] if is_address(chain[-trusted]) else peer


def is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def counted_address(address: str) -> str:
    """The form under which failures of `address` are counted.

    One IPv6 customer holds a whole /64 and could use a fresh address for every try.
    """
    if not is_address(address):
        return address[:45]
    known = ip_address(address)
    if not isinstance(known, IPv6Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return f"{IPv6Address(int(known) >> 64 << 64)}/64"
