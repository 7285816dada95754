/** `<details class="menu">`: one open at a time; a click outside or Escape closes it. */
const OPEN_MENUS = "details.menu[open]";

function closeMenus(page: Document, except: Element | null): void {
  for (const menu of page.querySelectorAll<HTMLDetailsElement>(OPEN_MENUS)) {
    if (menu !== except) menu.open = false;
  }
}

export function watchMenus(page: Document): void {
  page.addEventListener("click", (event) => {
    closeMenus(page, (event.target as Element).closest("details.menu"));
  });
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = page.querySelector<HTMLDetailsElement>(OPEN_MENUS);
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}
