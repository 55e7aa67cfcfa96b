const WORDS = [/(?:^|[\s(])(@)([^\s@]{0,40})$/u, /(?:^|[\s(])(:)([\p{L}\p{N}_+-]{2,30})$/u, /^(\/)([a-z0-9_-]*)$/];

/**
 * Offers what a word that is being written may become: people after "@", emoji after ":", commands after "/".
 * What the offer looks like is loaded with the first such word.
 */
export class Completion {
  #field;
  #context;
  #offer = null;
  #declined = -1;
  #looks = 0;

  /** `context`: {chat, channel, hasCommands}. */
  constructor(field, context) {
    this.#field = field;
    this.#context = context;
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-haspopup", "listbox");
    field.addEventListener("input", () => this.#look());
    field.addEventListener("pointerup", () => this.close());
    // Who looks at another window goes on here afterwards.
    field.addEventListener("blur", () => document.activeElement !== field && this.close());
  }

  /** Whether a key was for the offer. */
  key(event) {
    if (!this.#offer?.isOpen) return false;
    if (event.key === "Escape") this.#decline();
    else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return this.close();
    else if (!this.#offer.key(event)) return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  close() {
    this.#looks += 1;
    this.#offer?.close();
    return false;
  }

  /** No offer for this word any more. */
  #decline() {
    this.#declined = wordAt(this.#field)?.start ?? -1;
    this.close();
  }

  async #look() {
    const look = ++this.#looks;
    const word = wordAt(this.#field);
    if (!word || word.start !== this.#declined) this.#declined = -1;
    if (!word || word.start === this.#declined || (word.sign === "/" && !this.#context.hasCommands)) return this.close();
    try {
      if (!this.#offer) {
        const { Offer } = await import("./completion_offer.js");
        // Another letter may have come meanwhile.
        this.#offer ??= new Offer(this.#field, this.#context);
      }
      await this.#offer.show(word, () => look === this.#looks);
    } catch (failure) {
      console.info("nothing offered:", failure.message);
    }
  }
}

/** The word before the cursor that can be completed: {sign, query, start, end}, or null. */
function wordAt({ value, selectionStart, selectionEnd }) {
  if (selectionStart !== selectionEnd) return null;
  const before = value.slice(0, selectionEnd);
  const found = WORDS.map((pattern) => pattern.exec(before)).find(Boolean);
  if (!found) return null;
  const [, sign, query] = found;
  return { sign, query, start: selectionEnd - query.length - 1, end: selectionEnd };
}
