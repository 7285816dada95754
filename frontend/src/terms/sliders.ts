/** Puts a slider under each figure that asks for one; the figure stays what is sent and read. */
import { figureAt, STEPS, stepOf } from "./scale";

function addSlider(figure: HTMLInputElement): void {
  const most = Number(figure.dataset["slider"]);
  if (!most || figure.nextElementSibling?.matches(".slider")) return;
  const slider = document.createElement("input");
  slider.type = "range";
  slider.className = "slider";
  slider.max = String(STEPS);
  slider.value = String(stepOf(Number(figure.value), most));
  slider.setAttribute("aria-label", figure.labels?.[0]?.textContent?.trim() ?? "");
  const tell = () => slider.setAttribute("aria-valuetext", figure.value || "0");
  tell();
  slider.addEventListener("input", () => {
    figure.value = String(figureAt(Number(slider.value), most));
    tell();
    figure.dispatchEvent(new Event("input", { bubbles: true }));
  });
  figure.addEventListener("input", () => {
    slider.value = String(stepOf(Number(figure.value), most));
    tell();
  });
  figure.after(slider);
}

export function watchSliders(page: Document): void {
  const add = () => {
    for (const figure of page.querySelectorAll<HTMLInputElement>("input[data-slider]")) addSlider(figure);
  };
  add();
  page.addEventListener("htmx:afterSwap", add);
}
