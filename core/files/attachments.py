"""Which records' attachments let a reader have a file. Filled in ``AppConfig.ready()``."""

from typing import TYPE_CHECKING, TypeVar

from core.registry import Registry

if TYPE_CHECKING:
    from core.files.models import Attachment

A = TypeVar("A", bound="Attachment")
ATTACHMENTS: Registry[type["Attachment"]] = Registry("attachment kind")


def register_attachments(model: type[A]) -> type[A]:
    """A file is readable for whom ``model.objects.visible_to(user)`` holds an attachment not removed.

    May stand as a decorator. Raises TypeError if the model's manager has no `visible_to`.
    """
    if not hasattr(model._default_manager, "visible_to"):
        raise TypeError(f"{model._meta.label}.objects has no visible_to(user).")
    ATTACHMENTS.add(model._meta.label, model)
    return model
