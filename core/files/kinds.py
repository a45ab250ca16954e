"""The kinds of files that come in, and the types under which files go out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from core.files.checks import images, office, pdf

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Kind:
    """One kind: its type, and the check that reads the whole file.

    The check raises BadFile; it returns new content where the file is written anew (pictures), else None.
    """

    mime: str
    check: Callable[[BinaryIO], bytes | None]


KINDS: dict[str, Kind] = {
    ".pdf": Kind(PDF, pdf.check),
    ".docx": Kind(DOCX, office.check_docx),
    ".xlsx": Kind(XLSX, office.check_xlsx),
    ".jpg": Kind(JPEG, images.check_jpeg),
    ".jpeg": Kind(JPEG, images.check_jpeg),
    ".png": Kind(PNG, images.check_png),
}
ACCEPT = ",".join(KINDS)
SERVED = frozenset({kind.mime for kind in KINDS.values()} | {"application/zip"})

# An ending inside a name ("report.php.jpg") that some program would run, or show as a page.
RUNNABLE = frozenset(
    {".app", ".asp", ".aspx", ".bat", ".bin", ".chm", ".cmd", ".com", ".cpl", ".dll", ".docm", ".dotm", ".exe"}
    | {".hta", ".htm", ".html", ".iso", ".jar", ".js", ".jse", ".jsp", ".lnk", ".mht", ".mhtml", ".msc", ".msi"}
    | {".msp", ".phar", ".php", ".pif", ".pl", ".ps1", ".py", ".reg", ".scr", ".sh", ".shtml", ".svg", ".swf"}
    | {".vb", ".vbe", ".vbs", ".wsf", ".wsh", ".xhtml", ".xlam", ".xlsb", ".xlsm", ".xltm", ".xml"}
)
