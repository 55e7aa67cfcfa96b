import { ERRORS } from "./errors.js";

/** @typedef {keyof import("./schema.js").Errors} ErrorName */

// Names by their codes, once one is asked for.
/** @type {Map<number, ErrorName> | null} */
let names = null;

/** Why a call failed. */
export class Failure extends Error {
  /**
   * `code` is the server's, 0 when the failure is not its; `status` is the HTTP status, 0 on the stream. `temporary`: the same call may
   * succeed later, where the server says so after `retryAfter` seconds.
   * @param {string} message
   * @param {{ code?: number, status?: number, temporary?: boolean, retryAfter?: number }} [more]
   */
  constructor(message, { code = 0, status = 0, temporary = false, retryAfter = 0 } = {}) {
    super(message);
    this.name = "Failure";
    this.code = code;
    this.status = status;
    this.temporary = temporary;
    this.retryAfter = retryAfter;
  }

  /**
   * Which error of the server it is, such as "Muted"; "" when it is none of them.
   * @returns {ErrorName | ""}
   */
  get kind() {
    return named().get(this.code) ?? "";
  }
}

// Codes of the transport itself (no connection, no answer in time) lie below those of the server.
const FIRST_SERVER_CODE = 100;
const RATE_LIMITED = 111;

/**
 * A rejection of the connection's library as a Failure.
 * @param {unknown} error
 */
export function fromRpc(error) {
  const { code = 0, message, temporary } = /** @type {{ code?: number, message?: string, temporary?: boolean }} */ (error);
  const isTemporary = temporary === true || code < FIRST_SERVER_CODE || code === RATE_LIMITED;
  return new Failure(message || "The call failed.", { code, temporary: isTemporary });
}

export function unreachable() {
  return new Failure("The server cannot be reached.", { temporary: true });
}

export function canceled() {
  return new Failure("Given up.");
}

function named() {
  names ??= new Map(Object.entries(ERRORS).flatMap(([name, codes]) => codes.map((code) => [code, /** @type {ErrorName} */ (name)])));
  return names;
}
