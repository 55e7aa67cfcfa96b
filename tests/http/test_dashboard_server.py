"""What owners see of the server itself in the dashboard."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import pytest
import trio

from chatd import logs
from chatd.config import Config
from chatd.gateway import slowest
from chatd.http.dashboard import changelog
from chatd.jobs import statistics
from tests.http.desk import Desk

PATHS = ("", "/live", "/log", "/settings", "/diagnostics")


async def test_only_owners_see_it(desk: Desk) -> None:
    for path in PATHS:
        await desk.ask("GET", f"/server{path}")
    await desk.ask("PUT", f"/applications/{desk.app_id}/team", login="mia", role="owner")
    await desk.sign_in("mia")
    for path in PATHS:
        assert (await desk.ask("GET", f"/server{path}", 400))["code"] == 400108
    assert (await desk.ask("POST", "/server/backups", 400))["code"] == 400108


async def test_live_figures_grow_with_what_happens(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slowest, "SLOW_SECONDS", 0.0)
    before = await desk.ask("GET", "/server/live")
    await desk.call("users.create", user_id="zoe", nickname="Zoe")
    after = await desk.ask("GET", "/server/live")
    assert after["totals"]["writes"] == before["totals"]["writes"] + 1
    assert 0 < after["now"]["commit_p50"] <= after["now"]["commit_p99"]
    assert "users.create" in [each["name"] for each in after["slowest"]]
    (made,) = [each for each in after["commands"] if each["name"] == "users.create"]
    assert made["calls"] >= 1
    assert 0 < made["p50"] <= made["p90"] <= made["p99"]
    assert after["software"] == []
    assert "no_backups" in [each["name"] for each in after["problems"]]
    brief = await desk.ask("GET", "/server/live?brief=true")
    assert brief.keys() == after.keys() - {"commands", "software", "slowest", "closed", "loop_lag"}
    assert brief["totals"] == after["totals"]


async def test_the_log_is_followed(desk: Desk) -> None:
    logs.recent.emit(_record("first thing", logging.INFO))
    last = (await desk.ask("GET", "/server/log"))["lines"][-1]
    assert (last["event"], last["level"]) == ("first thing", "info")
    logs.recent.emit(_record("second thing", logging.WARNING))
    since = f"/server/log?after={last['number']}"
    assert [each["event"] for each in (await desk.ask("GET", f"{since}&text=SECOND"))["lines"]] == ["second thing"]
    assert (await desk.ask("GET", f"{since}&text=third"))["lines"] == []
    assert (await desk.ask("GET", f"{since}&level=error"))["lines"] == []
    for wrong in ("level=loud", "after=-1", "after=²", "after=" + "9" * 5000):
        assert (await desk.ask("GET", f"/server/log?{wrong}", 400))["code"] == 400111


async def test_every_setting_is_explained(desk: Desk) -> None:
    found = (await desk.ask("GET", "/server/settings"))["settings"]
    assert {(each["section"], each["name"]) for each in found} == {
        (section, name) for section in Config.__struct_fields__ for name in getattr(Config(), section).__struct_fields__
    }
    assert all(each["about"] for each in found)
    assert {"listen", "map_size_gib"} <= {each["name"] for each in found if each["value"] != each["default"]}


async def test_without_a_place_for_backups_none_is_written(desk: Desk) -> None:
    assert (await desk.ask("POST", "/server/backups", 400))["code"] == 400920
    assert (await desk.ask("GET", "/server"))["backups"]["list"] == []


async def test_the_bundle_is_a_file_without_secrets(desk: Desk) -> None:
    answer = await desk.client.get("/dashboard/api/server/diagnostics")
    assert "attachment" in answer.headers["content-disposition"]
    assert {"server", "live", "settings", "log"} <= answer.json().keys()
    assert not [secret for secret in desk.client.cookies.values() if secret in answer.text]


def _record(text: str, level: int) -> logging.LogRecord:
    return logging.LogRecord("chatd", level, __file__, 1, text, None, None)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Servers that start from now on count what happens at once."""
    monkeypatch.setattr(statistics, "PAUSE_SECONDS", 0.05)


async def test_figures_of_all_applications_add_up(quick: None, desk: Desk) -> None:
    today = datetime.now(UTC).date().isoformat()
    asked = {"start_date": today, "end_date": today, "metrics": ["created_users", "messages", "mau"]}
    expected = 0
    for count, each in enumerate((await desk.ask("GET", "/me"))["applications"], 1):
        rpc = f"/applications/{each['app_id']}/rpc"
        for number in range(count):
            await desk.ask("POST", f"{rpc}/users.create", user_id=f"u{number}", nickname="U")
        expected += len((await desk.ask("POST", f"{rpc}/users.list", limit=100))["users"])
    with trio.fail_after(20):
        while (found := await desk.ask("POST", "/server/statistics", **asked))["metrics"][0]["values"][0][
            "value"
        ] < expected:
            await trio.sleep(0.05)
    names = {each["app_id"]: each["app_name"] for each in (await desk.ask("GET", "/me"))["applications"]}
    assert {each["app_id"]: each["app_name"] for each in found["applications"]} == names
    apart = [await desk.ask("POST", f"/applications/{app_id}/rpc/statistics.range", **asked) for app_id in names]
    assert [each["metric_type"] for each in found["metrics"]] == asked["metrics"]
    for number, metric in enumerate(found["metrics"]):
        (value,) = metric["values"]
        assert value["date"] == today
        assert value["value"] == sum(each["metrics"][number]["values"][0]["value"] for each in apart)
        parts = [each["figures"][metric["metric_type"]] for each in found["applications"]]
        assert sum(each["sum"] for each in parts) == sum(each["last"] for each in parts) == value["value"]
    for wrong in ({"metrics": ["stickiness"]}, {"segments": ["channel_type"]}):
        assert (await desk.ask("POST", "/server/statistics", 400, **(asked | wrong)))["code"] == 400111
    for wrong, code in (({"metrics": 5}, 400102), ({"metrics": [[]]}, 400100), ({"segments": 5}, 400102)):
        assert (await desk.ask("POST", "/server/statistics", 400, **(asked | wrong)))["code"] == code
    await desk.ask("PUT", f"/applications/{desk.app_id}/team", login="mia", role="owner")
    await desk.sign_in("mia")
    assert (await desk.ask("POST", "/server/statistics", 400, **asked))["code"] == 400108


async def test_what_is_new_is_told_in_the_words_of_the_changelog(desk: Desk) -> None:
    told = (await desk.ask("GET", "/server"))["changes"]
    assert told == changelog.changes() != []
    assert not [each for each in told if "\n" in each or each.startswith("-")]
    text = "# Changelog\n\n## 0.2.0 (unreleased)\n\nWords.\n\n- One\n  more.\n- Two - three.\n\n## 0.1.0\n\n- First.\n"
    assert changelog.words_of("0.2.0", text) == ["One more.", "Two - three."]
    assert changelog.words_of("0.1.0", text) == ["First."]
    assert changelog.words_of("0.1", text) == []
