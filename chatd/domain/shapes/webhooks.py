"""Webhooks, and what became of what they were to be told. Times are milliseconds."""

from __future__ import annotations

from typing import NotRequired, TypedDict


class Webhook(TypedDict):
    """Where an application wants to be told of which categories of events; `secret` signs what is sent."""

    enabled: bool
    url: str
    include_members: bool
    include_unread_count: bool
    enabled_events: list[str]
    secret: str
    all_webhook_categories: NotRequired[list[str]]


class WebhookSettings(TypedDict):
    """The webhook of an application."""

    webhook: Webhook


class DeliveryAttempt(TypedDict):
    """An attempt: the number of the event, the HTTP status of the answer, or 0 and the reason why there was none."""

    event_id: int
    category: str
    attempt: int
    at: int
    milliseconds: int
    status: int
    reason: str


class DeliveryAttempts(TypedDict):
    """The last attempts, the newest first."""

    attempts: list[DeliveryAttempt]


class FailedDelivery(TypedDict):
    """What was given up, after how many attempts, and why."""

    failed_id: int
    event_id: int
    category: str
    attempts: int
    queued_at: int
    failed_at: int
    reason: str


class FailedDeliveries(TypedDict):
    """A page of deliveries that were given up."""

    failed: list[FailedDelivery]
    next: str


class Handled(TypedDict):
    """How many were sent again, or dropped."""

    handled: int
