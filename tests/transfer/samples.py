"""A Slack and a Mattermost export, made to those formats' documentation, of a team that bakes bread."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(200))
RECIPE = b"flour 1 kg\nwater 700 g\nsalt 20 g\n"

T0 = 1_718_000_000  # seconds


def ts(seconds: int, micro: int = 0) -> str:
    return f"{T0 + seconds}.{micro:06}"


def said(at: int, user: str, text: str, **more: Any) -> dict[str, Any]:
    return {"type": "message", "user": user, "text": text, "ts": ts(at, 100), **more}


SLACK_USERS = [
    {"id": "U1", "name": "ines", "real_name": "Ines Moreau", "deleted": False, "profile": {"display_name": "Ines"}},
    {"id": "U2", "name": "jonas", "deleted": False, "profile": {"display_name": "", "real_name": "Jonas Lind"}},
    {"id": "U3", "name": "kim", "deleted": True, "profile": {"display_name": "Kim"}},
    {"id": "U4", "name": "ovenbot", "is_bot": True, "profile": {"real_name": "Oven"}},
]
SLACK_CHANNELS = [
    {
        "id": "C1",
        "name": "general",
        "created": T0 - 500,
        "creator": "U1",
        "is_archived": False,
        "is_general": True,
        "members": ["U1", "U2", "U4"],
        "topic": {"value": "Bread", "creator": "U1", "last_set": T0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    },
    {"id": "C2", "name": "old-ovens", "created": T0 - 400, "creator": "U9", "is_archived": True, "members": []},
]
SLACK_GROUPS = [{"id": "G1", "name": "plans", "created": T0 - 300, "creator": "U2", "members": ["U1", "U2"]}]
SLACK_DMS = [{"id": "D1", "created": T0 - 200, "members": ["U1", "U2"]}]
SLACK_MPIMS = [
    {"id": "G2", "name": "mpdm-ines--jonas--kim-1", "created": T0 - 100, "creator": "U1", "members": ["U1", "U2", "U3"]}
]
SLACK_FIRST_DAY = [
    said(0, "U1", "<@U1> has joined the channel", subtype="channel_join"),
    said(
        1,
        "U1",
        "Bread &amp; butter <@U2>, see <#C2|old-ovens> and <https://bread.example/a?b=1&amp;c=2|the recipe> :tada:",
        edited={"user": "U1", "ts": ts(61)},
        reactions=[
            {"name": "+1", "users": ["U2", "U3"], "count": 2},
            {"name": "sourdough", "users": ["U2"], "count": 1},
        ],
        thread_ts=ts(1, 100),
        reply_count=2,
        replies=[{"user": "U2", "ts": ts(3, 100)}],
    ),
    said(2, "U3", "I left since, &lt;b&gt;but&lt;/b&gt; wrote <!here>"),
    said(3, "U2", "A reply", thread_ts=ts(1, 100), parent_user_id="U1"),
    said(4, "U2", "", subtype="file_share", files=[
        {"id": "F1", "name": "loaf.png", "mimetype": "image/png", "size": len(PICTURE), "mode": "hosted",
         "url_private": "https://files.slack.example/F1/loaf.png"},
        {"id": "F2", "name": "gone.pdf", "mimetype": "application/pdf", "size": 5, "mode": "hosted"},
    ]),
]  # fmt: skip
SLACK_SECOND_DAY = [
    {"type": "message", "subtype": "bot_message", "bot_id": "B1", "username": "Timer", "text": "", "ts": ts(90_000),
     "attachments": [{"fallback": "The oven is hot", "title": "Oven", "text": "It is hot"}]},
    said(90_001, "U4", "220 degrees", bot_id="B2"),
    said(90_002, "U1", "Also to all", subtype="thread_broadcast", thread_ts=ts(1, 100)),
    said(90_003, "USLACKBOT", "This message was deleted.", subtype="tombstone", hidden=True, thread_ts=ts(90_003, 100),
         reply_count=1),
    said(90_004, "U2", "What was it?", thread_ts=ts(90_003, 100)),
    said(90_005, "U2", "To what is not here", thread_ts=ts(-9000, 100)),
    said(90_006, "U7", "From another workspace", user_profile={"display_name": "Lu", "real_name": "Lu B"}),
    said(90_007, "U1", "", files=[{"id": "F3", "mode": "tombstone"}]),
    said(90_008, "U1", ""),
    said(90_009, "U1", "Salted", pinned_to=["C1"], attachments=None, blocks=[]),
]  # fmt: skip


def slack_files() -> dict[str, Any]:
    """The files of the Slack export: JSON, or bytes."""
    return {
        "users.json": SLACK_USERS,
        "channels.json": SLACK_CHANNELS,
        "groups.json": SLACK_GROUPS,
        "dms.json": SLACK_DMS,
        "mpims.json": SLACK_MPIMS,
        "integration_logs.json": [],
        "general/2024-06-10.json": SLACK_FIRST_DAY,
        "general/2024-06-11.json": SLACK_SECOND_DAY,
        "old-ovens/2024-06-10.json": [said(10, "U3", "Cold since Monday")],
        "plans/2024-06-10.json": [said(20, "U2", "A secret plan"), said(21, "U1", "Long " + "word " * 1500)],
        "D1/2024-06-10.json": [said(30, "U1", "Between us"), said(31, "U2", "And us")],
        "mpdm-ines--jonas--kim-1/2024-06-10.json": [said(40, "U3", "The three of us")],
        "__uploads/F1/loaf.png": PICTURE,
    }


def encoded(content: Any) -> bytes:
    return content if isinstance(content, bytes) else json.dumps(content, indent=4).encode()


def write_directory(directory: Path, files: dict[str, Any]) -> Path:
    for name, content in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(encoded(content))
    return directory


def write_zip(path: Path, files: dict[str, Any]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, encoded(content))
    return path


M0 = T0 * 1000
ROLES = "channel_user"


def membership(name: str, roles: str = ROLES, **more: Any) -> dict[str, Any]:
    return {"name": name, "roles": roles, "notify_props": {"desktop": "default"}, "favorite": False, **more}


def mattermost_user(username: str, channels: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    teams = [{"name": "bakery", "roles": "team_user", "channels": channels}]
    user = {"username": username, "email": f"{username}@bread.example", "auth_service": None, "nickname": ""}
    return {"type": "user", "user": user | {"teams": teams, "roles": "system_user"} | more}


def post(at: int, user: str, message: str, channel: str = "town-square", **more: Any) -> dict[str, Any]:
    body = {"team": "bakery", "channel": channel, "user": user, "message": message, "create_at": M0 + at}
    return {"type": "post", "post": body | {"type": "", "props": {}, "edit_at": 0} | more}


def reply(at: int, user: str, message: str, **more: Any) -> dict[str, Any]:
    return {"user": user, "message": message, "create_at": M0 + at, "type": "", "edit_at": 0} | more


MATTERMOST = [
    {"type": "version", "version": 1, "info": {"generator": "mattermost-server", "version": "9.5.0", "created": ""}},
    {"type": "role", "role": {"name": "team_user", "display_name": "", "description": "", "permissions": []}},
    {"type": "emoji", "emoji": {"name": "sourdough", "image": "emoji/sourdough.png"}},
    {"type": "team", "team": {"name": "bakery", "display_name": "Bakery", "type": "O", "allow_open_invite": True}},
    {"type": "channel", "channel": {"team": "bakery", "name": "town-square", "display_name": "Town Square",
                                    "type": "O", "header": "Bread", "purpose": ""}},
    {"type": "channel", "channel": {"team": "bakery", "name": "plans", "display_name": "Plans", "type": "P",
                                    "header": "", "purpose": "", "deleted_at": 0}},
    mattermost_user("ines", [membership("town-square", "channel_user channel_admin", last_viewed_at=M0 + 3000),
                             membership("plans")], first_name="Ines", last_name="Moreau", profile_image="ines.png"),
    mattermost_user("jonas", [membership("town-square")], nickname="Jo"),
    mattermost_user("kim", [], delete_at=M0 + 99_000),
    {"type": "bot", "bot": {"username": "ovenbot", "owner": "ines", "display_name": "Oven", "description": ""}},
    post(0, "ines", "ines joined the team.", type="system_join_team"),
    post(
        1000, "ines", "Bread for @jonas and @all :tada:", edit_at=M0 + 61_000, is_pinned=True, flagged_by=["jonas"],
        reactions=[{"user": "jonas", "create_at": M0 + 1500, "emoji_name": "+1"},
                   {"user": "kim", "create_at": M0 + 1600, "emoji_name": "sourdough"}],
        replies=[reply(2000, "jonas", "A reply", reactions=[{"user": "ines", "create_at": M0, "emoji_name": "heart"}]),
                 reply(4000, "kim", "I left since", attachments=[{"path": "20240610/teams/x/loaf.png"}])],
        thread_followers=[{"user": "jonas"}],
    ),
    post(5000, "ovenbot", "", props={"attachments": [{"fallback": "hot", "text": "It is hot", "title": "Oven"}]}),
    post(6000, "jonas", "", attachments=[{"path": "20240610/teams/x/recipe.txt"}]),
    post(7000, "jonas", "See it", attachments=[{"path": "20240610/teams/x/gone.pdf"}]),
    post(8000, "ines", "A secret plan", channel="plans"),
    {"type": "direct_channel", "direct_channel": {"members": ["ines", "jonas"], "favorited_by": None, "header": ""}},
    {"type": "direct_channel", "direct_channel": {"participants": [{"username": "ines"}, {"username": "jonas"},
                                                                   {"username": "kim"}], "header": ""}},
    {"type": "direct_post", "direct_post": {"channel_members": ["jonas", "ines"], "user": "ines", "message":
     "Between us", "create_at": M0 + 9000, "props": {}, "type": "", "edit_at": None, "flagged_by": None,
     "reactions": None, "replies": [reply(9500, "jonas", "And us")], "attachments": None}},
    {"type": "direct_post", "direct_post": {"channel_members": ["ines", "jonas", "kim"], "user": "kim", "message":
     "The three of us", "create_at": M0 + 9900, "reactions": [], "replies": [], "attachments": []}},
]  # fmt: skip
MATTERMOST_DATA = {
    "data/20240610/teams/x/loaf.png": PICTURE,
    "data/20240610/teams/x/recipe.txt": RECIPE,
}


def mattermost_lines(lines: list[dict[str, Any]] = MATTERMOST) -> bytes:
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def mattermost_files() -> dict[str, bytes]:
    return {"import.jsonl": mattermost_lines(), **MATTERMOST_DATA}
