/** Tells screen readers which field is faulty, after a script has put in what is wrong with it. */
export function markFaults(page: ParentNode): void {
  for (const said of page.querySelectorAll<HTMLElement>(".field__problems")) {
    const isFaulty = said.childElementCount > 0;
    for (const field of page.querySelectorAll(`[aria-describedby="${said.id}"]`)) {
      if (isFaulty) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  }
}

export function watchFaults(page: Document): void {
  page.addEventListener("htmx:oobAfterSwap", () => markFaults(page));
}
