"""A page with one form. The work itself is a service's."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core.errors import MovedOn, ServiceError
from core.ui import drafts
from core.ui.choices import SEARCH_BUTTON
from core.ui.errors import moved_on
from core.ui.models import Draft
from core.ui.views.posts import PostPage


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
