"""What a page says of itself: the Open Graph tags of its head (ogp.me), or else its title and description.

Pages are strangers' and may be made to cost time. So only single tags are parsed, each from a few hundred characters.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin

from chatd.model import Preview
from chatd.outgoing.client import Answer
from chatd.outgoing.targets import MAX_URL

MAX_TAGS: Final = 200
MAX_TAG: Final = 4096
MAX_TITLE: Final = 300
MAX_DESCRIPTION: Final = 1000
MAX_NAME: Final = 128
MAX_PIXELS: Final = 100_000

_HTML: Final = ("text/html", "application/xhtml+xml")
_TAG: Final = re.compile(r"<(meta|title|body|/head)\b", re.IGNORECASE)
_CHARSET: Final = re.compile(r"""charset\s*=\s*["']?([a-z0-9_.:-]{1,40})""", re.IGNORECASE)
# Encodings of pages; Python knows others, which are none and take long.
_CHARSETS: Final = re.compile(
    r"utf-?8|us-ascii|latin-?1|iso-8859-\d{1,2}|windows-125\d|koi8-[ru]|shift_jis|euc-(jp|kr)|gb(k|2312|18030)|big5",
    re.I,
)
_BLANK: Final = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_PIECE: Final = 512


def read_page(link: str, answer: Answer) -> Preview | None:
    """The preview of a link from what was answered; None when that is no page, or one without a title."""
    kind = answer.headers.get("content-type", "")
    if answer.status != 200 or kind.partition(";")[0].strip().lower() not in _HTML:
        return None
    said = _said(_text(kind, answer.body))
    title = _line(said.get("og:title") or said.get("twitter:title") or said.get("title", ""), MAX_TITLE)
    if not title:
        return None
    description = said.get("og:description") or said.get("description") or said.get("twitter:description", "")
    image = said.get("og:image:secure_url") or said.get("og:image") or said.get("og:image:url", "")
    return Preview(
        link,
        title,
        _line(description, MAX_DESCRIPTION),
        _url(answer.url, said.get("og:url", "")) or answer.url,
        _line(said.get("og:type", ""), MAX_NAME),
        _line(said.get("og:site_name", ""), MAX_NAME),
        _url(answer.url, image) if image else "",
        _line(said.get("og:image:type", ""), MAX_NAME),
        _pixels(said.get("og:image:width", "")),
        _pixels(said.get("og:image:height", "")),
        _line(said.get("og:image:alt", ""), MAX_TITLE),
    )


def _text(kind: str, body: bytes) -> str:
    found = _CHARSET.search(kind) or _CHARSET.search(body[:1024].decode("ascii", "replace"))
    charset = found[1] if found and _CHARSETS.fullmatch(found[1]) else "utf-8"
    try:
        return body.decode(charset, "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def _said(text: str) -> dict[str, str]:
    """What the head says, by name in small letters; what is said first counts."""
    said: dict[str, str] = {}
    for name, value in _pairs(text):
        if value.strip():
            said.setdefault(name.strip().lower(), value)
    return said


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for count, found in enumerate(_TAG.finditer(text)):
        tag = found[1].lower()
        if count == MAX_TAGS or tag in ("body", "/head"):
            return
        # The standard library's parser raises at some declarations, which no tag has in it.
        piece = text[found.start() : found.start() + MAX_TAG].partition("<!")[0]
        if tag == "title":
            yield "title", html.unescape(piece.partition(">")[2].partition("<")[0])
        else:
            attributes = _attributes(piece)
            yield attributes.get("property") or attributes.get("name", ""), attributes.get("content", "")


class _Tag(HTMLParser):
    """Takes the first tag of a text and nothing more."""

    def __init__(self) -> None:
        super().__init__()
        self.attributes: dict[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The attributes of a tag."""
        if self.attributes is None:
            self.attributes = {name: value or "" for name, value in attrs}


def _attributes(piece: str) -> dict[str, str]:
    tag = _Tag()
    for start in range(0, len(piece), _PIECE):
        tag.feed(piece[start : start + _PIECE])
        if tag.attributes is not None:
            return tag.attributes
    return {}


def _line(text: str, length: int) -> str:
    return _BLANK.sub(" ", text).strip()[:length]


def _url(base: str, text: str) -> str:
    """An address of the web in full, empty for another one."""
    try:
        url = urljoin(base, text.strip())
    except ValueError:
        return ""
    is_web = url.lower().startswith(("http://", "https://"))
    return url if is_web and len(url) <= MAX_URL and not _BLANK.search(url) else ""


def _pixels(text: str) -> int:
    digits = text.strip()
    return min(int(digits), MAX_PIXELS) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0
