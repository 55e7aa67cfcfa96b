import { drawMessages, drawState } from "/drawing.mjs";

const { Chat, Failure } = await import(`${document.body.dataset.chat}/sdk/chatd.js`);
const [signIn, composer, list] = ["sign-in", "composer", "messages"].map((id) => document.getElementById(id));

/** A new token from our own backend. With status 401 the chat ends; everything else it tries again. */
async function getToken() {
  const answer = await fetch("/chat/token", { method: "POST" });
  if (!answer.ok) throw new Failure("The backend gave no token.", { status: answer.status });
  return (await answer.json()).token;
}

async function open() {
  const chat = new Chat({ url: document.body.dataset.chat, getToken });
  drawState(chat);
  await chat.ready();
  const timeline = chat.timeline(await chat.channels.find("lobby"));
  const draw = () => drawMessages(list, timeline.messages, timeline.outbox.items, chat.me);
  timeline.changed.listen(draw);
  draw();
  list.hidden = composer.hidden = false;
  composer.elements.text.focus();
  composer.onsubmit = (event) => {
    event.preventDefault();
    timeline.send(composer.elements.text.value);
    composer.reset();
  };
}

signIn.onsubmit = async (event) => {
  event.preventDefault();
  const answer = await fetch("/sign-in", { method: "POST", body: JSON.stringify({ name: signIn.elements.name.value }) });
  if (!answer.ok) return;
  signIn.hidden = true;
  await open();
};

const { isSignedIn } = await (await fetch("/session")).json();
if (isSignedIn) await open();
else signIn.hidden = false;
