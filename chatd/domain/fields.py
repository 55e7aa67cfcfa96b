"""Types of command parameters, with their limits."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

# Keys of the store hold identifiers, and its keys cannot hold NUL.
_NO_NUL = r"^[^\x00]+\Z"

MAX_CHANNEL_URL = 100

UserId = Annotated[str, Meta(min_length=1, max_length=80, pattern=_NO_NUL)]
OptionalUserId = Annotated[str, Meta(max_length=80, pattern=r"^[^\x00]*\Z")]
ChannelUrl = Annotated[str, Meta(min_length=1, max_length=MAX_CHANNEL_URL, pattern=_NO_NUL)]
OptionalChannelUrl = Annotated[str, Meta(max_length=MAX_CHANNEL_URL, pattern=r"^[^\x00]*\Z")]
NewChannelUrl = Annotated[str, Meta(min_length=4, max_length=MAX_CHANNEL_URL, pattern=r"^[A-Za-z0-9_-]+\Z")]
Nickname = Annotated[str, Meta(max_length=80)]
Url = Annotated[str, Meta(max_length=2048)]
ChannelName = Annotated[str, Meta(max_length=191)]
CustomType = Annotated[str, Meta(max_length=128)]
Data = Annotated[str, Meta(max_length=20_000)]
Text = Annotated[str, Meta(max_length=5000)]
ReqId = Annotated[str, Meta(max_length=100, pattern=r"^[^\x00]*\Z")]
PageToken = Annotated[str, Meta(max_length=4000)]
PageLimit = Annotated[int, Meta(ge=1, le=100)]
Milliseconds = Annotated[int, Meta(ge=0, le=2**53)]
Lasting = Annotated[int, Meta(ge=-1, le=10**10)]
MessageId = Annotated[int, Meta(ge=0, le=2**53)]
UserIds = Annotated[tuple[UserId, ...], Meta(max_length=100)]
ItemKey = Annotated[str, Meta(min_length=1, max_length=128, pattern=r"^[^,\x00]+\Z")]
OptionalItemKey = Annotated[str, Meta(max_length=128)]
ItemValue = Annotated[str, Meta(max_length=190)]
Metadata = Annotated[dict[ItemKey, ItemValue], Meta(max_length=5)]
