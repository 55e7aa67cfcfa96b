import { Failure } from "./failure.js";

const UNAUTHORIZED = 401;

/** This person's session tokens: the one of now, and another when that is too old. */
export class Tokens {
  /** The one that was given to begin with; "" when there is none. */
  first;

  #get;
  /** @type {Promise<string> | null} */
  #current;

  /**
   * `getToken()` resolves to a session token. Without it there is only `token`, and the chat ends with it.
   * @param {string} [token]
   * @param {() => Promise<string>} [getToken]
   */
  constructor(token = "", getToken = expired) {
    if (!token && getToken === expired) throw new TypeError("A chat needs a token, or getToken() to have one.");
    this.first = token;
    this.#get = getToken;
    this.#current = token ? Promise.resolve(token) : null;
  }

  /**
   * The one of now. Rejects as `getToken` does.
   * @returns {Promise<string>}
   */
  current() {
    return this.#current ?? this.renew();
  }

  /** Another one. Rejects as `getToken` does; a Failure with status 401 means that the person is signed out. */
  renew() {
    const asked = Promise.resolve(this.#get());
    this.#current = asked;
    asked.catch(() => {
      if (this.#current === asked) this.#current = null;
    });
    return asked;
  }
}

/** @returns {Promise<never>} */
async function expired() {
  throw new Failure("The token is too old, and there is no getToken to have another one.", { status: UNAUTHORIZED });
}
