import { Failure } from "./failure.js";

const DEADLINE_MS = 15_000;
const NOT_FOUND = 400_201;

/** The person at this browser: signing in and out, invite links, and tokens for the chat connection. */
export class Account {
  static CODE_NEEDED = 400_304;

  /** {login, role, user_id, application_id}, or null when nobody is signed in. */
  async me() {
    try {
      return await request("GET", "/auth/me");
    } catch (/** @type {any} */ failure) {
      if (failure.status === 401) return null;
      throw failure;
    }
  }

  /**
   * A Failure whose code is `Account.CODE_NEEDED` means that the account needs a `code` too.
   * @param {string} login
   * @param {string} password
   * @param {string} [code]
   */
  signIn(login, password, code = "") {
    return request("POST", "/auth/sign_in", { login, password, code });
  }

  /** {is_on}: whether the account needs codes beside the password. */
  secondFactor() {
    return request("GET", "/auth/second_factor");
  }

  /**
   * {secret, uri} for an authenticator app; it counts from when a code of it was confirmed.
   * @param {string} password
   */
  offerSecondFactor(password) {
    return request("POST", "/auth/second_factor", { password });
  }

  /**
   * {recovery_codes}, which are shown this once.
   * @param {string} code
   */
  confirmSecondFactor(code) {
    return request("PUT", "/auth/second_factor", { code });
  }

  /**
   * @param {string} password
   * @param {string} code
   */
  removeSecondFactor(password, code) {
    return request("DELETE", "/auth/second_factor", { password, code });
  }

  /** What the way in by another provider is called; "" when there is none. */
  async providerLabel() {
    return (await request("GET", "/auth/openid")).label;
  }

  signOut() {
    return request("POST", "/auth/sign_out", {});
  }

  /**
   * {token, channel} for a visitor, who has no account: by the token of the last visit, or new under a name. A Failure with
   * status 401 means that the token is of no visitor any more.
   * @param {{token: string} | {nickname: string}} who
   * @returns {Promise<{token: string, expires_at: number, channel: string}>}
   */
  visit(who) {
    return request("POST", "/widget/visit", who);
  }

  /** A session token for the chat connection. A Failure with status 401 means: signed out. */
  async token() {
    return (await request("POST", "/auth/token", {})).token;
  }

  /** A new link for one person: {url, expires_at}. */
  createInvite() {
    return request("POST", "/auth/invites", { role: "member" });
  }

  /** {sessions}: where this person is signed in. */
  sessions() {
    return request("GET", "/auth/sessions");
  }

  /** @param {string} sessionId */
  endSession(sessionId) {
    return request("DELETE", `/auth/sessions/${encodeURIComponent(sessionId)}`);
  }

  endOtherSessions() {
    return request("DELETE", "/auth/sessions");
  }

  /**
   * All other sessions of this person end.
   * @param {string} current
   * @param {string} password
   */
  changePassword(current, password) {
    return request("POST", "/auth/password", { current_password: current, password });
  }

  /**
   * For owners: a link with which somebody chooses a new password, {url, expires_at}.
   * @param {string} login
   */
  createReset(login) {
    return request("POST", `/auth/accounts/${encodeURIComponent(login)}/reset`, {});
  }

  /**
   * Whose password a link resets: {login}, or null when it is used, expired or unknown.
   * @param {string} secret
   */
  viewReset(secret) {
    return orNull(request("GET", `/auth/resets/${encodeURIComponent(secret)}`));
  }

  /**
   * Choose the new password; signs in.
   * @param {string} secret
   * @param {string} password
   */
  resetPassword(secret, password) {
    return request("POST", `/auth/resets/${encodeURIComponent(secret)}`, { password });
  }

  /** {channel_urls}: the channels that this person has put first. */
  starred() {
    return request("GET", "/auth/starred");
  }

  /**
   * @param {string} channelUrl
   * @param {boolean} isStarred
   */
  star(channelUrl, isStarred) {
    return request("POST", "/auth/starred", { channel_url: channelUrl, is_starred: isStarred });
  }

  /**
   * What an invite is for: {role, invited_by, login}, or null when it is used, expired or unknown.
   * @param {string} secret
   */
  viewInvite(secret) {
    return orNull(request("GET", `/auth/invites/${encodeURIComponent(secret)}`));
  }

  /**
   * Make an account with an invite; signs in.
   * @param {string} secret
   * @param {{ login: string, nickname: string, password: string }} person
   */
  acceptInvite(secret, { login, nickname, password }) {
    return request("POST", `/auth/invites/${encodeURIComponent(secret)}`, { login, nickname, password });
  }
}

/**
 * What is not there is null.
 * @param {Promise<any>} answer
 */
async function orNull(answer) {
  try {
    return await answer;
  } catch (/** @type {any} */ failure) {
    if (failure.code === NOT_FOUND) return null;
    throw failure;
  }
}

/**
 * One call of the server, with the cookie; a Failure when it is refused or cannot be reached.
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @returns {Promise<any>}
 */
export async function request(method, path, body) {
  const response = await send(method, path, body);
  const answer = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer;
  throw new Failure(answer?.message ?? "The server gave no usable answer.", {
    code: answer?.code,
    status: response.status,
    temporary: response.status >= 500 || response.status === 429,
    retryAfter: Number(response.headers.get("Retry-After")) || 0,
  });
}

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 */
async function send(method, path, body) {
  /** @type {RequestInit} */
  const options = { method, credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(DEADLINE_MS) };
  if (body !== undefined) {
    options.headers = { "Content-Type": "application/json" };
    options.body = JSON.stringify(body);
  }
  try {
    return await fetch(path, options);
  } catch {
    throw new Failure("The server cannot be reached.", { temporary: true });
  }
}
