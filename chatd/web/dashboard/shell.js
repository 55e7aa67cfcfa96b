import { h } from "../app/element.js";
import { iconButton } from "../app/icon.js";
import { Application } from "./application.js";
import { pagesOf } from "./pages.js";
import { address, route } from "./route.js";
import { sidebar } from "./sidebar.js";
import { loading, problem } from "./states.js";

/** The frame: the sidebar, and beside it the page that the address names. */
export class Shell {
  #me;
  #acts;
  #application = null;
  #turn = 0;
  #close = () => {};
  #side = h("div", { class: "side" });
  #main = h("main", { class: "main", tabindex: "-1" });

  constructor(me, acts) {
    this.#me = me;
    this.#acts = acts;
    const open = iconButton("list", "Menu", () => this.#unfold(), { class: "unfold" });
    const veil = h("div", { class: "side-veil", onclick: () => this.#unfold(false) });
    this.node = h("div", { class: "shell" }, this.#side, veil, h("header", { class: "bar" }, open, h("strong", {}, "chatd")), this.#main);
    this.#side.addEventListener("click", ({ target }) => target.closest("a") && this.#unfold(false));
    this.node.addEventListener("keydown", ({ key }) => key === "Escape" && this.#unfold(false));
    this.#listen();
    this.#go();
  }

  /** Until another frame has taken its place. */
  #listen() {
    const moved = () => (this.node.isConnected ? this.#go() : removeEventListener("hashchange", moved));
    addEventListener("hashchange", moved);
  }

  async #go() {
    const turn = ++this.#turn;
    this.#unfold(false);
    const place = route();
    try {
      await this.#enter(place.application);
      if (turn === this.#turn) await this.#open(place, turn);
    } catch (failure) {
      if (failure.status === 401) this.#acts.expired();
      else if (turn === this.#turn) this.#main.replaceChildren(problem(failure, () => this.#go()));
    }
  }

  /** Have the application that the address names, or else the first. */
  async #enter(asked) {
    const known = this.#me.applications.find(({ app_id }) => app_id === asked) ?? this.#me.applications[0];
    if (this.#application?.id === known.app_id) return;
    this.#main.replaceChildren(loading());
    this.#application = await Application.load(known.app_id);
  }

  async #open({ application, page: asked, path, query }, turn) {
    const groups = pagesOf(this.#application, this.#me);
    const pages = groups.flatMap(({ pages: found }) => found);
    const page = pages.find(({ id }) => id === asked) ?? pages[0];
    if (application !== this.#application.id || page.id !== asked) return location.replace(address(this.#application.id, [page.id]));
    this.#side.replaceChildren(sidebar({ me: this.#me, application: this.#application, groups, current: page.id, acts: this.#acts }));
    const { open } = await page.load();
    if (turn === this.#turn) this.#show(page, path, query, open);
  }

  #show(page, path, query, open) {
    this.#close();
    document.title = `${page.title} · ${this.#application.name} · chatd`;
    const shown = open({
      me: this.#me,
      application: this.#application,
      path,
      query,
      link: (to, asked, application = this.#application.id) => address(application, to, asked),
      /** The same page with another query, without a step in the history. */
      ask: (asked) => history.replaceState(null, "", address(this.#application.id, [page.id, ...path], asked)),
      again: () => this.#go(),
    });
    this.#close = shown.close ?? (() => {});
    this.#main.replaceChildren(shown.node ?? shown);
    this.#main.scrollTop = 0;
  }

  #unfold(open = !this.node.classList.contains("unfolded")) {
    this.node.classList.toggle("unfolded", open);
    if (open) this.#side.querySelector("a, button")?.focus();
  }
}
