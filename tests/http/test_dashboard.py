"""What the dashboard asks: who may do what, in which application, and what is written of it."""

from __future__ import annotations

import httpx
import pytest

from chatd.domain import COMMANDS
from chatd.domain.command import Right
from chatd.domain.tenants import roles
from tests.http.desk import Desk


async def test_an_owner_sees_all_applications_and_others_theirs(desk: Desk) -> None:
    mine = await desk.ask("GET", "/me")
    assert [each["app_name"] for each in mine["applications"]] == ["main", "Shop"]
    assert {each["role"] for each in mine["applications"]} == {"owner"}
    assert mine["is_owner"]
    main, shop = (each["app_id"] for each in mine["applications"])
    await desk.ask("PUT", f"/applications/{main}/team", login="mia", role="moderator")
    await desk.sign_in("mia")
    assert [each["role"] for each in (await desk.ask("GET", "/me"))["applications"]] == ["moderator"]
    assert (await desk.ask("GET", f"/applications/{shop}", 400))["code"] == 400201
    assert (await desk.ask("POST", f"/applications/{shop}/rpc/users.list", 400))["code"] == 400201
    await desk.sign_in("dan")
    assert (await desk.ask("GET", "/me"))["applications"] == []
    assert (await desk.ask("GET", f"/applications/{main}/team", 400))["code"] == 400201


async def test_who_is_not_signed_in_or_comes_from_elsewhere_gets_nothing(desk: Desk) -> None:
    for path in ("/me", f"/applications/{desk.app_id}", f"/applications/{desk.app_id}/team"):
        answer = await desk.client.get(f"/dashboard/api{path}", headers={"Origin": "https://evil.example"})
        assert answer.json()["code"] == 400108
    desk.client.cookies.clear()
    await desk.ask("GET", "/me", 401)
    await desk.call("users.list", 401)


@pytest.mark.parametrize("role", roles.ROLES)
async def test_a_role_lists_what_it_may_call_and_is_refused_the_rest(desk: Desk, role: str) -> None:
    await desk.ask("PUT", f"/applications/{desk.app_id}/team", login="ann", role=role)
    await desk.sign_in("ann")
    seen = await desk.ask("GET", f"/applications/{desk.app_id}")
    assert seen["role"] == role
    may = set(seen["commands"])
    for name in COMMANDS:
        # A call without its parameters is refused too, but for another reason, and changes nothing.
        if name not in may:
            assert (await desk.call(name, 400, user_id=""))["code"] == 400108, name
    assert may == {"owner": BACKENDS, "admin": BACKENDS}.get(role, may)
    assert {"statistics.range"} <= may
    assert ("users.erase" in may) == (role in ("owner", "admin"))
    assert ("reports.list" in may) == (role != "analyst")
    assert ("bans.add" in may) == (role in ("owner", "admin", "moderator"))
    assert ("webhooks.update" in may) == (role in ("owner", "admin", "developer"))


async def test_a_command_says_what_it_takes_to_who_may_call_it(desk: Desk) -> None:
    told = await desk.ask("GET", f"/applications/{desk.app_id}/commands/bans.add")
    assert told["changes"]
    assert {"channel_url", "user_id"} <= set(told["parameters"]["required"])
    assert told["parameters"]["properties"]["seconds"]["description"]
    assert not (await desk.ask("GET", f"/applications/{desk.app_id}/commands/bans.list"))["changes"]
    await desk.ask("GET", f"/applications/{desk.app_id}/commands/bans.everybody", 400)
    await desk.ask("PUT", f"/applications/{desk.app_id}/team", login="ann", role="analyst")
    await desk.sign_in("ann")
    await desk.ask("GET", f"/applications/{desk.app_id}/commands/bans.add", 400)


BACKENDS = {name for name, command in COMMANDS.items() if command.right is not Right.CLIENT}


def test_every_noun_of_the_table_has_its_place() -> None:
    nouns = {name.split(".", 1)[0] for name in BACKENDS}
    placed = roles.CONVERSATION | roles.BUILDING | roles.PRIVATE | roles.DATA | roles.FIGURES
    assert nouns == placed
    assert roles.TRIED <= roles.CONVERSATION
    assert COMMANDS.keys() >= roles.MODERATED | roles.NEVER_TRIED


def test_moderators_do_nothing_in_the_name_of_a_user() -> None:
    changed = {
        name for name in BACKENDS if roles.changes(COMMANDS[name]) and roles.may_call("moderator", COMMANDS[name])
    }
    assert changed == roles.MODERATED
    assert not changed & {"messages.send", "messages.update", "messages.copy", "channels.invite", "polls.vote"}


@pytest.mark.parametrize("name", ["drafts.list", "saved.list"])
def test_what_people_keep_to_themselves_is_for_owners_and_admins(name: str) -> None:
    assert [role for role in roles.ROLES if roles.may_call(role, COMMANDS[name])] == ["owner", "admin"]


async def test_what_changes_something_is_in_the_audit_log(desk: Desk) -> None:
    await desk.call("users.create", user_id="zoe", nickname="Zoe")
    await desk.call("channels.create", channel_url="the-den", user_ids=["zoe"])
    await desk.call("bans.add", channel_url="the-den", user_id="zoe", description="loud")
    await desk.call("users.view", user_id="zoe")
    await desk.call("bans.add", 400, channel_url="the-den", user_id="nobody")
    acts = (await desk.call("audit.list"))["acts"]
    seen = [(each["kind"], each["login"], each["detail"] or each["reason"]) for each in acts]
    assert seen == [
        ("dashboard.called", "olga", "bans.add channel_url=the-den"),
        ("user.banned", "olga", "loud"),
        ("dashboard.called", "olga", "channels.create channel_url=the-den"),
        ("dashboard.called", "olga", "users.create"),
    ]
    assert {each["actor_type"] for each in acts} == {"account"}


async def test_nobody_takes_the_owners_account_away(desk: Desk) -> None:
    await desk.ask("PUT", f"/applications/{desk.app_id}/team", login="ann", role="admin")
    await desk.sign_in("ann")
    assert (await desk.call("users.delete", 400, user_id="olga"))["code"] == 400920
    assert (await desk.call("users.erase", 400, user_id="olga"))["code"] == 400920
    assert (await desk.call("privacy.create", 400, user_ids=["dan", "olga"]))["code"] == 400920
    await desk.call("users.delete", user_id="dan")


async def test_teams_are_led_by_owners(desk: Desk) -> None:
    team = f"/applications/{desk.app_id}/team"
    assert (await desk.ask("PUT", team, 400, login="mia", role="king"))["code"] == 400111
    assert (await desk.ask("PUT", team, 400, login="nobody", role="admin"))["code"] == 400201
    assert (await desk.ask("PUT", team, 400, login="olga", role="analyst"))["code"] == 400108
    await desk.ask("PUT", team, login="Mia", role="admin")
    assert [(each["login"], each["role"]) for each in (await desk.ask("GET", team))["members"]] == [("mia", "admin")]
    await desk.sign_in("mia")
    assert (await desk.ask("PUT", team, 400, login="dan", role="admin"))["code"] == 400108
    assert (await desk.ask("POST", "/applications", 400, app_name="Mine"))["code"] == 400108
    assert (await desk.ask("DELETE", f"/applications/{desk.app_id}", 400))["code"] == 400108
    await desk.sign_in("olga")
    acts = (await desk.call("audit.list", kind="team.changed"))["acts"]
    assert [each["detail"] for each in acts] == ["mia: admin"]
    assert await desk.ask("DELETE", f"{team}/mia") == {}
    assert (await desk.ask("DELETE", f"{team}/mia", 400))["code"] == 400201
    await desk.sign_in("mia")
    assert (await desk.ask("GET", "/me"))["applications"] == []


async def test_an_application_is_made_and_deleted(desk: Desk) -> None:
    made = await desk.ask("POST", "/applications", app_name="Games")
    backend = httpx.AsyncClient(base_url=str(desk.client.base_url), headers={"Api-Token": made["api_token"]})
    async with backend:
        assert (await backend.get("/v3/users")).json()["users"] == []
    await desk.ask("PUT", f"/applications/{made['app_id']}/team", login="ann", role="analyst")
    assert await desk.ask("DELETE", f"/applications/{made['app_id']}") == {}
    await desk.sign_in("ann")
    assert (await desk.ask("GET", "/me"))["applications"] == []


async def test_owners_of_the_server_say_how_much_room_files_take(desk: Desk) -> None:
    path = f"/applications/{desk.app_id}/limits"
    before = await desk.ask("GET", path)
    assert (before["max_file_bytes"], before["max_file_bytes_per_user"]) == (None, None)
    changed = await desk.ask("PUT", f"{path}/files", max_file_bytes=1500, max_file_bytes_per_user=0)
    assert changed["files"] == {"bytes": 0, "max_bytes": 1500, "max_bytes_per_user": 0}
    assert changed == before | {
        "max_file_bytes": 1500,
        "max_file_bytes_per_user": 0,
        "files": changed["files"],
    }
    (act,) = (await desk.call("audit.list", kind="settings.changed"))["acts"]
    assert act["detail"] == "max_file_bytes: 1500, max_file_bytes_per_user: without limit"
    wrong = {"max_file_bytes": -1, "max_file_bytes_per_user": None}
    assert (await desk.ask("PUT", f"{path}/files", 400, **wrong))["code"] == 400106
    await desk.ask("PUT", f"/applications/{desk.app_id}/team", login="ann", role="owner")
    await desk.sign_in("ann")
    assert (await desk.ask("PUT", f"{path}/files", 400, max_file_bytes=0, max_file_bytes_per_user=0))["code"] == 400108


async def test_owners_of_the_server_say_how_fast_backends_may_call(desk: Desk) -> None:
    path = f"/applications/{desk.app_id}/limits"
    before = await desk.ask("GET", path)
    assert (before["reads_per_second"], before["writes_per_second"], before["files"]["bytes"]) == (None, None, 0)
    changed = await desk.ask("PUT", path, reads_per_second=7, writes_per_second=None)
    assert changed == before | {"reads_per_second": 7} == await desk.ask("GET", path)
    (act,) = (await desk.call("audit.list", kind="settings.changed"))["acts"]
    assert act["detail"] == "reads_per_second: 7, writes_per_second: as configured"
    assert (await desk.ask("PUT", path, 400, reads_per_second=-1, writes_per_second=None))["code"] == 400106
    await desk.ask("PUT", f"/applications/{desk.app_id}/team", login="ann", role="owner")
    await desk.ask("PUT", f"/applications/{desk.app_id}/team", login="dan", role="analyst")
    await desk.sign_in("ann")
    assert (await desk.ask("GET", path)) == changed
    assert (await desk.ask("PUT", path, 400, reads_per_second=0, writes_per_second=0))["code"] == 400108
    await desk.sign_in("dan")
    assert (await desk.ask("GET", path, 400))["code"] == 400108
