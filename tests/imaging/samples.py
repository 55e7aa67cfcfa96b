"""Pictures for tests."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

SECRET = b"taken at home"


def picture(width: int = 1600, height: int = 1200, kind: str = "JPEG", mode: str = "RGB", **options: Any) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new(mode, (width, height), (255, 0, 0, 128)[: len(mode)] if mode != "L" else 200)
    if mode == "RGB":
        image.paste((0, 0, 255), (width // 2, 0, width, height))
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photo(orientation: int = 6, **more: Any) -> bytes:
    """A JPEG that says how it was held, and more that is nobody's business."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET.decode()
    return picture(exif=exif, comment=SECRET, **more)


def opened(data: bytes) -> Image.Image:
    """The picture that bytes are."""
    return Image.open(io.BytesIO(data))
