import { h } from "./element.js";
import { t } from "./language.js";
import { route } from "./route.js";

let isRegistered = false;

/** Have the service worker keep the page: it opens without the server, and says when there is a new version of it. */
export async function registerWorker() {
  const { serviceWorker } = navigator;
  // Only where the browser trusts the connection: https, or this machine.
  if (!serviceWorker || isRegistered) return;
  isRegistered = true;
  serviceWorker.addEventListener("message", ({ data }) => data.show && route.go(data.show));
  try {
    const registration = await serviceWorker.register("/worker.js");
    watch(registration);
  } catch (failure) {
    console.info("no service worker:", failure.message);
  }
}

/** A worker that waits has a new version of the page. The first one of all has the same. */
function watch(registration) {
  if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", () => {
      if (installing.state === "installed" && navigator.serviceWorker.controller) offer(installing);
    });
  });
}

function offer(worker) {
  const take = () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    worker.postMessage("take over");
  };
  const button = h("button", { type: "button", class: "link", onclick: take }, t("Reload"));
  document.querySelector(".update-notice")?.remove();
  document.body.append(h("div", { class: "state-notice update-notice", role: "status", "data-state": "back" }, h("span", {}, t("There is a new version of this page.")), button));
}
