"""Push notifications: devices, and by what services know the application."""

from __future__ import annotations

from typing import Final

from chatd.http.platform.routes.route import route

_DEVICES: Final = "/users/{user_id}/push"
_OWNER: Final = "/push/device_tokens/{token_type}/{token}"
_TEMPLATES: Final = "/applications/push/message_templates"
_CONFIGURATIONS: Final = "/applications/push_configurations"
_PROVIDERS: Final = "/applications/push"
_PROVIDER: Final = f"{_PROVIDERS}/{{push_type}}/{{provider_id}}"

ROUTES: Final = (
    route("POST", f"{_DEVICES}/{{token_type}}", "push_tokens.add"),
    route("GET", f"{_DEVICES}/{{token_type}}", "push_tokens.list"),
    route("DELETE", f"{_DEVICES}/{{token_type}}/{{token}}", "push_tokens.remove"),
    route("DELETE", _DEVICES, "push_tokens.remove_all"),
    route("PUT", f"{_DEVICES}/template", "push.choose_template"),
    route("GET", "/applications/push/settings", "push.view_settings"),
    route("PUT", "/applications/push/settings", "push.update_settings"),
    route("GET", "/applications/push/attempts", "push.list_attempts"),
    route("POST", "/applications/push/test", "push.test"),
    route("GET", _TEMPLATES, "push.list_templates"),
    route("GET", f"{_TEMPLATES}/{{template_name}}", "push.view_template"),
    route("PUT", f"{_TEMPLATES}/{{template_name}}", "push.update_template"),
    route("POST", f"{_PROVIDERS}/fcm", "push.set_fcm"),
    route("POST", f"{_PROVIDERS}/apns", "push.add_apns"),
    route("POST", f"{_PROVIDERS}/hms", "push.set_hms"),
    route("PUT", f"{_PROVIDERS}/hms/{{provider_id}}", "push.update_hms"),
    route("GET", f"{_PROVIDERS}/{{push_type}}", "push.list_configurations"),
    route("PUT", f"{_PROVIDERS}/fcm/{{provider_id}}", "push.update_fcm"),
    route("PUT", f"{_PROVIDERS}/apns/{{provider_id}}", "push.update_apns"),
    route("GET", _PROVIDER, "push.view_configuration"),
    route("DELETE", _PROVIDER, "push.remove_configuration"),
    route(
        "DELETE", f"{_PROVIDERS}/apns/cert/{{provider_id}}", "push.remove_configuration", fixed={"push_type": "apns"}
    ),
    route("GET", _OWNER, "push_tokens.view_owner"),
    route("DELETE", _OWNER, "push_tokens.disown"),
    route("POST", f"{_CONFIGURATIONS}/web", "push.web_key"),
    route("PUT", f"{_CONFIGURATIONS}/fcm", "push.set_fcm"),
    route("GET", f"{_CONFIGURATIONS}/{{push_type}}", "push.list_configurations"),
    route("DELETE", f"{_CONFIGURATIONS}/{{push_type}}", "push.remove_configuration"),
)
