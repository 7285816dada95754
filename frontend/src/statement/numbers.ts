/** Numbers on axes, in the page's language. */
const language = () => document.documentElement.lang || "en";

export function short(value: number): string {
  return new Intl.NumberFormat(language(), { notation: "compact", maximumFractionDigits: 1 }).format(value);
}

export function money(value: number, currency: string): string {
  if (!currency) return new Intl.NumberFormat(language(), { maximumFractionDigits: 2 }).format(value);
  return new Intl.NumberFormat(language(), { style: "currency", currency }).format(value);
}

export function shortDay(iso: string): string {
  const day = new Date(`${iso}T00:00:00Z`);
  return new Intl.DateTimeFormat(language(), { month: "numeric", day: "numeric", timeZone: "UTC" }).format(day);
}
