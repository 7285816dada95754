/** Colours and faces of the page as it looks now, read from its style. */
export interface Tokens {
  ink: string;
  soft: string;
  faint: string;
  line: string;
  sheet: string;
  seal: string;
  note: string;
  wait: string;
  good: string;
  sans: string;
}

export function readTokens(): Tokens {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: value("ink"),
    soft: value("ink-soft"),
    faint: value("ink-faint"),
    line: value("line"),
    sheet: value("sheet"),
    seal: value("seal-fill"),
    note: value("note"),
    wait: value("wait"),
    good: value("good"),
    sans: getComputedStyle(document.body).fontFamily,
  };
}
