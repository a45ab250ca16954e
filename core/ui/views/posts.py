"""Pages that write: a form, or one act. The work itself is a service's."""

import secrets
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from core.clock import real_now
from core.errors import MovedOn, ServiceError
from core.ui import drafts
from core.ui.choices import SEARCH_BUTTON
from core.ui.errors import moved_on
from core.ui.models import Draft, PostOnce
from core.ui.views.base import Page, address_after

ONCE = "_once"


class SeeOther(HttpResponseRedirect):
    """What the second of two equal posts gets: the result of the first."""

    status_code = 303


class PostPage(Page):
    """The common part of forms and acts: one result a key, and what becomes of a refusal."""

    success_url: Any = None
    success_message: Any = ""

    def perform(self, form: Any) -> Any:
        """Call the service. Its ServiceError comes back to the page."""
        raise NotImplementedError

    def get_success_url(self, result: Any) -> str:
        return address_after(result, self.success_url)

    def get_success_message(self, result: Any) -> Any:
        return self.success_message

    def once(self, work: Callable[[], Any]) -> HttpResponse:
        """Do the work unless this very post was done before; then lead to what it made.

        The key is entered first, in the work's own transaction: a twin that runs at the same moment
        waits at the unique constraint and then finds the result. A refused work leaves no key behind.
        """
        key = self.request.POST.get(ONCE, "")[:40]
        user = self.request.user
        if not key or not user.is_authenticated:
            result = work()
            return self.done(result, self.get_success_url(result))
        with transaction.atomic():
            try:
                with transaction.atomic():
                    row = PostOnce.objects.create(user=user, key=key, result_url="", created=real_now())
            except IntegrityError:
                return SeeOther(PostOnce.objects.get(user=user, key=key).result_url)
            result = work()
            row.result_url = self.get_success_url(result)
            row.save(update_fields=["result_url"])
        return self.done(result, row.result_url)

    def done(self, result: Any, url: str) -> HttpResponse:
        """The work is done and committed."""
        if message := self.get_success_message(result):
            messages.success(self.request, message)
        return redirect(url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"once": secrets.token_urlsafe(18), **kwargs})


class FormPage(PostPage):
    """A page with one form.

    What is typed is kept as a draft (`keeps_draft`), offered again after a reload, an expired session or
    a conflict, and dropped when the form is sent. A page with several forms overrides `get_form`.
    """

    template_name = "ui/form.html"
    form_class: type[forms.BaseForm]
    submit_label: Any = ""
    keeps_draft = True
    initial: dict[str, Any] = {}
    restored: Draft | None = None

    def get_initial(self) -> dict[str, Any]:
        return dict(self.initial)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = {"initial": self.get_initial()}
        if issubclass(self.form_class, forms.ModelForm) and getattr(self, "object", None) is not None:
            kwargs["instance"] = self.object
        if self.request.method == "POST":
            kwargs |= {"data": self.request.POST, "files": self.request.FILES}
        return kwargs

    def get_form(self) -> Any:
        return self.form_class(**self.get_form_kwargs())

    # --- The draft ---

    @property
    def draft_form(self) -> str:
        """The name under which this page's drafts are kept."""
        match = self.request.resolver_match
        return match.view_name if match is not None else type(self).__name__

    @property
    def draft_ref(self) -> str:
        """The record the draft is about: what the address names."""
        return "/".join(str(value) for value in self.kwargs.values())

    @property
    def draft_based_on(self) -> str:
        """The version of the record the page showed."""
        return str(getattr(getattr(self, "object", None), "version", ""))

    def restore(self, form: Any) -> None:
        """Show the draft's texts in the form, as typed and not yet judged."""
        if not self.keeps_draft:
            return
        draft = drafts.find(user=self.request.user, form=self.draft_form, object_ref=self.draft_ref)
        if draft is None:
            return
        self.restored = draft
        form.data, form.is_bound = drafts.as_typed(draft.payload), True
        form._errors = forms.utils.ErrorDict()  # nothing was sent yet, so nothing is wrong yet

    # --- Requests ---

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        self.restore(form)
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if SEARCH_BUTTON in request.POST:
            # The search box of a select, where there is no script: show what it found, judge nothing.
            form._errors = forms.utils.ErrorDict()
            return self.form_invalid(form)
        if not form.is_valid():
            return self.form_invalid(form)
        try:
            return self.once(lambda: self.perform(form))
        except MovedOn as error:
            return self.moved_on(form, error)
        except ServiceError as error:
            place = error.field if error.field in form.fields else None
            form.add_error(place, str(error))
            return self.form_invalid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))

    def moved_on(self, form: Any, error: MovedOn) -> HttpResponse:
        """Keep the typed text and say that the record is no longer what the page showed."""
        if self.keeps_draft:
            secret = {f.html_name for f in form if isinstance(f.field.widget, forms.PasswordInput)}
            payload = {name: texts for name, texts in self.request.POST.lists() if name not in secret}
            drafts.keep(actor=self.request.user, form=self.draft_form, object_ref=self.draft_ref, payload=payload)
        return moved_on(self.request, error, form)

    def done(self, result: Any, url: str) -> HttpResponse:
        if self.keeps_draft:
            drafts.drop(actor=self.request.user, form=self.draft_form, object_ref=self.draft_ref)
        return super().done(result, url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given: dict[str, Any] = {
            "submit_label": self.submit_label or _("Save"),
            "restored": self.restored,
            "restored_is_stale": self.restored is not None
            and bool(self.restored.based_on)
            and self.restored.based_on != self.draft_based_on,
        }
        if self.keeps_draft:
            given["draft_token"] = drafts.token_for(
                self.request.user, self.draft_form, self.draft_ref, self.draft_based_on
            )
        return super().get_context_data(**{**given, **kwargs})


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
        came_from = self.request.headers.get("Referer", "")
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

    def ask(self, form: Any) -> TemplateResponse:
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
