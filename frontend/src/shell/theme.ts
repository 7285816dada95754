/** Light, dark, or as the device says. The server reads the cookie, so no page flashes. */
export type Theme = "light" | "dark" | "system";

const COOKIE_LIFETIME_S = 365 * 24 * 3600;

export function themeOf(cookies: string): Theme {
  const found = /(?:^|;\s*)theme=(light|dark)(?:;|$)/.exec(cookies)?.[1];
  return found === "light" || found === "dark" ? found : "system";
}

function apply(theme: Theme, root: HTMLElement): void {
  if (theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
  for (const choice of document.querySelectorAll<HTMLElement>("[data-theme-choice]")) {
    choice.setAttribute("aria-pressed", String(choice.dataset["themeChoice"] === theme));
  }
  document.dispatchEvent(new CustomEvent("duanju:theme", { detail: { theme } }));
}

export function watchTheme(page: Document): void {
  if (page.body.classList.contains("immersive")) return; // The hall is dark, whatever was chosen.
  apply(themeOf(page.cookie), page.documentElement);
  page.addEventListener("click", (event) => {
    const choice = (event.target as Element).closest<HTMLElement>("[data-theme-choice]");
    if (!choice) return;
    const theme = choice.dataset["themeChoice"] as Theme;
    const lifetime = theme === "system" ? 0 : COOKIE_LIFETIME_S;
    page.cookie = `theme=${theme}; path=/; max-age=${lifetime}; samesite=lax`;
    apply(theme, page.documentElement);
  });
}
