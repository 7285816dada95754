/**
 * Bringing episodes: drop or choose files, send them resumably, then ask for their order.
 * The page describes itself by `data-ingest…` attributes; all words come from there.
 */
import { droppedFiles, inNaturalOrder, isMeant } from "./ingest/files";
import { Queue } from "./ingest/queue";
import { showProgress } from "./ingest/row";
import { type Place, Transfer } from "./ingest/transfer";

const AT_ONCE = 3;
const FLYING_CLASS = "ingest-zone--over";

class Ingest {
  readonly #root: HTMLElement;
  readonly #transfers = new Set<Transfer>();
  readonly #queue: Queue;
  readonly #place: Place;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#queue = new Queue(AT_ONCE, () => this.#askForOrder());
    this.#place = {
      endpoint: root.dataset["uploads"] ?? "",
      csrf: root.dataset["csrf"] ?? "",
      words: (name) => root.getAttribute(`data-words-${name}`) ?? "",
      template: this.#part<HTMLTemplateElement>("[data-ingest-row]"),
      onChange: () => this.#showTotal(),
      enqueue: (transfer) => this.#queue.add(transfer),
      forget: (transfer) => {
        this.#queue.remove(transfer);
        this.#transfers.delete(transfer);
        this.#showTotal();
      },
    };
    this.#watchChoosing();
    this.#watchDropping();
    this.#watchReplacing();
    window.addEventListener("beforeunload", (event) => {
      if (!this.#queue.isIdle) event.preventDefault();
    });
  }

  #part<E extends HTMLElement>(selector: string): E {
    const found = this.#root.querySelector<E>(selector);
    if (!found) throw new Error(`the page has no ${selector}`);
    return found;
  }

  #send(files: readonly File[], episode: string): void {
    for (const file of inNaturalOrder(files)) {
      const transfer = new Transfer(file, episode, this.#place);
      this.#transfers.add(transfer);
      this.#part("[data-ingest-list]").append(transfer.row.element);
      this.#queue.add(transfer);
    }
    this.#showTotal();
  }

  #watchChoosing(): void {
    const input = this.#part<HTMLInputElement>("[data-ingest-input]");
    input.addEventListener("change", () => {
      this.#send([...(input.files ?? [])].filter((file) => isMeant(file.name, true)), "");
      input.value = "";
    });
  }

  #watchDropping(): void {
    const zone = this.#part("[data-ingest-zone]");
    for (const kind of ["dragenter", "dragover"] as const) {
      zone.addEventListener(kind, (event) => {
        event.preventDefault();
        zone.classList.add(FLYING_CLASS);
      });
    }
    zone.addEventListener("dragleave", () => zone.classList.remove(FLYING_CLASS));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      zone.classList.remove(FLYING_CLASS);
      if (event.dataTransfer) void droppedFiles(event.dataTransfer).then((files) => this.#send(files, ""));
    });
  }

  /** `data-ingest-episode="3"` anywhere in the page brings another file for episode 3. */
  #watchReplacing(): void {
    const input = this.#part<HTMLInputElement>("[data-ingest-single]");
    let episode = "";
    document.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-ingest-episode]");
      if (!button) return;
      episode = button.dataset["ingestEpisode"] ?? "";
      input.click();
    });
    input.addEventListener("change", () => {
      this.#send([...(input.files ?? [])], episode);
      input.value = "";
      this.#root.scrollIntoView({ block: "start" });
    });
  }

  #showTotal(): void {
    const all = [...this.#transfers];
    const size = all.reduce((sum, transfer) => sum + transfer.size, 0);
    const sent = all.reduce((sum, transfer) => sum + transfer.sent, 0);
    const percent = size ? (100 * sent) / size : 100;
    this.#part("[data-ingest-panel]").hidden = all.length === 0;
    showProgress(this.#part("[data-ingest-total]"), percent);
    this.#part("[data-ingest-percent]").textContent = `${Math.floor(percent)}%`;
  }

  /** Show what came in, in its proposed order; what is done leaves the list of what is on its way. */
  #askForOrder(): void {
    const done = [...this.#transfers].filter((transfer) => transfer.state === "done");
    if (done.length === 0) return;
    const address = this.#root.dataset["order"] ?? "";
    void window.htmx.ajax("get", address, { target: "#order", swap: "outerHTML" }).then(() => {
      for (const transfer of done) {
        transfer.row.element.remove();
        this.#transfers.delete(transfer);
      }
      this.#showTotal();
      document.querySelector<HTMLElement>("[data-ingest-number]")?.focus();
    });
  }
}

for (const root of document.querySelectorAll<HTMLElement>("[data-ingest]")) new Ingest(root);
