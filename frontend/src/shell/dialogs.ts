/**
 * Dialogs by attributes alone: `data-dialog-open="id"` opens, `data-dialog-close` closes, a click on
 * the backdrop closes, `data-dialog-open-now="id"` opens with the page. A form or button with `data-confirm="question"` asks before it acts.
 */
const CONFIRM_DIALOG_ID = "confirm-dialog";

function openDialog(page: Document, id: string): void {
  const dialog = page.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

/** Ask with the page's own dialog; resolves to whether the reader agreed. */
export function askFirst(page: Document, question: string, action: string | undefined): Promise<boolean> {
  const dialog = page.getElementById(CONFIRM_DIALOG_ID);
  if (!(dialog instanceof HTMLDialogElement)) return Promise.resolve(window.confirm(question));
  const words = dialog.querySelector("[data-confirm-question]");
  const agree = dialog.querySelector<HTMLElement>("[data-confirm-agree]");
  if (words) words.textContent = question;
  if (agree) agree.textContent = action ?? agree.dataset["confirmAgree"] ?? "OK";
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "agree"), { once: true });
  });
}

function watchConfirmations(page: Document): void {
  page.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const submitter = event.submitter;
    const asking = submitter?.dataset["confirm"] === undefined ? form : submitter;
    const question = asking.dataset["confirm"];
    if (!question || form.dataset["confirmed"] === "yes") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void askFirst(page, question, asking.dataset["confirmAction"]).then((agreed) => {
      if (!agreed) return;
      form.dataset["confirmed"] = "yes";
      form.requestSubmit(submitter);
      delete form.dataset["confirmed"];
    });
  }, { capture: true });
}

function watchHtmxConfirmations(page: Document): void {
  page.addEventListener("htmx:confirm", (event) => {
    const { question, issueRequest } = (event as CustomEvent).detail as {
      question: string | null;
      issueRequest: (skip: boolean) => void;
    };
    if (!question) return;
    event.preventDefault();
    void askFirst(page, question, undefined).then((agreed) => {
      if (agreed) issueRequest(true);
    });
  });
}

export function watchDialogs(page: Document): void {
  page.addEventListener("click", (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>("[data-dialog-open]");
    if (opener) openDialog(page, opener.dataset["dialogOpen"] ?? "");
    if (target.closest("[data-dialog-close]")) target.closest("dialog")?.close();
    if (target instanceof HTMLDialogElement) target.close();
  });
  const waiting = page.querySelector<HTMLElement>("[data-dialog-open-now]")?.dataset["dialogOpenNow"];
  if (waiting) openDialog(page, waiting);
  watchConfirmations(page);
  watchHtmxConfirmations(page);
}
