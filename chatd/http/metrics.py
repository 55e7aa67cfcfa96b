"""/metrics in the Prometheus text format."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector

from chatd import VERSION
from chatd.gateway.lag import BOUNDS, LoopLag
from chatd.gateway.service import Services
from chatd.store.backup import Scheduled

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4


class Metrics(Collector):
    """Reads the counters of the parts when it is asked to; keeps none but `requests`, by status."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.requests: dict[int, int] = {}
        self._registry = CollectorRegistry()
        self._registry.register(self)

    def text(self) -> bytes:
        """All metrics."""
        return generate_latest(self._registry)

    def collect(self) -> Iterator[Metric]:
        """Metrics of the gateway, the store and HTTP."""
        info = GaugeMetricFamily("chatd_info", "The running version.", labels=["version"])
        info.add_metric([VERSION], 1)
        yield info
        yield from self._gateway()
        yield from self._store()
        yield from self._search()
        requests = CounterMetricFamily("chatd_http_requests", "HTTP requests answered.", labels=["status"])
        for status, count in self.requests.items():
            requests.add_metric([str(status)], count)
        yield requests

    def _gateway(self) -> Iterator[Metric]:
        counters = self._services.counters
        yield GaugeMetricFamily("chatd_connections", "WebSocket connections now.", counters.connections)
        yield GaugeMetricFamily("chatd_users_connected", "Users connected now.", self._services.hub.users())
        yield GaugeMetricFamily(
            "chatd_open_channel_subscriptions", "Clients in open channels.", self._services.hub.open.subscriptions()
        )
        yield CounterMetricFamily(
            "chatd_messages_not_shown", "Messages of open channels above the rate that is shown.", counters.not_shown
        )
        yield GaugeMetricFamily("chatd_backlog_bytes", "Bytes that wait for slow clients.", counters.backlog_bytes)
        yield from _lag(counters.lag)
        presence = self._services.presence
        yield GaugeMetricFamily("chatd_presence_watches", "Users that connections watch.", presence.watches.count)
        yield GaugeMetricFamily(
            "chatd_last_seen_unsaved", "Users whose last connection is yet to be saved.", len(presence.last_seen)
        )
        yield CounterMetricFamily("chatd_connections_accepted", "Handshakes completed.", counters.accepted)
        yield CounterMetricFamily("chatd_connections_refused", "Handshakes refused.", counters.refused)
        yield CounterMetricFamily("chatd_frames_received", "Frames from clients.", counters.frames_in)
        yield CounterMetricFamily("chatd_deliveries", "Publications delivered to clients.", counters.deliveries)
        yield CounterMetricFamily("chatd_sends", "Calls of send for them and for answers.", counters.sends)
        recoveries = CounterMetricFamily("chatd_recoveries", "Streams resumed.", labels=["recovered"])
        recoveries.add_metric(["true"], counters.recovered)
        recoveries.add_metric(["false"], counters.unrecovered)
        yield recoveries
        closed = CounterMetricFamily("chatd_connections_closed", "Connections closed by us.", labels=["code"])
        for code, count in counters.closed.items():
            closed.add_metric([str(code)], count)
        yield closed

    def _store(self) -> Iterator[Metric]:
        writer, store = self._services.writer, self._services.store
        yield GaugeMetricFamily("chatd_writes_waiting", "Commands that wait for their commit.", writer.depth)
        yield GaugeMetricFamily("chatd_store_writable", "Whether the disk takes writes.", int(writer.healthy))
        yield CounterMetricFamily("chatd_writes_refused", "Commands that the disk refused.", writer.refused)
        yield CounterMetricFamily("chatd_commits", "Commits, each with one fsync.", writer.commits)
        yield CounterMetricFamily("chatd_writes", "Commands committed.", writer.jobs)
        yield CounterMetricFamily("chatd_commit_seconds", "Time spent in commits.", writer.commit_seconds)
        yield GaugeMetricFamily("chatd_store_used_bytes", "Bytes in use in the store.", store.used_bytes())
        yield GaugeMetricFamily("chatd_store_size_bytes", "Bytes of its map, which grows.", store.map_size())
        entries = GaugeMetricFamily("chatd_store_entries", "Entries by table.", labels=["table"])
        for table, count in store.entries().items():
            entries.add_metric([table], count)
        yield entries
        yield from _backups(store.scheduled)

    def _search(self) -> Iterator[Metric]:
        search = self._services.store.search
        yield GaugeMetricFamily("chatd_search_behind_events", "Events that search does not know yet.", search.behind)
        yield GaugeMetricFamily("chatd_search_messages", "Messages that can be found.", search.messages())
        yield GaugeMetricFamily("chatd_search_ready", "Whether searches are answered.", int(search.live is not None))


def _backups(scheduled: Scheduled) -> Iterator[Metric]:
    yield CounterMetricFamily("chatd_backup_failures", "Scheduled backups that failed.", scheduled.failures)
    if scheduled.newest is not None:
        age = (datetime.now(UTC) - scheduled.newest).total_seconds()
        yield GaugeMetricFamily("chatd_backup_age_seconds", "Age of the newest backup of the schedule.", age)


def _lag(lag: LoopLag) -> Iterator[Metric]:
    bounds = [*(str(bound) for bound in BOUNDS), "+Inf"]
    late = HistogramMetricFamily("chatd_loop_lag_seconds", "How late the event loop woke up.")
    late.add_metric([], list(zip(bounds, itertools.accumulate(lag.counts), strict=True)), lag.total)
    yield late
    yield GaugeMetricFamily("chatd_loop_lag_longest_seconds", "The latest that it ever was.", lag.longest)
