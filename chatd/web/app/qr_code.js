import qrcode from "../vendor/qrcode-generator-2.0.4/qrcode.mjs";
import { svg } from "./element.js";
import { t } from "./language.js";

// What scanners need around it (ISO/IEC 18004, 9.1).
const MARGIN = 4;

/** A text as a drawing that cameras read. */
export function qrCode(text) {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const size = count + 2 * MARGIN;
  const drawing = svg("svg", { class: "qr-code", viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": t("Picture for an authenticator app") });
  drawing.append(svg("rect", { width: size, height: size, fill: "#fff" }), svg("path", { d: dark(code, count), fill: "#000", "shape-rendering": "crispEdges" }));
  return drawing;
}

function dark(code, count) {
  const parts = [];
  for (let y = 0; y < count; y += 1) {
    for (let x = 0; x < count; x += 1) if (code.isDark(y, x)) parts.push(`M${x + MARGIN} ${y + MARGIN}h1v1h-1z`);
  }
  return parts.join("");
}
