"""What the SDK tests need of a backend, over the Platform API."""

from __future__ import annotations

from typing import Any

import httpx

from tests.served import Served

CHANNEL = "kitchen"


class Backend:
    """Calls the Platform API of a served chatd; survives its restarts."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.token = served.command("token", "create", "main")

    def call(self, method: str, path: str, **body: Any) -> Any:
        """One call, which must succeed."""
        headers = {"Api-Token": self.token}
        url = f"{self.served.url}/v3{path}"
        answer = httpx.request(method, url, headers=headers, json=body, timeout=20, verify=False)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def people(self, *user_ids: str) -> None:
        """Users with these ids, together in one channel."""
        for user_id in user_ids:
            self.call("POST", "/users", user_id=user_id, nickname=user_id.title())
        self.call("POST", "/group_channels", user_ids=list(user_ids), channel_url=CHANNEL, name="Kitchen")

    def session(self, user_id: str, **more: Any) -> str:
        """A session token."""
        token: str = self.call("POST", f"/users/{user_id}/token", **more)["token"]
        return token

    def say(self, user_id: str, message: str, channel_url: str = CHANNEL) -> None:
        """A message of a user in a channel."""
        path = f"/group_channels/{channel_url}/messages"
        self.call("POST", path, message_type="MESG", user_id=user_id, message=message)

    def history(self) -> list[dict[str, Any]]:
        """All messages of the channel, oldest first."""
        found: list[dict[str, Any]] = []
        after = 0
        while True:
            path = f"/group_channels/{CHANNEL}/messages?prev_limit=0&next_limit=200&include=false"
            place = f"&message_id={found[-1]['message_id']}" if found else f"&message_ts={after}"
            page = self.call("GET", path + place)["messages"]
            if not page:
                return found
            found += page
