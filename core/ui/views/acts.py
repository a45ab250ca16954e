"""One act by POST. The work itself is a service's."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from core.errors import MovedOn, ServiceError
from core.ui.errors import moved_on
from core.ui.views.base import address_after
from core.ui.views.posts import PostPage


class ActionView(PostPage):
    """One act by POST, with or without a few fields.

    With `confirmation` a GET shows the page that says the consequences before an act that cannot be
    undone. A refusal without a form becomes a message on the page the person came from.
    """

    template_name = "ui/action.html"
    http_method_names = ["get", "post", "head", "options"]
    form_class: type[forms.BaseForm] | None = None
    confirmation = False
    submit_label: Any = ""
    submit_icon = ""
    danger = False

    def get_form_kwargs(self) -> dict[str, Any]:
        if self.request.method != "POST":
            return {}
        return {"data": self.request.POST, "files": self.request.FILES}

    def get_form(self) -> Any:
        return self.form_class(**self.get_form_kwargs()) if self.form_class is not None else None

    def get_consequences(self) -> list[Any]:
        """What will come of the act, a sentence each."""
        return []

    def get_back_url(self) -> str:
        """The page the person came from, if it is ours."""
        came_from: str = self.request.headers.get("Referer", "")
        ours = url_has_allowed_host_and_scheme(
            came_from, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )
        if ours:
            return came_from
        return address_after(getattr(self, "object", None), self.success_url)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.confirmation:
            return self.http_method_not_allowed(request)
        return self.ask(self.get_form())

    def ask(self, form: Any) -> HttpResponse:
        """The page that states the act, its consequences and its fields."""
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if form is not None and not form.is_valid():
            return self.ask(form)
        try:
            return self.once(lambda: self.perform(form))
        except MovedOn as error:
            return moved_on(self.request, error, form)
        except ServiceError as error:
            return self.refused(form, error)

    def refused(self, form: Any, error: ServiceError) -> HttpResponse:
        """Say why not, at the field where there is one."""
        if form is not None:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.ask(form)
        messages.error(self.request, str(error))
        return redirect(self.get_back_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = {
            "submit_label": self.submit_label or self.get_title(),
            "submit_icon": self.submit_icon,
            "danger": self.danger,
            "consequences": self.get_consequences(),
            "back_url": self.get_back_url() if self.confirmation or self.form_class else "",
        }
        return super().get_context_data(**{**given, **kwargs})
