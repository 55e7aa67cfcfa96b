/** Why a call failed. `temporary`: the same call may succeed later. `status` is the HTTP status, 0 on the stream. */
export class Failure extends Error {
  constructor(message, { code = 0, status = 0, temporary = false, retryAfter = 0 } = {}) {
    super(message);
    this.name = "Failure";
    this.code = code;
    this.status = status;
    this.temporary = temporary;
    this.retryAfter = retryAfter;
  }
}

// Codes of the transport itself (no connection, no answer in time) lie below those of the server.
const FIRST_SERVER_CODE = 100;
const RATE_LIMITED = 111;

/** A rejection of the connection's library as a Failure. */
export function fromRpc(error) {
  const code = error.code ?? 0;
  const temporary = error.temporary === true || code < FIRST_SERVER_CODE || code === RATE_LIMITED;
  return new Failure(error.message || "The call failed.", { code, temporary });
}
