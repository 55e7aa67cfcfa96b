import { json, line, toggle } from "../fields.js";
import { openForm } from "../form.js";

/** Make a user; `done(user)` when they are there. */
export function openNewUser(application, done) {
  openForm({
    title: "New user",
    fields: { user_id: line("Id", { maxlength: 80, hint: "It stays as it is for ever." }), nickname: line("Nickname", { maxlength: 80 }), profile_url: line("Address of a picture", { type: "url" }) },
    button: "Make user",
    work: (values) => application.call("users.create", values),
    done,
  });
}

/** Change a user's profile and metadata. */
export function openEditUser(application, user, done) {
  openForm({
    title: "Edit user",
    fields: {
      nickname: line("Nickname", { value: user.nickname, maxlength: 80 }),
      profile_url: line("Address of a picture", { type: "url", value: user.profile_url }),
      metadata: json("Metadata", user.metadata ?? {}, "Texts by their keys; they take the place of what is there."),
    },
    button: "Save",
    work: (values) => application.call("users.update", { user_id: user.user_id, ...values }),
    done,
  });
}

/** Take from a user whatever they may do, until they are activated again. */
export function openDeactivate(application, { user_id }, done) {
  openForm({
    title: "Deactivate user",
    text: "They are signed out and can do nothing until somebody activates them again. What they wrote stays.",
    fields: { leave: toggle("Leave all channels", true, "They do not come back to these by themselves.") },
    button: "Deactivate",
    danger: true,
    work: ({ leave }) => application.call("users.update", { user_id, is_active: false, leave_all_when_deactivated: leave }),
    done,
  });
}
