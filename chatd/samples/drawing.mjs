/** Messages and the state of the connection, as the pages of the samples show them. */

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const STATES = { connecting: "Connecting …", disconnected: "Not connected" };

/** Draw what is there and what is on its way; the end stays in view for whoever is there. */
export function drawMessages(list, messages, outgoing, me) {
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  list.replaceChildren(
    ...messages.map((message) => drawn({ text: message.message, user: message.user, at: message.created_at }, me)),
    ...outgoing.map(({ text, failed }) => drawn({ text, user: me, note: failed ? "Not sent" : "Sending …" }, me)),
  );
  if (isAtEnd) list.scrollTop = list.scrollHeight;
}

/** Say how the connection is, as long as it is not well. */
export function drawState(chat) {
  const place = document.getElementById("state");
  const draw = () => (place.textContent = STATES[chat.state] ?? "");
  chat.stateChanged.listen(draw);
  chat.ended.listen(() => (place.textContent = "Signed out"));
  draw();
}

function drawn({ text, user, at, note }, me) {
  const item = document.createElement("li");
  item.classList.toggle("own", user?.user_id === me.user_id);
  const who = Object.assign(document.createElement("b"), { textContent: user?.nickname || "Somebody" });
  const when = Object.assign(document.createElement("small"), { textContent: note ?? TIME.format(at) });
  item.append(who, " ", when, Object.assign(document.createElement("p"), { textContent: text }));
  return item;
}
