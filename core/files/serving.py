"""Handing a file out so that a browser saves it and does nothing else with it."""

import logging
from typing import BinaryIO, cast
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.files.enums import FileState
from core.files.errors import FileLost
from core.files.incoming import sha256_of
from core.files.kinds import SERVED
from core.files.models import StoredFile
from core.text import format_date

logger = logging.getLogger(__name__)

UNKNOWN = "application/octet-stream"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def response_for(stored: StoredFile) -> HttpResponseBase:
    """See `core.files.download_response`. With FILES_ACCEL_PREFIX the web server in front sends the bytes."""
    _prove(stored)
    mime = stored.mime if stored.mime in SERVED else UNKNOWN
    response: HttpResponseBase
    if settings.FILES_ACCEL_PREFIX:
        response = HttpResponse(content_type=mime)
        response["X-Accel-Redirect"] = f"{settings.FILES_ACCEL_PREFIX.rstrip('/')}/{quote(stored.key)}"
    else:
        response = FileResponse(default_storage.open(stored.key), content_type=mime)
        response["Content-Length"] = str(stored.size)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=stored.name) or "attachment"
    )
    for name, value in HEADERS.items():
        response[name] = value
    return response


def _prove(stored: StoredFile) -> None:
    """Raises FileLost unless what lies in the store is whole, byte for byte."""
    if stored.state == FileState.GONE:
        day = format_date(localtime(stored.expires).date()) if stored.expires else ""
        raise FileLost(_("“%(name)s” was kept until %(day)s and has been removed.") % {"name": stored.name, "day": day})
    if stored.state != FileState.READY:
        raise FileLost(_("“%(name)s” is not ready to be downloaded.") % {"name": stored.name})
    try:
        with default_storage.open(stored.key) as file:
            whole = sha256_of(cast("BinaryIO", file)) == stored.sha256
    except FileNotFoundError:
        whole = False
    if not whole:
        logger.error("stored file %s (%s) is missing or damaged", stored.pk, stored.key)
        raise FileLost(
            _("“%(name)s” can no longer be read from the server. Tell the administrator, or attach the file again.")
            % {"name": stored.name}
        )
