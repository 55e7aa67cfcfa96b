import { randomBytes } from "./platform.js";

/** 128 random bits as text: names a request, so that sending it again is not doing it again. */
export function newIdentifier() {
  // randomUUID would need https; this does not.
  return Array.from(randomBytes(16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
