"""Why a file does not come in, stay, or go out."""

from core.errors import ServiceError


class BadFile(ServiceError):
    """The file may not come in; the words say why and what to do instead."""


class NotStored(ServiceError):
    """The file was good, but the store could not keep it (full or out of reach)."""


class FileLost(ServiceError):
    """The row is there, but what lies in the store is missing, damaged or expired."""
