import { t } from "./language.js";
import { toast } from "./toast.js";

/** Open the settings at a page of settings_dialog.js, which is loaded then. */
export async function openSettings(context, page = "profile") {
  try {
    const settings = await import("./settings_dialog.js");
    await settings.openSettings(context, page);
  } catch {
    toast(t("The settings could not be loaded."), "failure");
  }
}
