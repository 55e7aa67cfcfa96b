// Puts a chat into a page of another site: a button in its corner and, behind it, the chat in a frame. docs/widget.md says how.
(() => {
  const { dataset, src } = document.currentScript;
  const { origin } = new URL(src);
  const query = new URLSearchParams({ theme: dataset.theme ?? "", language: dataset.language ?? document.documentElement.lang });
  const STYLE = `
    :host { all: initial; }
    button { position: fixed; z-index: 2147483000; inset-block-end: 20px; inset-inline-end: 20px; display: grid; place-items: center;
      width: 56px; height: 56px; padding: 0; border: 0; border-radius: 50%; background: #0b7467; color: #ffffff; cursor: pointer;
      box-shadow: 0 6px 20px rgb(0 0 0 / 25%); }
    button:focus-visible { outline: 3px solid #ffffff; box-shadow: 0 0 0 6px #0b7467; }
    [hidden] { display: none !important; }
    svg { width: 26px; height: 26px; fill: none; stroke: currentcolor; stroke-width: 2; stroke-linejoin: round; }
    span { position: absolute; inset-block-start: -4px; inset-inline-end: -4px; min-width: 22px; padding: 0 5px; box-sizing: border-box;
      border-radius: 11px; background: #b3261e; font: 600 13px/22px system-ui, sans-serif; text-align: center; }
    iframe { position: fixed; z-index: 2147483000; inset-block-end: 90px; inset-inline-end: 20px; width: 380px; max-width: calc(100vw - 40px);
      height: 600px; max-height: calc(100vh - 110px); border: 0; border-radius: 16px; box-shadow: 0 10px 40px rgb(0 0 0 / 30%); }
    @media (width < 480px) {
      iframe { inset: 0; width: 100%; max-width: none; height: 100%; max-height: none; border-radius: 0; }
    }`;

  const badge = Object.assign(document.createElement("span"), { hidden: true });
  const button = Object.assign(document.createElement("button"), { type: "button", hidden: true, onclick: () => show(frame.hidden) });
  const frame = Object.assign(document.createElement("iframe"), { src: `${origin}/widget?${query}`, hidden: true, allow: "clipboard-write" });
  button.append(drawing(), badge);
  const place = document.createElement("div");
  const shadow = place.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(frame, button);
  document.body.append(place);
  let names = { open: "", close: "" };

  // Only the frame, and only while it shows the server that this script came from, is listened to and told anything.
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== origin) return;
    const does = { hello: greet, ready, token: giveToken, unread: showUnread, close: () => show(false) };
    does[event.data?.chatd]?.(event.data);
  });

  function tell(chatd, values = {}) {
    frame.contentWindow.postMessage({ chatd, ...values }, origin);
  }

  function greet() {
    tell("hello", { channel: dataset.channel ?? "", takesVisitors: "visitors" in dataset });
  }

  function ready(told) {
    names = told.names;
    frame.title = names.title;
    button.hidden = false;
    show(dataset.open === "true");
  }

  /** Who the visitor is, is known to the site's own backend only. */
  async function giveToken() {
    try {
      const answer = await fetch(dataset.tokenEndpoint, { method: "POST", headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const { token, channel } = await answer.json();
      tell("token", { token, channel });
    } catch (failure) {
      console.warn("chatd: no token:", failure.message);
      tell("token", { token: "" });
    }
  }

  function showUnread({ count }) {
    badge.hidden = !(count > 0);
    badge.textContent = count > 99 ? "99+" : String(count);
  }

  function show(isShown) {
    const wasShown = !frame.hidden;
    frame.hidden = !isShown;
    button.setAttribute("aria-expanded", String(isShown));
    button.setAttribute("aria-label", isShown ? names.close : names.open);
    tell("shown", { isShown });
    if (isShown) frame.focus();
    else if (wasShown) button.focus();
  }

  function drawing() {
    const create = (tag, attributes) => {
      const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
      Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
      return node;
    };
    const svg = create("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" });
    svg.append(create("path", { d: "M4 5h16v11h-9l-4.5 4v-4H4z" }));
    return svg;
  }
})();
