"""Making smaller pictures of those that were uploaded."""

from __future__ import annotations

import logging

import trio

from chatd.domain.messages.thumbnails import BOXES, keep_thumbnails, waiting
from chatd.domain.tenants import applications
from chatd.errors import ServerError
from chatd.imaging.pictures import ALL_OF_IT, make_pictures
from chatd.jobs.page_pictures import put_picture
from chatd.logs import log
from chatd.store.store import Store
from chatd.store.writer import Writer

PAUSE_SECONDS = 0.5
AT_ONCE = 50


async def make_thumbnails_forever(store: Store, writer: Writer) -> None:
    """Make them, one after the other, until cancelled. What a restart has interrupted is begun anew.

    A store that cannot write now is met again after a while.
    """
    while True:
        await trio.sleep(PAUSE_SECONDS)
        for application in store.read(0, applications.every):
            try:
                while file_ids := store.read(application.number, waiting, AT_ONCE):
                    for file_id in file_ids:
                        await make_thumbnails(store, writer, application.number, file_id)
            except ServerError as error:
                log("thumbnails not made", logging.ERROR, application=application.name, error=error.message)
                await trio.sleep(10 * PAUSE_SECONDS)


async def make_thumbnails(store: Store, writer: Writer, application: int, file_id: str) -> None:
    """Make those of one file, which may be no picture, or gone. Raises ServerError."""
    path = store.blobs.path(application, file_id)
    found = await make_pictures(lambda: path.open("rb"), ALL_OF_IT, *BOXES)
    size, made = ((found.width, found.height), found.made) if found is not None else ((0, 0), ())
    thumbnails = tuple([await trio.to_thread.run_sync(put_picture, store.blobs, application, each) for each in made])
    await writer.run(application, keep_thumbnails, file_id, size, thumbnails)
