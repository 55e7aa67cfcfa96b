"""Looking at the links of messages, in the background: a few at a time, each with its limits."""

from __future__ import annotations

import logging
from collections import OrderedDict
from typing import Final, NamedTuple

import trio
from msgspec.structs import replace

from chatd import ids
from chatd.domain.messages.previews import Linked, keep_preview, linked_after
from chatd.domain.messages.quotas import has_room
from chatd.domain.stream import top
from chatd.domain.tenants import applications
from chatd.errors import OutgoingFailed, ServerError, StorageFailed
from chatd.imaging.pictures import Picture
from chatd.jobs.page_pictures import load_picture, put_picture
from chatd.logs import log
from chatd.model import Preview
from chatd.outgoing.client import Client, Request
from chatd.outgoing.page import read_page
from chatd.store.store import Store
from chatd.store.writer import Writer

PAUSE_SECONDS = 0.5
EVENTS_AT_ONCE = 500
# After a start the last events are looked at again, and what is older is left without: nobody waits for it any more.
LOOKED_BACK = 1000
OLDEST_MS = 5 * 60_000
WORKERS = 4
# Links that wait for a worker. While there are more, messages wait in the log.
WAITING = 100
# A page is not asked for again for a while, whatever it said: a link is often sent on.
KEPT_SECONDS = 600.0
KEPT_PAGES = 200

_log = logging.getLogger("chatd.previews")

_ACCEPT: Final = (("Accept", "text/html,application/xhtml+xml"),)


class _Wanted(NamedTuple):
    application: int
    linked: Linked


class Limits(NamedTuple):
    """Bytes of a page that are read, and of its picture, which is not shown when it has more; 0 loads no pictures.

    No picture is kept when all files of its application came to more than `application` bytes by it, 0 for no limit,
    or when the disk has fewer than `reserve` bytes free.
    """

    page: int
    picture: int
    application: int = 0
    reserve: int = 0


class _Page(NamedTuple):
    """What a page says of itself, and a small picture of it."""

    preview: Preview
    picture: Picture | None


async def preview_forever(store: Store, writer: Writer, client: Client, limits: Limits) -> None:
    """Follow the logs of all applications and give messages with links their previews, until cancelled."""
    pages = _Pages(client, limits)
    entrance, exit = trio.open_memory_channel[_Wanted](WAITING)
    async with trio.open_nursery() as nursery:
        for _ in range(WORKERS):
            nursery.start_soon(_work, store, writer, pages, exit)
        await _follow(store, entrance)


async def _follow(store: Store, entrance: trio.MemorySendChannel[_Wanted]) -> None:
    cursors: dict[int, int] = {}
    while True:
        for application in store.read(0, applications.every):
            number = application.number
            head = store.read(number, top).sequence
            cursor = cursors.setdefault(number, max(0, head - LOOKED_BACK))
            if head == cursor:
                continue
            try:
                since = ids.now_ms() - OLDEST_MS
                found, place = await store.read_in_thread(number, linked_after, cursor, EVENTS_AT_ONCE, since)
            except ServerError as error:
                log("links not looked for", logging.ERROR, application=application.name, error=error.message)
                continue
            cursors[number] = place
            for linked in found:
                await entrance.send(_Wanted(number, linked))
        await trio.sleep(PAUSE_SECONDS)


async def _work(store: Store, writer: Writer, pages: _Pages, exit: trio.MemoryReceiveChannel[_Wanted]) -> None:
    async for application, linked in exit:
        try:
            page = await pages.find(linked.link)
            if page is not None:
                preview = await _with_picture(store, application, page, pages.limits)
                await writer.run(application, keep_preview, linked.message_id, preview, pages.limits.application)
        except ServerError as error:
            log("preview not kept", logging.ERROR, application=application, error=error.message)
        except Exception:
            # Whatever strangers put into a page, also a mistake of ours, must not reach those who send.
            _log.exception("a preview could not be made")


async def _with_picture(store: Store, application: int, page: _Page, limits: Limits) -> Preview:
    """The preview of a page, its picture on disk if there is room: each message has a file of its own."""
    picture = page.picture
    if picture is None or not store.read(application, has_room, len(picture.data), limits.application):
        return page.preview
    try:
        kept = await trio.to_thread.run_sync(put_picture, store.blobs, application, picture, limits.reserve)
    except StorageFailed as error:
        log("picture of a page not kept", logging.ERROR, application=application, error=error.message)
        return page.preview
    return replace(page.preview, picture=kept)


class _Pages:
    """Pages by link, the newest last, each with the time after which the page is asked for again."""

    def __init__(self, client: Client, limits: Limits) -> None:
        self._client = client
        self.limits = limits
        self._known: OrderedDict[str, tuple[float, _Page | None]] = OrderedDict()

    async def find(self, link: str) -> _Page | None:
        """What the page behind a link says; None when it cannot be asked, or says nothing."""
        now = trio.current_time()
        known = self._known.get(link)
        if known is not None and known[0] > now:
            return known[1]
        page = await self._look(link)
        self._known[link] = (now + KEPT_SECONDS, page)
        self._known.move_to_end(link)
        while len(self._known) > KEPT_PAGES:
            self._known.popitem(last=False)
        return page

    async def _look(self, link: str) -> _Page | None:
        try:
            answer = await self._client.get(Request(link, self.limits.page, headers=_ACCEPT))
        except OutgoingFailed as error:
            log("no preview", logging.DEBUG, error=error.message)
            return None
        preview = await trio.to_thread.run_sync(read_page, link, answer)
        if preview is None:
            return None
        wants = preview.image and self.limits.picture
        return _Page(preview, await load_picture(self._client, preview.image, self.limits.picture) if wants else None)
