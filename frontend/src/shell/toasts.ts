/**
 * Short news at the foot of the page. A server answer to htmx sends one with the header
 * `HX-Trigger: {"toast": {"text": "…", "level": "success"}}`; scripts dispatch `toast` themselves.
 */
interface Toast {
  readonly text: string;
  readonly level?: "info" | "success" | "warning" | "error";
}

const LIFETIME_MS = 6000;

export function showToast(page: Document, { text, level = "info" }: Toast): void {
  const region = page.getElementById("toasts");
  if (!region) return;
  const toast = page.createElement("div");
  toast.className = `toast toast--${level}`;
  toast.append(text);
  region.append(toast);
  if (level !== "error") window.setTimeout(() => toast.remove(), LIFETIME_MS);
  toast.addEventListener("click", () => toast.remove());
}

/** What to say when htmx gets no useful answer; the words come with the page. */
function sayRequestFailed(page: Document): void {
  const words = page.getElementById("toasts")?.dataset["requestFailed"];
  if (words) showToast(page, { text: words, level: "error" });
}

export function watchToasts(page: Document): void {
  page.addEventListener("toast", (event) => showToast(page, (event as CustomEvent<Toast>).detail));
  page.addEventListener("htmx:sendError", () => sayRequestFailed(page));
  page.addEventListener("htmx:responseError", () => sayRequestFailed(page));
}
