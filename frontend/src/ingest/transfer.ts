/** One file on its way in, resumable over broken connections and reloaded pages. */
import { DetailedError, Upload } from "tus-js-client";
import type { Job } from "./queue";
import { Row, type State } from "./row";

const CHUNK_BYTES = 8 * 1024 ** 2;
const RETRY_DELAYS_MS = [0, 1000, 3000, 5000, 10_000];

export interface Place {
  readonly endpoint: string;
  readonly csrf: string;
  readonly words: (name: string) => string;
  readonly template: HTMLTemplateElement;
  /** Called whenever the bytes of any file have moved or its state has changed. */
  readonly onChange: () => void;
  readonly enqueue: (transfer: Transfer) => void;
  readonly forget: (transfer: Transfer) => void;
}

/** What the server's status means to whoever sends. */
export function wordsOfStatus(status: number | undefined): string {
  if (status === 413) return "too-large";
  if (status === 429) return "too-many";
  if (status === 403 || status === 404 || status === 410) return "gone";
  return "broken";
}

export class Transfer implements Job {
  readonly row: Row;
  readonly size: number;
  sent = 0;
  state: State = "waiting";
  readonly #place: Place;
  readonly #upload: Upload;
  #over: () => void = () => {};

  constructor(file: File, episode: string, place: Place) {
    this.#place = place;
    this.size = file.size;
    this.row = new Row(place.template, file.name, {
      pause: () => this.#pause(),
      goOn: () => this.#wait(),
      remove: () => this.#remove(),
    });
    this.#upload = new Upload(file, {
      endpoint: place.endpoint,
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_DELAYS_MS,
      removeFingerprintOnSuccess: true,
      headers: { "X-CSRFToken": place.csrf },
      metadata: { filename: file.name, ...(episode ? { episode } : {}) },
      onProgress: (sent) => this.#advance(sent),
      onSuccess: () => this.#end("done", "done"),
      onError: (error) => this.#fail(error),
    });
    this.#show("waiting", "waiting");
  }

  begin(over: () => void): void {
    this.#over = over;
    this.#show("sending", "sending");
    void this.#upload.findPreviousUploads().then((previous) => {
      const last = previous[0];
      if (last && !this.#upload.url) this.#upload.resumeFromPreviousUpload(last);
      if (this.state === "sending") this.#upload.start();
    });
  }

  #advance(sent: number): void {
    this.sent = sent;
    this.row.progress(this.size ? (100 * sent) / this.size : 0);
    this.#place.onChange();
  }

  #wait(): void {
    this.#show("waiting", "waiting");
    this.#place.enqueue(this);
  }

  #pause(): void {
    void this.#upload.abort();
    this.#end("paused", "paused");
  }

  #remove(): void {
    const wasPossiblyBegun = this.#upload.url !== null;
    void this.#upload.abort(wasPossiblyBegun).catch(() => {});
    this.row.element.remove();
    this.#place.forget(this);
    this.#over();
  }

  #fail(error: Error): void {
    const status = error instanceof DetailedError ? error.originalResponse?.getStatus() : undefined;
    this.#end("failed", wordsOfStatus(status));
  }

  #end(state: State, words: string): void {
    if (state === "done") this.#advance(this.size);
    if (state === "done") this.row.progress(100);
    this.#show(state, words);
    this.#over();
  }

  #show(state: State, words: string): void {
    this.state = state;
    this.row.show(state, this.#place.words(words));
    this.#place.onChange();
  }
}
