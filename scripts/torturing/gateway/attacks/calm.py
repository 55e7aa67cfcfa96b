"""Nobody attacks: what people feel when all is well."""

from attack import Attack
from peer import LEFT, Behaviour, Peer


def idle(peer: Peer) -> Behaviour:
    """Be there."""
    yield from peer.log_in()
    yield from peer.wait()


ATTACK = Attack(places=[(10, idle)], must={LEFT})
