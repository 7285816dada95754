/** Lets a few jobs run at once, the others wait their turn. */
export interface Job {
  /** Begin; `over` is called once when the job is done, has failed or was paused. */
  begin(over: () => void): void;
}

export class Queue {
  readonly #waiting: Job[] = [];
  readonly #running = new Set<Job>();
  readonly #atOnce: number;
  readonly #onIdle: () => void;

  constructor(atOnce: number, onIdle: () => void) {
    this.#atOnce = atOnce;
    this.#onIdle = onIdle;
  }

  get isIdle(): boolean {
    return this.#running.size === 0 && this.#waiting.length === 0;
  }

  add(job: Job): void {
    if (this.#running.has(job) || this.#waiting.includes(job)) return;
    this.#waiting.push(job);
    this.#advance();
  }

  /** Take out a job that has not begun; one that runs ends by itself. */
  remove(job: Job): void {
    const place = this.#waiting.indexOf(job);
    if (place >= 0) this.#waiting.splice(place, 1);
  }

  #advance(): void {
    while (this.#running.size < this.#atOnce) {
      const job = this.#waiting.shift();
      if (!job) break;
      this.#running.add(job);
      job.begin(() => this.#end(job));
    }
  }

  #end(job: Job): void {
    if (!this.#running.delete(job)) return;
    this.#advance();
    if (this.isIdle) this.#onIdle();
  }
}
