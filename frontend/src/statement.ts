/** Pages of policies, deals and statements: draws their charts, and loads what draws only then. */
import "../styles/statement.css";

const drawn = new WeakSet<Element>();

async function drawCharts(root: ParentNode): Promise<void> {
  const waiting = [...root.querySelectorAll<HTMLElement>("[data-chart]")].filter((own) => !drawn.has(own));
  if (waiting.length === 0) return;
  for (const own of waiting) drawn.add(own);
  const { watchChart } = await import("./statement/charts");
  for (const own of waiting) watchChart(own);
}

void drawCharts(document);
document.addEventListener("htmx:afterSwap", () => void drawCharts(document));
