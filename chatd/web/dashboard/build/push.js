import { h } from "../../app/element.js";
import { askingButton, button } from "../acts.js";
import { line, lines, pick } from "../fields.js";
import { attempt, openForm, showText } from "../form.js";
import { head, panel } from "../page.js";
import { facts, tag } from "../person.js";
import { area } from "../states.js";
import { table } from "../table.js";
import { number, precisely, when } from "../words.js";

const SERVICES = {
  fcm: { title: "Firebase", command: "push.set_fcm", fields: () => ({ service_account: lines("Service account", { code: true, rows: 8, hint: "The JSON file with its key, as text." }) }) },
  apns: {
    title: "Apple", command: "push.add_apns",
    fields: () => ({
      apns_key: lines("Key", { code: true, rows: 6, hint: "The text of the .p8 file." }), apns_key_id: line("Id of the key"), apns_team_id: line("Id of the team"), apns_bundle_id: line("Bundle id of the app"),
      apns_cert_env_type: pick("Service", [["production", "Production"], ["development", "Development"]], "production"),
    }),
  },
  huawei: { title: "Huawei", command: "push.set_hms", fields: () => ({ huawei_app_id: line("Id of the app"), huawei_app_secret: line("Secret of the app") }) },
};

/** By what devices are notified, whether that is on, and how it goes. */
export function open({ application }) {
  const attempts = area(async () => table("Attempts", ATTEMPTS, (await application.call("push.list_attempts")).attempts, { empty: "Nobody was notified yet." }));
  const shown = area(async () => {
    const kinds = Object.keys(SERVICES);
    const [settings, ...found] = await Promise.all([application.call("push.view_settings"), ...kinds.map((push_type) => application.call("push.list_configurations", { push_type }))]);
    const rows = found.flatMap(({ push_configurations }, at) => push_configurations.map((each) => ({ ...each, kind: kinds[at] })));
    return [state(application, settings, () => shown.show()), panel("Services", table("Services", columns(application, () => shown.show()), rows, { empty: "No service yet. Browsers are notified without one." }), { actions: adders(application, () => shown.show()) })];
  }, { class: "stack" });
  return h("div", { class: "page" }, head("Push notifications", "", application.may("push.test") && button("Send a test", () => openTest(application, () => attempts.show()))),
    shown.node, panel("Attempts", attempts.node, { text: "The last ones, the newest first.", actions: [button("Reload", () => attempts.show(), "quiet")] }));
}

function state(application, { push_enabled }, again) {
  const set = (value) => () => application.call("push.update_settings", { push_enabled: value });
  const action = push_enabled
    ? askingButton("Turn off", { title: "Turn notifications off?", text: "No device is notified until they are turned on again.", action: "Turn off" }, set(false), { done: again, kind: "" })
    : button("Turn on", () => attempt(set(true)).then(again), "primary");
  return panel("State", facts([["Notifications", push_enabled ? tag("on", "good") : tag("off", "bad")]]), { actions: [button("Key for browsers", () => showKey(application)), action] });
}

/** The key is made when it is asked for first, which is in the audit log: so it is asked for when it is wanted. */
function showKey(application) {
  return attempt(async () => {
    const { public_key } = await application.call("push.web_key");
    showText("Key for browsers", "For which browsers are to subscribe (applicationServerKey). It is no secret.", public_key);
  });
}

function adders(application, done) {
  return Object.values(SERVICES).map(({ title, command, fields }) =>
    button(`Add ${title}`, () => openForm({ title: `Notify by ${title}`, fields: fields(), button: "Save", work: (values) => application.call(command, values), done })));
}

function columns(application, again) {
  return [
    { title: "Service", cell: ({ kind, id }) => h("span", { class: "named" }, h("span", {}, SERVICES[kind].title), h("small", {}, id)) },
    { title: "For", kind: "text", cell: ({ project_id, apns_bundle_id, huawei_app_id }) => project_id || apns_bundle_id || huawei_app_id },
    { title: "Made", kind: "time", by: ({ created_at }) => created_at, cell: ({ created_at }) => when(created_at) },
    { title: "", kind: "act", cell: ({ kind, id }) => askingButton("Remove", { title: "Remove this service?", text: "Its devices are notified no more. The secret has to be given again.", action: "Remove" },
      () => application.call("push.remove_configuration", { push_type: kind, provider_id: id }), { done: again }) },
  ];
}

function openTest(application, done) {
  openForm({
    title: "Send a test", text: "All devices of the user are notified once, whether or not they want it.", fields: { user_id: line("User (id)") }, button: "Send",
    work: ({ user_id }) => application.call("push.test", { user_id: user_id.trim() }),
    done: () => setTimeout(done, 1500),
  });
}

const ATTEMPTS = [
  { title: "Category", cell: ({ category }) => category },
  { title: "Outcome", cell: ({ status, reason }) => [status >= 200 && status < 300 ? tag(String(status), "good") : tag(status ? String(status) : "failed", "bad"), " ", h("span", { class: "faint", dir: "auto" }, reason)] },
  { title: "Attempt", kind: "number", by: ({ attempt: count }) => count, cell: ({ attempt: count }) => number(count) },
  { title: "Took", kind: "number", by: ({ milliseconds }) => milliseconds, cell: ({ milliseconds }) => `${number(milliseconds)} ms` },
  { title: "When", kind: "time", by: ({ at }) => at, cell: ({ at }) => h("span", { title: precisely(at) }, when(at)) },
];
