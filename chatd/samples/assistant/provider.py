"""Language models behind the chat completions API that OpenAI made and many servers offer."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from typing import Any

import httpx

# To begin an answer, and between two pieces of it.
PATIENCE_SECONDS = 60.0
MOST_TOKENS = 1000


class Unavailable(Exception):
    """The model does not answer, or no longer."""


async def answer(
    http: httpx.AsyncClient, url: str, key: str, model: str, messages: list[dict[str, str]]
) -> AsyncGenerator[str, None]:
    """The pieces of the model's answer as they come. Raises Unavailable."""
    asked = {"model": model, "messages": messages, "stream": True, "max_tokens": MOST_TOKENS}
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        async with http.stream(
            "POST", f"{url}/chat/completions", json=asked, headers=headers, timeout=PATIENCE_SECONDS
        ) as response:
            response.raise_for_status()
            async for line in response.aiter_lines():
                if line.startswith("data: ") and line != "data: [DONE]":
                    yield _piece(json.loads(line.removeprefix("data: ")))
    except (httpx.HTTPError, ValueError, KeyError, IndexError, TypeError) as error:
        raise Unavailable(str(error)) from error


def _piece(told: Any) -> str:
    choices = told["choices"]
    return str(choices[0]["delta"].get("content") or "") if choices else ""
