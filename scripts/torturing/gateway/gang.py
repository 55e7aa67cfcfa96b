"""Hostile connections: many in one process, on one epoll, each driven by a generator."""

from __future__ import annotations

import heapq
import select
import time
from collections import Counter, deque

from attack import Attack, Behave
from peer import Behaviour, Peer
from target import Target

OPENED_PER_TURN = 64
EVENTS_PER_TURN = 256
TURN_SECONDS = 0.1
# When the time is up, those that are there may still be told what they are due.
PATIENCE_SECONDS = 4.0


class Gang:
    """Keeps the places of an attack filled for some seconds: where a connection has ended, another begins.

    `outcomes` counts what became of them, `attempts` how many there were.
    """

    def __init__(self, target: Target) -> None:
        self.outcomes: Counter[str] = Counter()
        self.attempts = 0
        self._target = target
        self._epoll = select.epoll()
        self._peers: dict[int, tuple[Peer, Behaviour, Behave]] = {}
        self._watched: dict[int, int] = {}
        self._timers: list[tuple[float, int, Peer]] = []
        self._vacant: deque[Behave] = deque()
        self._is_leaving = False

    def attack(self, attack: Attack, seconds: float) -> None:
        """Attack; some connections are left."""
        ends = time.monotonic() + seconds
        self._vacant.extend(behave for count, behave in attack.places for _ in range(count))
        while time.monotonic() < ends:
            for _ in range(min(OPENED_PER_TURN, len(self._vacant))):
                self._open(self._vacant.popleft())
            self._turn()

    def leave(self) -> None:
        """Wait a while for the ends of those that are left, and go."""
        ends = time.monotonic() + PATIENCE_SECONDS
        self._is_leaving = True
        while self._peers and time.monotonic() < ends:
            self._turn()
        for peer, _, _ in list(self._peers.values()):
            self._end(peer)

    def _open(self, behave: Behave) -> None:
        self.attempts += 1
        peer = Peer(self._target, self.attempts)
        self._peers[peer.fd] = (peer, behave(peer), behave)
        self._go_on(peer)

    def _turn(self) -> None:
        """Whoever the kernel or the clock calls goes on."""
        until = self._timers[0][0] - time.monotonic() if self._timers else TURN_SECONDS
        wait = 0.0 if self._vacant and not self._is_leaving else max(0.0, min(TURN_SECONDS, until))
        for fd, mask in self._epoll.poll(wait, EVENTS_PER_TURN):
            peer = self._peers[fd][0]
            peer.handle(mask)
            self._go_on(peer)
        now = time.monotonic()
        while self._timers and self._timers[0][0] <= now:
            at, _, peer = heapq.heappop(self._timers)
            if peer.wakes_at == at:
                self._go_on(peer)

    def _go_on(self, peer: Peer) -> None:
        try:
            seconds = self._end(peer) if peer.is_over else next(self._peers[peer.fd][1])
        except StopIteration:
            seconds = self._end(peer)
        if seconds is None:
            return
        peer.wakes_at = time.monotonic() + seconds
        heapq.heappush(self._timers, (peer.wakes_at, peer.number, peer))
        if peer.fd not in self._watched:
            self._epoll.register(peer.fd, peer.mask)
        elif self._watched[peer.fd] != peer.mask:
            self._epoll.modify(peer.fd, peer.mask)
        self._watched[peer.fd] = peer.mask

    def _end(self, peer: Peer) -> None:
        _, _, behave = self._peers.pop(peer.fd)
        if self._watched.pop(peer.fd, None) is not None:
            self._epoll.unregister(peer.fd)
        peer.wakes_at = 0.0
        peer.socket.close()
        self.outcomes.update(peer.outcomes)
        self._vacant.append(behave)
