const KEY = "chatd.device";

/** Whether this browser shows notifications: while the page is in the background, and by Web Push when it is closed. */
export const device = {
  /** "none" where the browser cannot, "denied" where the person has forbidden it, "on" or "off". */
  get state() {
    if (!("Notification" in globalThis) || !navigator.serviceWorker) return "none";
    if (Notification.permission === "denied") return "denied";
    return Notification.permission === "granted" && localStorage.getItem(KEY) ? "on" : "off";
  },

  /** Ask the person; from a click, as browsers want it. Whether it is on then. */
  async turnOn(notifications) {
    if ((await Notification.requestPermission()) !== "granted") return false;
    localStorage.setItem(KEY, "on");
    await subscribe(notifications).catch((failure) => console.info("no push when the page is closed:", failure.message));
    return true;
  },

  async turnOff(notifications) {
    localStorage.removeItem(KEY);
    const subscription = await subscribed();
    if (!subscription) return;
    await subscription.unsubscribe();
    await notifications.removeDevice(subscription.endpoint);
  },
};

async function subscribe(notifications) {
  const { pushManager } = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: await notifications.webKey() };
  await notifications.addDevice((await pushManager.subscribe(options)).toJSON());
}

async function subscribed() {
  const registration = await navigator.serviceWorker?.getRegistration();
  return registration?.pushManager?.getSubscription() ?? null;
}
