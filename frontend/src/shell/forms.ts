/** Small habits: submit on change, copy to the clipboard, show a password, go back. */
function submitOnChange(event: Event): void {
  const control = event.target as Element;
  if (control.matches("[data-submit-on-change]")) control.closest("form")?.requestSubmit();
}

async function copy(button: HTMLElement): Promise<void> {
  const source = document.getElementById(button.dataset["copyFrom"] ?? "");
  const text = button.dataset["copy"] ?? source?.textContent?.trim() ?? "";
  await navigator.clipboard.writeText(text);
  const said = button.dataset["copied"];
  if (said) document.dispatchEvent(new CustomEvent("toast", { detail: { text: said, level: "success" } }));
}

function revealPassword(button: HTMLElement): void {
  const input = document.getElementById(button.dataset["reveal"] ?? "");
  if (!(input instanceof HTMLInputElement)) return;
  const shown = input.type === "text";
  input.type = shown ? "password" : "text";
  button.setAttribute("aria-pressed", String(!shown));
}

export function watchForms(page: Document): void {
  page.addEventListener("change", submitOnChange);
  page.addEventListener("click", (event) => {
    const target = event.target as Element;
    const copier = target.closest<HTMLElement>("[data-copy], [data-copy-from]");
    if (copier) void copy(copier);
    const revealer = target.closest<HTMLElement>("[data-reveal]");
    if (revealer) revealPassword(revealer);
    if (target.closest("[data-go-back]")) history.back();
    if (target.closest("[data-reload]")) location.reload();
  });
}
