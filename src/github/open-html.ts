/** Elements whose content is code, quoted, not shown, or a list or table of its own. GitHub shows a few as bare text. */
const HIDING = new Set([
  ...['blockquote', 'code', 'del', 'iframe', 'kbd', 'listing', 'noembed', 'noframes', 'noscript', 'ol'],
  ...['plaintext', 'pre', 'q', 's', 'samp', 'script', 'strike', 'style', 'table', 'template', 'textarea'],
  ...['title', 'tt', 'ul', 'xmp'],
]);

/** The beginning of a comment or of an instruction, or a tag, to where a quote in it is not closed. */
const MARK = /<!--|<[!?]|<(\/?)([a-z][a-z0-9-]*)(?:"[^"]*"|'[^']*'|[^"'>])*/gi;

/** What is open of the HTML that was read so far, in pieces. An element that is closed in the wrong order counts as closed. */
export class OpenHtml {
  #commentEnd: string | null = null;
  readonly #open = new Map<string, number>();

  /** Whether what follows is not plain text. */
  get hides(): boolean {
    return this.#commentEnd !== null || this.#open.size > 0;
  }

  read(html: string): void {
    let at = 0;
    for (;;) {
      if (this.#commentEnd !== null) {
        const end = html.indexOf(this.#commentEnd, at);
        if (end === -1) return;
        at = end + this.#commentEnd.length;
        this.#commentEnd = null;
      }
      MARK.lastIndex = at;
      const [mark, closing, name] = MARK.exec(html) ?? [];
      if (mark === undefined) return;
      at = MARK.lastIndex;
      if (name !== undefined) this.#count(name.toLowerCase(), closing === '/' ? -1 : 1);
      else if (mark === '<!--') {
        this.#commentEnd = '-->';
        // `<!-->` is a whole comment.
        at -= 2;
      } else this.#commentEnd = '>';
    }
  }

  #count(name: string, change: number): void {
    if (!HIDING.has(name)) return;
    const count = (this.#open.get(name) ?? 0) + change;
    if (count > 0) this.#open.set(name, count);
    else this.#open.delete(name);
  }
}
