"""Pictures are opened and written anew: what comes out holds pixels and nothing else.

Place and camera (EXIF), comments, thumbnails and whatever was hung behind the picture stay behind.
"""

import io
import struct
import threading
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

from core.errors import Text
from core.files.errors import BadFile

MAX_PIXELS = 40_000_000  # 160 MB while open, twice that while it is turned
KEPT = ("transparency", "gamma")

# The memory of one picture, however many people send theirs at once.
_one_at_a_time = threading.Lock()

TOO_MANY: Text = _("The picture has too many pixels (at most 40 million). Make it smaller, then choose it again.")
BROKEN: Text = _("The picture is damaged or not what its name says. Open it, save it again, then choose it again.")


def check_jpeg(file: BinaryIO) -> bytes:
    """The photo written anew, upright. Raises BadFile if it cannot be opened."""
    if file.read(3) != b"\xff\xd8\xff":
        raise BadFile(BROKEN)
    # MPO is what many phones write: a JPEG with further pictures behind it.
    return _rewritten(file, "JPEG", ("JPEG", "MPO"))


def check_png(file: BinaryIO) -> bytes:
    """The picture written anew. Raises BadFile if it cannot be opened."""
    if file.read(8) != b"\x89PNG\r\n\x1a\n":
        raise BadFile(BROKEN)
    return _rewritten(file, "PNG", ("PNG",))


def _rewritten(file: BinaryIO, kind: str, opened_as: tuple[str, ...]) -> bytes:
    file.seek(0)
    try:
        with _one_at_a_time, Image.open(file, formats=("JPEG", "PNG")) as image:
            if image.width * image.height > MAX_PIXELS:
                raise BadFile(TOO_MANY)
            if image.format not in opened_as:
                raise BadFile(BROKEN)
            return _saved(image, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadFile(TOO_MANY) from None
    # Pillow's readers raise all of these on hostile input.
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, TypeError, IndexError, KeyError):
        raise BadFile(BROKEN) from None


def _saved(image: Image.Image, kind: str) -> bytes:
    options: dict[str, Any] = {name: image.info[name] for name in ("icc_profile", "dpi") if name in image.info}
    if isinstance(image, JpegImageFile):
        # The tables of the original: the same size and next to no loss, where a fixed quality has both.
        options |= {"qtables": image.quantization, "subsampling": max(get_sampling(image), 0)}
    # Turned first: the direction stands in the EXIF that is about to go.
    ImageOps.exif_transpose(image, in_place=True)
    image.info = {name: image.info[name] for name in KEPT if name in image.info}
    out = io.BytesIO()
    # exif: emptied by name, as some writers take it from the picture itself.
    image.save(out, kind, exif=b"", **options)
    return out.getvalue()
