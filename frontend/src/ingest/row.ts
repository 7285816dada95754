/** How one file looks on its way in: a bar, a state, pause, go on, remove. */
export type State = "waiting" | "sending" | "paused" | "done" | "failed";

export interface Choices {
  readonly pause: () => void;
  readonly goOn: () => void;
  readonly remove: () => void;
}

function part<E extends Element>(root: Element, selector: string): E {
  const found = root.querySelector<E>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

/** Fill a `.progress` of the page. */
export function showProgress(bar: Element, percent: number): void {
  const whole = String(Math.floor(percent));
  bar.setAttribute("aria-valuenow", whole);
  part(bar, "rect").setAttribute("width", `${whole}%`);
}

export class Row {
  readonly element: HTMLElement;

  constructor(template: HTMLTemplateElement, name: string, choices: Choices) {
    const copy = template.content.cloneNode(true) as DocumentFragment;
    this.element = part(copy as unknown as Element, "li");
    part(this.element, "[data-name]").textContent = name;
    part(this.element, ".progress").setAttribute("aria-label", name);
    for (const [selector, choose] of [["[data-pause]", choices.pause], ["[data-go-on]", choices.goOn], ["[data-remove]", choices.remove]] as const) {
      const button = part<HTMLButtonElement>(this.element, selector);
      button.setAttribute("aria-label", `${button.getAttribute("aria-label") ?? ""} ${name}`);
      button.addEventListener("click", choose);
    }
  }

  show(state: State, words: string): void {
    part(this.element, "[data-status]").textContent = words;
    const bar = part(this.element, ".progress");
    bar.classList.toggle("progress--good", state === "done");
    bar.classList.toggle("progress--bad", state === "failed");
    const canPause = state === "waiting" || state === "sending";
    const canGoOn = state === "paused" || state === "failed";
    this.#swap("[data-pause]", canPause, "[data-go-on]", canGoOn);
    part<HTMLElement>(this.element, "[data-remove]").hidden = state === "done";
  }

  progress(percent: number): void {
    showProgress(part(this.element, ".progress"), percent);
    part(this.element, "[data-percent]").textContent = `${Math.floor(percent)}%`;
  }

  /** Show one button and hide the other; whoever had just pressed one keeps the focus on the pair. */
  #swap(first: string, showsFirst: boolean, second: string, showsSecond: boolean): void {
    const [one, other] = [part<HTMLElement>(this.element, first), part<HTMLElement>(this.element, second)];
    const hadFocus = document.activeElement === one || document.activeElement === other;
    one.hidden = !showsFirst;
    other.hidden = !showsSecond;
    if (hadFocus) (showsFirst ? one : other).focus();
  }
}
