"""Somebody at the dashboard of a running server."""

from __future__ import annotations

from typing import Any

import httpx

PASSWORD = "correct horse"


class Desk:
    """A browser of somebody, and the id of the first application."""

    def __init__(self, client: httpx.AsyncClient, app_id: str = "") -> None:
        self.client = client
        self.app_id = app_id

    async def ask(self, method: str, path: str, status: int = 200, **body: Any) -> Any:
        answer = await self.client.request(method, f"/dashboard/api{path}", json=body or None)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def call(self, name: str, status: int = 200, **params: Any) -> Any:
        return await self.ask("POST", f"/applications/{self.app_id}/rpc/{name}", status, **params)

    async def sign_in(self, login: str) -> None:
        self.client.cookies.clear()
        answer = await self.client.post("/auth/sign_in", json={"login": login, "password": PASSWORD})
        assert answer.status_code == 200
        applications = (await self.ask("GET", "/me"))["applications"]
        self.app_id = applications[0]["app_id"] if applications else self.app_id
