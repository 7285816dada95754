/** The shell of every page: htmx, theme, menus, dialogs, toasts, small habits of forms. */
import htmx from "htmx.org";
import { watchDialogs } from "./shell/dialogs";
import { watchForms } from "./shell/forms";
import { watchMenus } from "./shell/menus";
import { watchTheme } from "./shell/theme";
import { watchToasts } from "./shell/toasts";

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}

htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;
window.htmx = htmx;

watchTheme(document);
watchMenus(document);
watchDialogs(document);
watchForms(document);
watchToasts(document);
