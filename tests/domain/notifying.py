"""Devices and keys for tests of push notifications."""

from __future__ import annotations

import json
from functools import cache

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.domain.conftest import World

URL = "https://push.example.org/up"


@cache
def service_account() -> str:
    """What Google hands out, with a key of our own."""
    key = rsa.generate_private_key(65537, 2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    said = {"type": "service_account", "project_id": "garden", "client_email": "chat@garden.example"}
    return json.dumps(said | {"private_key": pem, "token_uri": "https://oauth2.example.org/token"})


def fill_devices(world: World) -> None:
    """A device, and keys for services."""
    world.client("ann", "push_tokens.add", token_type="http", token=URL)
    world.client("ann", "push.web_key")
    world.client("ann", "push.choose_template", name="alternative")
    world.backend("push.update_template", template_name="alternative", template={"MESG": "News"})
    world.backend("push.set_fcm", service_account=service_account())
