/** The column of slides: one fills the screen, a swipe, a key or a button brings the next. */
const SEEN_SHARE = 0.6;
const WHEEL_PIXELS = 30;
const WHEEL_PAUSE_MS = 180;

export class Reel {
  readonly slides: HTMLElement[];
  private current = 0;

  constructor(private readonly root: HTMLElement, private readonly onActive: (index: number) => void) {
    this.slides = [...root.querySelectorAll<HTMLElement>(".slide")];
    this.watcher = new IntersectionObserver((entries) => this.seen(entries), {
      root,
      threshold: SEEN_SHARE,
    });
    for (const slide of this.slides) this.watcher.observe(slide);
    root.addEventListener("wheel", (event) => this.wheeled(event), { passive: false });
    new ResizeObserver(() => this.settle()).observe(root);
  }

  private readonly watcher: IntersectionObserver;
  private wheel = { at: 0, sum: 0, stepped: false };

  get active(): number {
    return this.current;
  }

  add(slide: HTMLElement): void {
    this.root.append(slide);
    this.slides.push(slide);
    this.watcher.observe(slide);
  }

  /** Bring a slide to the screen; one that is further away than a swipe comes without a ride. */
  show(index: number): void {
    const slide = this.slides[index];
    if (!slide) return;
    if (Math.abs(index - this.current) === 1) this.root.scrollTo({ top: slide.offsetTop, behavior: "smooth" });
    else this.jump(index);
  }

  jump(index: number): void {
    this.current = index;
    this.settle();
    this.onActive(index);
  }

  step(by: number): void {
    this.show(this.current + by);
  }

  /** Put the current slide back in its place, as after the device was turned. */
  private settle(): void {
    this.root.scrollTo({ top: this.slides[this.current]?.offsetTop ?? 0, behavior: "instant" });
  }

  /** One turn of a wheel, or one stroke on a pad with all its after-run, is one step. */
  private wheeled(event: WheelEvent): void {
    if (event.ctrlKey) return;
    event.preventDefault();
    if (event.timeStamp - this.wheel.at > WHEEL_PAUSE_MS) this.wheel = { at: 0, sum: 0, stepped: false };
    this.wheel.at = event.timeStamp;
    this.wheel.sum += event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : WHEEL_PIXELS);
    if (this.wheel.stepped || Math.abs(this.wheel.sum) < WHEEL_PIXELS) return;
    this.wheel.stepped = true;
    this.step(Math.sign(this.wheel.sum));
  }

  private seen(entries: readonly IntersectionObserverEntry[]): void {
    for (const entry of entries) {
      if (entry.intersectionRatio < SEEN_SHARE) continue;
      const index = this.slides.indexOf(entry.target as HTMLElement);
      if (index < 0 || index === this.current) continue;
      this.current = index;
      this.onActive(index);
    }
  }
}
