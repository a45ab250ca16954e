"""What an archive says of itself."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from config.backup import BackupError

FORMAT = 1
MEMBER = "manifest.json"
LIST = "files.sha256"  # as sha256sum -c reads it
FILES = "files/"


@dataclass
class Manifest:
    """`head` is the end of the audit chain, `key` a print of FIELD_KEY that does not give it away."""

    version: str
    taken_at: str
    vendor: str
    server: str
    database_sha256: str
    migrations: list[str]
    counts: dict[str, int]
    head: str
    key: str
    file_count: int = 0
    file_bytes: int = 0
    faults: list[str] = field(default_factory=list)
    format: int = FORMAT

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)


def from_json(text: bytes) -> Manifest:
    """Raises BackupError for anything that is not a manifest of a format this version reads."""
    try:
        given: dict[str, Any] = json.loads(text)
        if given["format"] > FORMAT:
            raise BackupError(
                _("The archive was made by a newer version (%(version)s); install that one first.")
                % {"version": given["version"]}
            )
        return Manifest(**given)
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError(_("The archive's manifest cannot be read.")) from error
