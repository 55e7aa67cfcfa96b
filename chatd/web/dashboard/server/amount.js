const UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB"];

/** Bytes as people read them: 1.5 MiB. */
export function amount(bytes) {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length - 1);
  const shown = bytes / 1024 ** power;
  return `${shown.toLocaleString("en", { maximumFractionDigits: power && shown < 100 ? 1 : 0 })} ${UNITS[power]}`;
}
