"""What is read of pages, of whatever they are made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatd.model import Preview
from chatd.outgoing.client import Answer
from chatd.outgoing.page import MAX_TAG, MAX_TAGS, _Tag, read_page

LINK = "https://example.org/a"
HERE = "https://example.org/b/c"


def read(body: str | bytes, kind: str = "text/html; charset=utf-8", status: int = 200) -> Preview | None:
    raw = body.encode() if isinstance(body, str) else body
    return read_page(LINK, Answer(HERE, status, {"content-type": kind}, raw))


def title(body: str | bytes, kind: str = "text/html; charset=utf-8") -> str:
    found = read(body, kind)
    return found.title if found else ""


def test_the_open_graph_of_a_page() -> None:
    page = """<!doctype html><html><head><title>Another title</title>
    <meta property="og:title" content="Tea &amp; more"><meta content='All "of" it' property='og:description' />
    <META PROPERTY=og:type CONTENT=article><meta property="og:site_name" content="Example">
    <meta property="og:url" content="/canonical"><meta property="og:image" content="../picture.png">
    <meta property="og:image:width" content="1200"><meta property="og:image:height" content=" 630 ">
    <meta property="og:image:type" content="image/png"><meta property="og:image:alt" content="A cup">
    <meta property="og:title" content="too late"></head><body><meta property="og:audio" content="x"></body>"""
    assert read(page) == Preview(
        LINK,
        "Tea & more",
        'All "of" it',
        "https://example.org/canonical",
        "article",
        "Example",
        "https://example.org/picture.png",
        "image/png",
        1200,
        630,
        "A cup",
    )


def test_a_page_that_says_little() -> None:
    page = "<title>\n Tea  &lt;green&gt;\n</title><meta name=description content='of it'>"
    assert read(page) == Preview(LINK, "Tea <green>", "of it", HERE)


@pytest.mark.parametrize(
    "body",
    [
        *("", "<html>", "<title></title>", "<title>", "<meta>", "<meta property=og:title>", "<meta content=x>"),
        *("<meta property='og:title' content='", "</head><title>late</title>", "<body><title>late</title>"),
        "<meta property=og:title content='  \t '>",
    ],
)
def test_no_title_no_preview(body: str) -> None:
    assert read(body) is None


def test_what_is_no_page() -> None:
    page = "<title>Tea</title>"
    assert read(page) is not None
    assert read(page, "TEXT/HTML") is not None
    assert read(page, status=404) is None
    for kind in ("", "text/plain", "image/png", "application/json", "text/html2"):
        assert read(page, kind) is None


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "ftp://x.example/", "http://[", "http:// x", "x" * 3000]
)
def test_addresses_in_a_page_are_of_the_web(url: str) -> None:
    page = f'<title>Tea</title><meta property="og:image" content="{url}"><meta property="og:url" content="{url}">'
    found = read(page)
    assert found is not None
    assert (found.image, found.url) == ("", HERE)


@pytest.mark.parametrize("pixels", ["-1", "1e3", "", "9" * 5000, "²", "12px"])
def test_sizes_are_numbers(pixels: str) -> None:
    found = read(f'<title>Tea</title><meta property="og:image:width" content="{pixels}">')
    assert found is not None
    assert found.image_width == 0


def test_encodings() -> None:
    assert title("<title>Grün</title>".encode("latin-1"), "text/html; charset=iso-8859-1") == "Grün"
    assert title("<meta charset=windows-1251><title>Чай</title>".encode("cp1251"), "text/html") == "Чай"
    assert title("<title>お茶</title>".encode("shift_jis"), 'text/html; charset="Shift_JIS"') == "お茶"
    for nonsense in ("idna", "zlib", "unicode_escape", "utf-7", "windows-1259", "none"):
        assert title("<title>Grün</title>", f"text/html; charset={nonsense}") == "Grün"
    assert title(b"<title>\xff\xfe</title>") == "\ufffd\ufffd"


def test_long_texts_are_cut_and_lines_are_one() -> None:
    assert title(f"<title>{'a' * 1000}</title>") == "a" * 300
    assert title("<title>a\x00b\u2028c\r\nd\x1b</title>") == "a b c d"
    assert title(f"{'<meta name=a content=b>' * MAX_TAGS}<title>late</title>") == ""


@given(
    st.binary()
    | st.lists(
        st.sampled_from(["<meta ", "<title", "content='", '"', ">", "<", "&#", "<!--", "<![", "=", "og:title"])
    ).map(lambda parts: "".join(parts).encode())
)
def test_whatever_comes_is_read_or_not(body: bytes) -> None:
    found = read(b"<title>Tea</title>" + body)
    assert found is not None
    assert found.title


@pytest.mark.parametrize(
    "piece",
    ["<meta ", "<meta content='", "<title>", "<!--", "<![", '<meta a="', "<meta " + "a " * 3000, "&", "<meta a=b "],
)
def test_hostile_pages_cost_no_more_than_their_tags(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parser may take quadratic time for what it is given, so that is little."""
    given = []
    feed = _Tag.feed

    def count(tag: _Tag, data: str) -> None:
        given.append(len(data))
        feed(tag, data)

    monkeypatch.setattr(_Tag, "feed", count)
    read((piece * (524_288 // len(piece))).encode())
    assert max(given, default=0) <= 512
    assert sum(given) <= MAX_TAGS * MAX_TAG
