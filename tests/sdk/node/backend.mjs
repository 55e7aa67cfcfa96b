// What the tests need of a backend, over the Platform API.

export class Backend {
  constructor(base, apiToken) {
    this.base = base;
    this.apiToken = apiToken;
  }

  /** One call, which must succeed. */
  async call(method, path, body = {}) {
    return post(`${this.base}/v3${path}`, { method, headers: { "Api-Token": this.apiToken } }, body);
  }

  /** Users with these ids, together in one channel. */
  async people(channel, ...userIds) {
    for (const id of userIds) await this.call("POST", "/users", { user_id: id, nickname: id });
    await this.call("POST", "/group_channels", { user_ids: userIds, channel_url: channel });
  }

  /** A session token. */
  async session(userId, more = {}) {
    return (await this.call("POST", `/users/${userId}/token`, more)).token;
  }
}

async function post(url, options, body) {
  const answer = await fetch(url, { ...options, body: JSON.stringify(body), signal: AbortSignal.timeout(10000) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
