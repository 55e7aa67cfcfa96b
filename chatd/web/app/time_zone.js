import { t } from "./language.js";
import { selectField } from "./select_field.js";

export const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A choice of the time zone; when it is not that of this device, that is said. */
export function timeZoneField(value) {
  const zones = new Set(["UTC", here, value, ...Intl.supportedValuesOf("timeZone")]);
  const options = Object.fromEntries([...zones].sort().map((zone) => [zone, zone.replaceAll("_", " ")]));
  const hint = value === here ? "" : t("This device is in {zone}.", { zone: options[here] });
  return selectField({ label: t("Time zone"), options, value, hint });
}
