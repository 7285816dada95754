/** The menus of speed and subtitles. */
import { SPEEDS, type Choices } from "./choices";
import type { Subtitle } from "./server";
import { pick, type Words } from "./words";

interface Entry {
  readonly value: string;
  readonly label: string;
  readonly language?: string;
}

function drawChoices(list: HTMLElement, entries: readonly Entry[], chosen: string, onChosen: (value: string) => void): void {
  list.replaceChildren(
    ...entries.map((entry) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "choice";
      button.role = "radio";
      button.ariaChecked = String(entry.value === chosen);
      button.textContent = entry.label;
      if (entry.language) button.lang = entry.language;
      button.addEventListener("click", () => {
        onChosen(entry.value);
        button.closest("dialog")?.close();
      });
      return button;
    }),
  );
}

export class Menus {
  private subtitles: readonly Subtitle[] = [];

  constructor(
    private readonly page: Document,
    private readonly words: Words,
    private readonly choices: Choices,
    private readonly onChange: () => void,
  ) {}

  openSpeed(): void {
    const entries = SPEEDS.map((speed) => ({ value: String(speed), label: `${speed}×` }));
    drawChoices(pick(this.page, "[data-choices=speed]"), entries, String(this.choices.speed), (value) => {
      this.choices.speed = Number(value);
      this.onChange();
    });
    pick<HTMLDialogElement>(this.page, "#speed-sheet").showModal();
  }

  /** The page's own language stands first. */
  offer(subtitles: readonly Subtitle[]): void {
    const own = this.page.documentElement.lang.split("-")[0] ?? "";
    this.subtitles = subtitles.toSorted((a, b) => Number(b.tag.startsWith(own)) - Number(a.tag.startsWith(own)));
    pick(this.page, ".deck [data-act=captions]").hidden = subtitles.length === 0;
  }

  openCaptions(): void {
    if (this.subtitles.length === 0) return;
    const entries = [
      { value: "", label: this.words.say("off") },
      ...this.subtitles.map(({ tag, label }) => ({ value: tag, label, language: tag })),
    ];
    drawChoices(pick(this.page, "[data-choices=captions]"), entries, this.choices.captions, (value) => {
      this.choices.captions = value;
      this.onChange();
    });
    pick<HTMLDialogElement>(this.page, "#captions-sheet").showModal();
  }

  /** The key goes round the languages and off. */
  nextCaptions(): void {
    const tags = ["", ...this.subtitles.map(({ tag }) => tag)];
    this.choices.captions = tags[(tags.indexOf(this.choices.captions) + 1) % tags.length] ?? "";
    this.onChange();
  }
}
