"""Devices and keys for tests of push notifications."""

from __future__ import annotations

import json
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec, rsa
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


@cache
def apns_key() -> str:
    """What Apple hands out (.p8), with a key of our own."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def apns_provider(**more: str) -> dict[str, str]:
    """By what Apple knows the application, as `push.add_apns` takes it."""
    ids = {"apns_key_id": "ABC123DEFG", "apns_team_id": "DEF123GHIJ", "apns_bundle_id": "org.example.garden"}
    return {"apns_key": apns_key()} | ids | more


def fill_devices(world: World) -> None:
    """A device, and keys for services."""
    world.client("ann", "push_tokens.add", token_type="http", token=URL)
    world.client("ann", "push.web_key")
    world.client("ann", "push.choose_template", name="alternative")
    world.backend("push.update_template", template_name="alternative", template={"MESG": "News"})
    world.backend("push.set_fcm", service_account=service_account())
    world.backend("push.add_apns", **apns_provider())
    world.backend("push.set_hms", huawei_app_id="1", huawei_app_secret="s")
