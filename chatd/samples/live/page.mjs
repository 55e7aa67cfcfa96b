import { drawMessages, drawState } from "/drawing.mjs";

const { Chat, Failure } = await import(`${document.body.dataset.chat}/sdk/chatd.js`);
const [signIn, composer, list, skipped, count] = ["sign-in", "composer", "messages", "skipped", "count"].map((id) => document.getElementById(id));
const NUMBER = new Intl.NumberFormat();

async function getToken() {
  const answer = await fetch("/chat/token", { method: "POST" });
  if (!answer.ok) throw new Failure("The backend gave no token.", { status: answer.status });
  return (await answer.json()).token;
}

const chat = new Chat({ url: document.body.dataset.chat, getToken });
drawState(chat);
await chat.ready();
const stage = await chat.enter("stage");

function draw() {
  drawMessages(list, stage.messages, stage.outbox.items, chat.me);
  count.textContent = stage.state === "ended" ? "This event is over." : `${NUMBER.format(stage.participantCount)} watching`;
  // Of what very many say at once the server tells a part.
  skipped.hidden = stage.skipped === 0;
  skipped.textContent = `${NUMBER.format(stage.skipped)} more went by: show the latest`;
  composer.hidden = stage.state === "ended" || !chat.me.nickname;
  signIn.hidden = stage.state === "ended" || Boolean(chat.me.nickname);
}

stage.changed.listen(draw);
chat.meChanged.listen(draw);
skipped.onclick = () => stage.load();

signIn.onsubmit = async (event) => {
  event.preventDefault();
  await fetch("/name", { method: "POST", body: JSON.stringify({ name: signIn.elements.name.value }) });
};

composer.onsubmit = (event) => {
  event.preventDefault();
  stage.send(composer.elements.text.value);
  composer.reset();
};

draw();
