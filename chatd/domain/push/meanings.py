"""What the parameters of commands about devices mean: see `chatd.domain.meanings`."""

from __future__ import annotations

from typing import Final

OF_DEVICES: Final = {
    "api_key": "The JSON file with the key of a service account, under the name that the documentation has.",
    "push apns_bundle_id": "The bundle id of the app, which is the topic of its notifications.",
    "apns_cert_env_type": "Which service of Apple: `production`, or `development` for apps that Xcode has installed.",
    "apns_device_token": "The token, under the name that the documentation has for devices of Apple.",
    "apns_key": "The text of the .p8 file with the key of a team.",
    "apns_key_id": "The id of the key, as Apple shows it.",
    "apns_team_id": "The id of the team whose key it is.",
    "auth": "For `web`: the secret of the subscription, in base64url.",
    "content_available": "Whether notifications wake the app too.",
    "gcm_reg_token": "The token, under the name that the documentation has for Firebase.",
    "has_unread_count_badge": "Whether the app shows how many messages its user has not read.",
    "huawei_app_id": "The id of the app, as AppGallery Connect shows it.",
    "huawei_app_secret": "The secret of the app.",
    "huawei_device_token": "The token, under the name that the documentation has for devices of Huawei.",
    "mutable_content": "Whether the app may change notifications before they are shown.",
    "p256dh": "For `web`: the public key of the subscription, in base64url.",
    "push.choose_template name": "The template.",
    "push.test user_id": "Whose devices to notify.",
    "push_enabled": "Whether users are notified.",
    "push.add_apns push_sound": "The name of a sound in the app, or `default`; empty for silence.",
    "push.set_fcm push_sound": "The name of a sound in the app, or `default`; empty for silence.",
    "push.set_hms push_sound": "The name of a sound in the app, or `default`; empty for silence.",
    "push.update_hms push_sound": "The name of a sound in the app, or `default`; empty for silence.",
    "push.update_apns push_sound": "The name of a sound in the app, or `default`; empty for silence.",
    "push.update_fcm push_sound": "The name of a sound in the app, or `default`; empty for silence.",
    "provider_id": "Which configuration, by its id.",
    "push_tokens token": "The token of the device; for `web` the endpoint, for `http` and `ntfy` a URL.",
    "push_type": "The credentials for which service.",
    "service_account": "The JSON file with the key of a service account, as text.",
    "template": "What notifications say of messages of the types MESG, FILE and ADMM.",
    "template_name": "The template.",
    "token_type": "How the device is notified: `gcm` and `fcm` are the same.",
}
