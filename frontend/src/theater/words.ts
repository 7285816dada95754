/** Sentences come with the page, in its language, with {places} to fill. */
export type Values = Readonly<Record<string, string | number>>;

export function fill(sentence: string, values: Values): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => shown(values[name] ?? whole));
}

/** Numbers are grouped as the page's language does it: 1,520. */
export function shown(value: string | number): string {
  return typeof value === "number" ? value.toLocaleString(document.documentElement.lang || "en") : value;
}

export class Words {
  constructor(private readonly source: HTMLElement) {}

  say(name: string, values: Values = {}): string {
    return fill(this.source.dataset[name] ?? "", values);
  }
}

export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export function put(root: ParentNode, slot: string, text: string | number): void {
  for (const place of root.querySelectorAll(`[data-slot="${slot}"]`)) place.textContent = shown(text);
}

export function pick<Kind extends HTMLElement>(root: ParentNode, selector: string): Kind {
  const found = root.querySelector<Kind>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}
