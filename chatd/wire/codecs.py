"""Every way in which a client may speak: an encoding on a framing."""

from __future__ import annotations

from chatd.wire.framing import BINARY_FRAMES, EVENTS, LINES, PARTS, TEXT_FRAMES
from chatd.wire.json_codec import JsonCodec
from chatd.wire.protobuf_codec import ProtobufCodec

Codec = JsonCodec | ProtobufCodec

WEBSOCKET_JSON = JsonCodec(TEXT_FRAMES)
WEBSOCKET_PROTOBUF = ProtobufCodec(BINARY_FRAMES)
STREAM_JSON = JsonCodec(LINES)
STREAM_PROTOBUF = ProtobufCodec(PARTS)
SSE_JSON = JsonCodec(EVENTS)

# What each is called: transport and encoding.
TRANSPORTS: dict[Codec, tuple[str, str]] = {
    WEBSOCKET_JSON: ("websocket", "json"),
    WEBSOCKET_PROTOBUF: ("websocket", "protobuf"),
    STREAM_JSON: ("http_stream", "json"),
    STREAM_PROTOBUF: ("http_stream", "protobuf"),
    SSE_JSON: ("sse", "json"),
}
