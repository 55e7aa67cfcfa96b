"""What the parameters of commands about devices mean: see `chatd.domain.meanings`."""

from __future__ import annotations

from typing import Final

OF_DEVICES: Final = {
    "apns_device_token": "The token, under the name that the documentation has for devices of Apple.",
    "auth": "For `web`: the secret of the subscription, in base64url.",
    "gcm_reg_token": "The token, under the name that the documentation has for Firebase.",
    "p256dh": "For `web`: the public key of the subscription, in base64url.",
    "push.choose_template name": "The template.",
    "push.test user_id": "Whose devices to notify.",
    "push_enabled": "Whether users are notified.",
    "push_tokens token": "The token of the device; for `web` the endpoint, for `http` and `ntfy` a URL.",
    "push_type": "The credentials for which service.",
    "service_account": "The JSON file with the key of a service account, as text.",
    "template": "What notifications say of messages of the types MESG, FILE and ADMM.",
    "template_name": "The template.",
    "token_type": "How the device is notified: `gcm` and `fcm` are the same.",
}
