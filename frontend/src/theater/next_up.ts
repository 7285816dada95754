/** After an episode: a few seconds in which one may stay, then the next begins. */
import { pick, put, type Words } from "./words";

const WAIT_MS = 4000;

export class NextUp {
  private readonly card: HTMLElement;
  private timer = 0;
  private go: (() => void) | null = null;

  constructor(page: Document, private readonly words: Words) {
    this.card = pick(page, "#next-up");
    pick(this.card, "[data-act=next-now]").addEventListener("click", () => this.now());
    pick(this.card, "[data-act=next-cancel]").addEventListener("click", () => this.cancel());
  }

  offer(number: number, go: () => void): void {
    this.cancel();
    this.go = go;
    put(this.card, "next-line", this.words.say("next", { number }));
    this.card.hidden = false;
    this.card.style.setProperty("--wait", `${WAIT_MS}ms`);
    this.timer = window.setTimeout(() => this.now(), WAIT_MS);
  }

  cancel(): void {
    window.clearTimeout(this.timer);
    this.go = null;
    this.card.hidden = true;
  }

  private now(): void {
    const go = this.go;
    this.cancel();
    go?.();
  }
}
