/** Draws a chart when it has a size, and again when its size or the theme changes. */
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { type ECharts, type EChartsCoreOption, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { curve, daily } from "./options";
import { readTokens, type Tokens } from "./tokens";
import { readValues } from "./values";

use([BarChart, LineChart, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

type Draw = (values: never, labels: DOMStringMap, tokens: Tokens) => EChartsCoreOption;

const KINDS: Record<string, Draw> = { curve, daily };

export function watchChart(place: HTMLElement): void {
  const draw = KINDS[place.dataset.chart ?? ""];
  if (!draw) return;
  let chart: ECharts | undefined;
  const show = () => {
    const values = readValues<never>(place.dataset.values ?? "{}");
    chart?.setOption(draw(values, place.dataset, readTokens()), { notMerge: true });
  };
  new ResizeObserver(() => {
    if (!place.isConnected || place.clientWidth === 0) return;
    if (chart) {
      chart.resize();
      return;
    }
    chart = init(place);
    show();
  }).observe(place);
  document.addEventListener("duanju:theme", show);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
}
