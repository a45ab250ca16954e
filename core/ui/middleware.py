"""What holds for every page: refusals that no view showed, and no copies of personal pages."""

from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from core.errors import MovedOn, ServiceError
from core.ui import errors


class PageMiddleware:
    """Maps services' refusals to pages, and keeps personal pages out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.get("Content-Type", "").startswith("text/html"):
            return response
        patch_vary_headers(response, ["HX-Request"])
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "no-store, private"
            patch_vary_headers(response, ["Cookie"])
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for an expected refusal that came out of a view; None leaves it to Django."""
        if isinstance(exception, MovedOn):
            return errors.moved_on(request, exception)
        if isinstance(exception, ServiceError):
            return errors.conflict(request, exception)
        if isinstance(exception, errors.TOO_LARGE):
            return errors.too_large(request)
        if isinstance(exception, ObjectDoesNotExist):
            return errors.not_found(request)
        return None
