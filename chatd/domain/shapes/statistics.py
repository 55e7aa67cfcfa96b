"""Statistics."""

from __future__ import annotations

from typing import NotRequired, TypedDict


class Ccu(TypedDict):
    """How many connections there are now."""

    ccu: int


class Dau(TypedDict):
    """How many users were active on a day."""

    dau: int


class Mau(TypedDict):
    """How many users were active in thirty days."""

    mau: int


class PeakOfPeriod(TypedDict):
    """The most connections at one time in a day or month, named by its first day."""

    date: str
    peak_connections: int


class PeakConnections(TypedDict):
    """Peaks of connections."""

    peak_connections: list[PeakOfPeriod]


class MetricValue(TypedDict):
    """A value of a day or month, named by its first day, with what the segments are where it is told apart by them."""

    date: str
    value: int | float
    channel_type: NotRequired[str]
    custom_channel_type: NotRequired[str]
    platform: NotRequired[str]
    message_type: NotRequired[str]
    custom_message_type: NotRequired[str]


class MetricValues(TypedDict):
    """A page of the values of a figure."""

    metric_type: str
    segments: list[str]
    values: list[MetricValue]
    next: str


class MetricOfRange(TypedDict):
    """A figure of each day or month of a range."""

    metric_type: str
    values: list[MetricValue]


class StatisticsRange(TypedDict):
    """Figures of each day or month."""

    time_dimension: str
    segments: list[str]
    metrics: list[MetricOfRange]


class Cohort(TypedDict):
    """Users who were made in a day or week, named by its first day; how many were active in it and in those after."""

    date: str
    users: int
    active: list[int]


class RetentionCohorts(TypedDict):
    """Cohorts, the oldest first."""

    cohorts: list[Cohort]


class TopOne(TypedDict):
    """A channel or a user, with how many messages."""

    channel_url: NotRequired[str]
    name: NotRequired[str]
    user_id: NotRequired[str]
    nickname: NotRequired[str]
    messages: int


class TopList(TypedDict):
    """Those with most messages, the first one with the most."""

    top: list[TopOne]
