/** What each kind of chart shows; the figures stand in a table beside every one of them. */
import type { EChartsCoreOption } from "echarts/core";
import { money, short, shortDay } from "./numbers";
import type { Tokens } from "./tokens";

export interface Curve {
  points: [number, number][];
  thresholds: number[];
  supposed: number;
  currency: string;
}

export interface Daily {
  days: string[];
  values: number[];
  earlier: number[];
  running: number[];
  thresholds: number[];
  currency: string;
}

type Labels = DOMStringMap;

const shared = (t: Tokens) => ({
  animation: false,
  textStyle: { fontFamily: t.sans, color: t.soft },
  tooltip: {
    renderMode: "richText" as const,
    backgroundColor: t.ink,
    borderWidth: 0,
    textStyle: { color: t.sheet, fontFamily: t.sans, fontSize: 13 },
    confine: true,
  },
});

const axis = (t: Tokens) => ({
  axisLine: { lineStyle: { color: t.line } },
  axisTick: { show: false },
  axisLabel: { color: t.faint, hideOverlap: true },
  splitLine: { lineStyle: { color: t.line } },
  nameTextStyle: { color: t.faint },
});

const mark = (t: Tokens, colour: string) => ({
  silent: true,
  symbol: "none",
  lineStyle: { color: colour, type: "dashed" as const },
  label: { color: colour, fontFamily: t.sans, position: "insideEndTop" as const },
});

export function curve(values: Curve, labels: Labels, t: Tokens): EChartsCoreOption {
  const marks = [
    ...values.thresholds.map((at) => ({ xAxis: at, name: labels.labelThreshold, lineStyle: { color: t.wait }, label: { color: t.wait } })),
    { xAxis: values.supposed, name: labels.labelSupposed, lineStyle: { color: t.seal }, label: { color: t.seal, position: "insideStartTop" } },
  ];
  return {
    ...shared(t),
    grid: { left: 8, right: 16, top: 36, bottom: 32, containLabel: true },
    xAxis: { type: "value", max: "dataMax", name: labels.labelX, nameLocation: "middle", nameGap: 26, ...axis(t), axisLabel: { ...axis(t).axisLabel, formatter: short }, splitLine: { show: false } },
    yAxis: { type: "value", ...axis(t), axisLabel: { ...axis(t).axisLabel, formatter: (own: number) => short(own) } },
    tooltip: { ...shared(t).tooltip, trigger: "axis", formatter: (own: unknown) => curveTip(own, labels, values.currency) },
    series: [
      {
        type: "line",
        showSymbol: false,
        data: values.points,
        lineStyle: { color: t.ink, width: 2 },
        itemStyle: { color: t.ink },
        areaStyle: { color: t.ink, opacity: 0.06 },
        markLine: { ...mark(t, t.wait), label: { ...mark(t, t.wait).label, formatter: "{b}" }, data: marks },
      },
    ],
  };
}

function curveTip(own: unknown, labels: Labels, currency: string): string {
  const [point] = own as { value: [number, number] }[];
  return point ? `${labels.labelX} ${short(point.value[0])}\n${money(point.value[1], currency)}` : "";
}

export function daily(values: Daily, labels: Labels, t: Tokens): EChartsCoreOption {
  const format = (own: number) => money(own, values.currency);
  const top = Math.max(0, ...values.running);
  const thresholds = values.thresholds.filter((at) => at <= top);
  const isCorrection = values.earlier.length > 0;
  const added = values.values.map((own, index) => own - (values.earlier[index] ?? 0));
  const bars = isCorrection
    ? [
        { name: labels.labelEarlier, type: "bar", stack: "day", data: values.earlier, itemStyle: { color: t.line } },
        { name: labels.labelBars, type: "bar", stack: "day", data: added, itemStyle: { color: t.wait } },
      ]
    : [{ name: labels.labelBars, type: "bar", data: values.values, itemStyle: { color: t.note }, barMaxWidth: 28 }];
  return {
    ...shared(t),
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 8, textStyle: { color: t.soft, fontFamily: t.sans } },
    grid: { left: 8, right: 8, top: 44, bottom: 8, containLabel: true },
    xAxis: { type: "category", data: values.days.map(shortDay), ...axis(t), splitLine: { show: false } },
    yAxis: [
      { type: "value", ...axis(t), axisLabel: { ...axis(t).axisLabel, formatter: short } },
      { type: "value", ...axis(t), axisLabel: { ...axis(t).axisLabel, formatter: short }, splitLine: { show: false } },
    ],
    tooltip: { ...shared(t).tooltip, trigger: "axis", valueFormatter: (own: unknown) => `${format(Number(own))}${values.currency ? "" : ` ${labels.labelUnit}`}` },
    series: [
      ...bars,
      {
        name: labels.labelRunning,
        type: "line",
        yAxisIndex: 1,
        data: values.running,
        showSymbol: false,
        lineStyle: { color: t.seal, width: 2 },
        itemStyle: { color: t.seal },
        markLine: {
          ...mark(t, t.faint),
          data: thresholds.map((at) => ({ yAxis: at, name: labels.labelThreshold })),
          label: { ...mark(t, t.faint).label, formatter: "{b}" },
        },
      },
    ],
  };
}
