/** What is said about the series on now: the wide screen's panel and the phone's sheet alike. */
import type { Detail, Server } from "./server";
import { pick, put, type Words } from "./words";

export class Panel {
  private detail: Detail | null = null;
  private wanted = "";

  constructor(
    private readonly page: Document,
    private readonly server: Server,
    private readonly words: Words,
    private readonly onChosen: (number: number) => void,
  ) {}

  /** Show a series with the episode that is on; asks the server once a series. */
  async show(slug: string, number: number, { fresh = false } = {}): Promise<void> {
    this.wanted = slug;
    if (fresh || this.detail?.title.slug !== slug) {
      const detail = await this.server.detail(slug).catch(() => null);
      if (!detail || this.wanted !== slug) return;
      this.detail = detail;
      this.drawTitle(detail);
      for (const list of this.page.querySelectorAll("[data-episodes]")) this.drawEpisodes(list, detail);
    }
    this.mark(number);
  }

  private drawTitle({ title }: Detail): void {
    const texts: Record<string, string> = {
      name: title.name,
      synopsis: title.synopsis,
      genre: title.genre_label,
      filing: title.filing_number,
      count: this.words.say("count", { total: title.episode_count, free: title.free_episode_count }),
    };
    for (const [name, text] of Object.entries(texts)) {
      for (const place of this.page.querySelectorAll(`[data-panel=${name}]`)) place.textContent = text;
    }
    for (const link of this.page.querySelectorAll<HTMLAnchorElement>("a[data-panel=name]")) link.href = title.about;
    for (const badge of this.page.querySelectorAll<HTMLElement>("[data-panel=ai]")) badge.hidden = !title.ai_label;
  }

  private drawEpisodes(list: Element, detail: Detail): void {
    const template = pick<HTMLTemplateElement>(this.page, "#episode-template");
    list.replaceChildren(
      ...detail.episodes.map((episode) => {
        const item = template.content.cloneNode(true) as DocumentFragment;
        const button = pick<HTMLButtonElement>(item, "button");
        const locked = episode.access === "locked";
        const values = { number: episode.number, coins: detail.price_coins };
        put(item, "number", episode.number);
        button.dataset["number"] = String(episode.number);
        button.classList.toggle("episode--locked", locked);
        button.setAttribute("aria-label", this.words.say(locked ? "episodeLocked" : "episode", values));
        button.addEventListener("click", () => this.onChosen(episode.number));
        return item;
      }),
    );
  }

  private mark(number: number): void {
    for (const button of this.page.querySelectorAll<HTMLElement>("[data-episodes] button")) {
      const current = button.dataset["number"] === String(number);
      if (current) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }
}
