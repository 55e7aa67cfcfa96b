"""When this person is notified: of what, in which channel, and not for now."""

from __future__ import annotations

import time
from typing import Literal

from chatd.client.channel import Channel
from chatd.client.live import Live
from chatd.client.mentions import is_mentioned
from chatd.client.quiet_hours import QuietHours, QuietWeek, is_quiet, quiet_hours, quiet_params, quiet_week
from chatd.client.schema import Message, Publication, PushPreference
from chatd.client.sender import sender_of
from chatd.client.session import Session

Trigger = Literal["all", "mention_only", "off"]


class Notifications(Live[PushPreference]):
    """The same on all devices; `begin` loads it, and from then on it is kept in step. Acts raise a Failure."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._preference: PushPreference | None = None

    @property
    def trigger(self) -> str:
        """Of what, where nothing else is chosen: "all", "mention_only" or "off"."""
        return self._preference["push_trigger_option"] if self._preference else "all"

    @property
    def paused_until(self) -> int:
        """When the pause ends, in ms; 0 when there is none."""
        found, now = self._preference, _now()
        if not found or not found["snooze_enabled"] or not found["snooze_start_ts"] <= now < found["snooze_end_ts"]:
            return 0
        return found["snooze_end_ts"]

    @property
    def quiet_hours(self) -> QuietHours | None:
        """Those of each day; None when there are none."""
        return quiet_hours(self._preference) if self._preference else None

    @property
    def quiet_week(self) -> QuietWeek | None:
        """Those of the week; None when there are none."""
        return quiet_week(self._preference) if self._preference else None

    async def choose_for_all(self, trigger: Trigger) -> None:
        """Be notified of this, where nothing else is chosen."""
        await self._session.call("users.update_push_preference", push_trigger_option=trigger)

    async def choose(self, channel: Channel, trigger: Trigger | Literal["default"]) -> None:
        """Be notified of this in a channel; "default" is what is chosen for all."""
        call = self._session.call
        await call("channels.update_push_preference", channel_url=channel.url, push_trigger_option=trigger)

    async def pause(self, until: int) -> None:
        """Be notified of nothing until a moment, in ms."""
        call = self._session.call
        await call("users.update_push_preference", snooze_enabled=True, snooze_start_ts=0, snooze_end_ts=until)

    async def resume(self) -> None:
        """End the pause."""
        await self._session.call("users.update_push_preference", snooze_enabled=False)

    async def keep_quiet(self, quiet: QuietHours | QuietWeek | None) -> None:
        """Be notified of nothing at these hours of each day, or times of the week; with None have no quiet times."""
        await self._session.call("users.update_push_preference", **quiet_params(quiet))

    def wants(self, channel: Channel, message: Message) -> bool:
        """Whether a message of a channel is one to notify this person of now."""
        if channel.is_hidden or self.paused_until or (self._preference and is_quiet(self._preference, _now())):
            return False
        return not self._is_passed_over(message) and self._triggers(channel, message)

    async def _ask(self) -> PushPreference:
        return await self._session.call("users.view_push_preference")

    def _merge(self, found: PushPreference) -> None:
        self._preference = found
        self.changed.mark()

    def _apply(self, event: Publication) -> None:
        if event["type"] == "push_preference.changed":
            self._merge(event["push_preference"])

    def _is_passed_over(self, message: Message) -> bool:
        """Whether it is of no interest, whatever it says: it asks for no notice, is one's own, or an unwanted bot's."""
        is_of_bot = "user" in message and message["user"].get("is_bot") is True
        if is_of_bot and self._preference and self._preference["block_push_from_bots"]:
            return True
        asks_for_none = message["message_events"]["send_push_notification"] == "none"
        return asks_for_none or sender_of(message) == self._session.user_id

    def _triggers(self, channel: Channel, message: Message) -> bool:
        """What is chosen in a channel goes before what is chosen for all, unless that is to be told nothing."""
        chosen = self.trigger if channel.notifications == "default" else channel.notifications
        if "off" in (chosen, self.trigger):
            return False
        has_replies = self._preference is None or self._preference["enable_push_for_replies"]
        is_told = chosen == "all" and (has_replies or not message.get("parent_message_id"))
        return is_told or is_mentioned(message, self._session.user_id)


def _now() -> int:
    return int(time.time() * 1000)
