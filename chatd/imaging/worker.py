"""The process that reads a picture: its file on standard input, what was made of it on standard output.

The answer is a line of JSON, `{"width": 4000, "height": 3000, "made": [{"box": 320, "width": 320, "height": 240,
"type": "image/jpeg", "size": 20000}]}`, and after it the bytes of what was made, one after the other. A picture that
cannot be read has no answer. Before it looks at the picture it takes limits upon itself: from then on it can neither
write a file nor start a process, nor take more memory and time than these.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sys
from typing import Any, BinaryIO

from PIL import Image, ImageOps

WHOLE = "whole"
AGAIN = "again"
SQUARE = "square"
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
# A picture with more pixels is only measured: decoded they take four bytes each.
MAX_PIXELS = 64_000_000
# Of pictures that strangers choose, which may be made to take long, fewer are decoded.
MAX_PIXELS_AGAIN = 16_000_000
MAX_MEMORY = 1 << 30
MAX_SECONDS = 20
NICENESS = 10
QUALITY = 82
# A profile of colours that takes more bytes is left out.
MAX_PROFILE = 4096

Made = tuple[dict[str, Any], bytes]


def main(mode: str, boxes: list[int]) -> None:
    """Make pictures that fit into boxes of so many pixels, of all of it, or with `square` of the middle."""
    Image.preinit()
    Image.init()
    _limit()
    Image.MAX_IMAGE_PIXELS = None  # it is looked at before anything is decoded
    source: BinaryIO = sys.stdin.buffer
    with Image.open(source, formats=FORMATS[:2] if mode == SQUARE else FORMATS) as image:
        width, height = image.size
        made = []
        if width * height <= (MAX_PIXELS_AGAIN if mode == AGAIN else MAX_PIXELS):
            width, height = _upright_size(image)
            made = make(image, mode, boxes)
    head = {"width": width, "height": height, "made": [each for each, _ in made]}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + b"".join(data for _, data in made))


def make(image: Image.Image, mode: str, boxes: list[int]) -> list[Made]:
    """Pictures for those boxes that the picture does not fit into; with `again` and `square` for all of them."""
    wanted = [box for box in sorted(boxes, reverse=True) if mode != WHOLE or max(image.size) > box]
    if not wanted:
        return []
    # A JPEG is decoded no larger than need be.
    image.draft("RGB", (wanted[0], wanted[0]))
    picture = _plain(ImageOps.exif_transpose(image))
    found = []
    for box in wanted:
        if mode == SQUARE:
            side = min(box, *picture.size)
            picture = ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS)
        else:
            picture.thumbnail((box, box), Image.Resampling.LANCZOS)
        found.append(_written(picture, box))
    return found


def _upright_size(image: Image.Image) -> tuple[int, int]:
    """Width and height as they are shown (Exif 2.3, tag 0x0112: from 5 on the picture lies on its side).

    Some pictures have to be decoded to learn that.
    """
    lies = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    return (image.size[1], image.size[0]) if lies else image.size


def _plain(image: Image.Image) -> Image.Image:
    """The picture in colours that every browser shows, transparent only if it is, with nothing that it says of itself.

    But for the profile of its colours: without that they would be others.
    """
    profile = image.info.get("icc_profile") if image.mode in ("RGB", "RGBA") else None
    plain = image.convert("RGBA" if image.has_transparency_data else "RGB")
    plain.info.clear()
    if profile and len(profile) <= MAX_PROFILE:
        plain.info["icc_profile"] = profile
    return plain


def _written(picture: Image.Image, box: int) -> Made:
    kind = "jpeg" if picture.mode == "RGB" else "webp"
    out = io.BytesIO()
    picture.save(out, kind, quality=QUALITY, exif=b"", icc_profile=picture.info.get("icc_profile"))
    head = {"box": box, "width": picture.width, "height": picture.height, "size": out.tell(), "type": f"image/{kind}"}
    return head, out.getvalue()


def _limit() -> None:
    os.nice(NICENESS)
    limits = {
        resource.RLIMIT_AS: MAX_MEMORY,
        resource.RLIMIT_CPU: MAX_SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
    }
    for limit, value in limits.items():
        resource.setrlimit(limit, (value, value))


if __name__ == "__main__":
    main(sys.argv[1], [int(each) for each in sys.argv[2:]])
