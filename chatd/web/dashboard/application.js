import { request } from "../sdk/account.js";

const BASE = "/dashboard/api";

/** Who is signed in: {login, is_owner, applications}. Raises a Failure, with status 401 when nobody is. */
export function me() {
  return request("GET", `${BASE}/me`);
}

/** A new application, with its `api_token`, which is shown this once. For owners of the server. */
export function createApplication(name) {
  return request("POST", `${BASE}/applications`, { app_name: name });
}

/** An application, as one of its team sees it: what their role may call, and calling it. */
export class Application {
  #path;
  #commands;

  constructor({ app_id, app_name, role, commands }) {
    this.id = app_id;
    this.name = app_name;
    this.role = role;
    this.#path = pathOf(app_id);
    this.#commands = new Set(commands);
  }

  static async load(id) {
    return new Application(await request("GET", pathOf(id)));
  }

  get commands() {
    return [...this.#commands];
  }

  /** Whether the role may call all of these commands. */
  may(...names) {
    return names.every((name) => this.#commands.has(name));
  }

  /** What a command answers. Parameters that are undefined are left out. Raises a Failure. */
  call(name, params = {}) {
    return request("POST", `${this.#path}/rpc/${name}`, params);
  }

  /** What a command does and takes: {name, description, changes, parameters, example}. */
  describe(name) {
    return request("GET", `${this.#path}/commands/${name}`);
  }

  team() {
    return request("GET", `${this.#path}/team`);
  }

  assign(login, role) {
    return request("PUT", `${this.#path}/team`, { login, role });
  }

  dismiss(login) {
    return request("DELETE", `${this.#path}/team/${encodeURIComponent(login)}`);
  }

  /** How fast backends may call, with what is `usual`, and the room that `files` take. */
  limits() {
    return request("GET", `${this.#path}/limits`);
  }

  /** Set how fast backends may call; null for what is usual. For owners of the server. */
  limit(rates) {
    return request("PUT", `${this.#path}/limits`, rates);
  }

  /** Set how many bytes files may take; null for what is usual. For owners of the server. */
  limitFiles(room) {
    return request("PUT", `${this.#path}/limits/files`, room);
  }

  delete() {
    return request("DELETE", this.#path);
  }
}

function pathOf(id) {
  return `${BASE}/applications/${encodeURIComponent(id)}`;
}
