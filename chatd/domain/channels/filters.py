"""Which channels a list is to have, and in which order, as it is asked for."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from chatd.domain.command import Input
from chatd.domain.fields import (
    ChannelName,
    ChannelUrl,
    CustomType,
    Milliseconds,
    Nickname,
    OptionalItemKey,
    OptionalUserId,
    PageLimit,
    PageToken,
    UserId,
)

Order = Literal["chronological", "latest_last_message", "channel_name_alphabetical", "metadata_value_alphabetical"]
SuperMode = Literal["all", "super", "nonsuper"]
HiddenMode = Literal["unhidden_only", "hidden_only", "hidden_allow_auto_unhide", "hidden_prevent_auto_unhide", "all"]
CustomTypes = Annotated[tuple[CustomType, ...], Meta(max_length=100)]
SearchField = Literal["channel_name", "member_nickname"]
MemberState = Literal["all", "joined_only", "invited_only", "invited_by_friend", "invited_by_non_friend"]
ItemValue = Annotated[str, Meta(max_length=190)]


class Filters(Input, frozen=True):
    """A page of channels; filters combine.

    `order` by a value of metadata needs `metadata_order_key`; channels without one come last. Values of metadata and of
    counters need the key that they are under. Parts of nicknames are looked for in channels of up to 100 members.
    """

    token: PageToken = ""
    limit: PageLimit = 10
    order: Order = "chronological"
    metadata_order_key: OptionalItemKey = ""
    show_empty: bool = False
    show_frozen: bool = True
    show_member: bool = False
    show_read_receipt: bool = False
    show_delivery_receipt: bool = False
    show_metadata: bool = False
    distinct_mode: Literal["all", "distinct", "nondistinct"] = "all"
    public_mode: Literal["all", "public", "private"] = "all"
    super_mode: SuperMode = "all"
    channel_urls: Annotated[tuple[ChannelUrl, ...], Meta(max_length=200)] | None = None
    custom_types: CustomTypes | None = None
    custom_type_startswith: CustomType | None = None
    name: ChannelName | None = None
    name_contains: ChannelName | None = None
    name_startswith: ChannelName | None = None
    created_after: Milliseconds | None = None
    created_before: Milliseconds | None = None
    members_exactly_in: Annotated[tuple[UserId, ...], Meta(max_length=100)] | None = None
    members_include_in: Annotated[tuple[UserId, ...], Meta(max_length=60)] | None = None
    query_type: Literal["AND", "OR"] = "AND"
    members_nickname: Nickname = ""
    members_nickname_contains: Nickname = ""
    members_nickname_startswith: Nickname = ""
    search_query: ChannelName = ""
    search_fields: tuple[SearchField, ...] = ("channel_name", "member_nickname")
    metadata_key: OptionalItemKey = ""
    metadata_values: Annotated[tuple[ItemValue, ...], Meta(max_length=100)] | None = None
    metadata_value_startswith: ItemValue | None = None
    metacounter_key: OptionalItemKey = ""
    metacounter_values: Annotated[tuple[int, ...], Meta(max_length=100)] | None = None
    metacounter_value_gt: int | None = None
    metacounter_value_gte: int | None = None
    metacounter_value_lt: int | None = None
    metacounter_value_lte: int | None = None

    @property
    def names_members(self) -> bool:
        """Whether members are looked for by a part of what they are called, which takes long."""
        is_searched = self.search_query and "member_nickname" in self.search_fields
        return bool(self.members_nickname_contains or is_searched)


class Own(Filters, frozen=True):
    """A page of one user's channels."""

    user_id: OptionalUserId = ""
    hidden_mode: HiddenMode = "unhidden_only"
    member_state_filter: MemberState = "all"
    unread_filter: Literal["all", "unread_message"] = "all"
