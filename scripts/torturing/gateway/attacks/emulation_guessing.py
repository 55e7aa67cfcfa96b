"""Commands for sessions that are not theirs, whose secrets they guess."""

import json
import secrets

from attack import Attack
from peer import HUNG_UP, LEFT, Behaviour, Peer
from target import ROOM


def guess(peer: Peer) -> Behaviour:
    """Guess on a connection that stays open, as quickly as answers come."""
    peer.lingers = True
    peer.connect()
    while True:
        told = peer.told.total()
        calls = {"id": 2, "rpc": {"method": "messages.send", "data": {"channel_url": ROOM, "message": "mine"}}}
        said = {"session": secrets.token_urlsafe(24), "node": "", "data": json.dumps(calls)}
        body = json.dumps(said).encode()
        peer.send(f"POST /emulation HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        yield from peer.wait(lambda told=told: peer.told.total() > told)


ATTACK = Attack(places=[(30, guess)], must={"HTTP 400"}, may={LEFT, HUNG_UP})
