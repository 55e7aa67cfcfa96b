/** 128 random bits as text: names a request, so that sending it again is not doing it again. */
export function newIdentifier() {
  // randomUUID would need https; this does not.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
