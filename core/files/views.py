"""The guarded download."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.files.errors import FileLost
from core.files.models import StoredFile
from core.files.serving import response_for


@login_required
@require_safe
def download(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Hand out one's own file, or one that hangs on a record one may read; anything else is not there (404).

    A file that has expired, is missing or damaged gets a page that says so (410).
    """
    stored = get_object_or_404(StoredFile.objects.visible_to(request.user), uuid=uuid)
    try:
        return response_for(stored)
    except FileLost as error:
        return render(request, "files/lost.html", {"file": stored, "reason": error}, status=410)
