import { t } from "./language.js";
import { toastFailure } from "./toast.js";

/**
 * Load a part of the page when it is first used, and `use` it: `later(() => import("./dialog.js"), ({ openDialog }) => …)`.
 * A part that cannot be loaded is told to the person, and loaded the next time.
 */
export async function later(load, use) {
  let part;
  try {
    part = await load();
  } catch (failure) {
    return toastFailure(t("That could not be opened."), failure);
  }
  return use(part);
}
