"use strict";

const HOUR = 3600;
const SHOWN_BEHIND = 72 * HOUR;
const plain = (unit) => (value) => (value === null ? "no sample" : `${Number(value.toPrecision(3))} ${unit}`);
const dollars = (value) => (value === null ? "no sample" : `$${value.toFixed(2)}/h`);
const words = (series) => ({ cpu: cores, memory: bytes, spend: dollars })[series.resource] ?? plain(series.unit);
const KINDS = { cpu: "CPU", memory: "memory", request_rate: "requests", queue_length: "queue", replicas: "replicas", spend: "spend" };
const nameOf = (series) => [series.container || series.trigger, KINDS[series.resource] ?? series.resource].filter(Boolean).join(": ");
const seconds = (moment) => Date.parse(moment) / 1000;

/** The answer first, then how far it can be trusted. */
function forecastTitle(series) {
  const nextHour = series.ahead.find((ahead) => ahead.horizonSeconds === HOUR);
  return `${nameOf(series)} stays below ${words(series)(nextHour.maximum.p95)} in the next hour, 19 times in 20`;
}

/** What the members would need one by one, beside what they need together. */
function saved(series) {
  const day = series.pooling?.p95.find((joint) => joint.horizonSeconds === 24 * HOUR);
  if (!day || day.membersMaximum === 0) return [];
  const say = words(series);
  const share = Math.round((1 - day.maximum / day.membersMaximum) * 100);
  const verdict = share < 0 ? `${-share} % more` : `${share} % less`;
  return [`P95 of the next day's maximum is ${say(day.maximum)}; those of its ${series.pooling.members} members add up to ${say(day.membersMaximum)}: together they need ${verdict}.`];
}

function trust(series) {
  const { hours, coverage, mase, betterThanNaive } = series.accuracy;
  if (hours === 0) return "No forecast of it was judged yet.";
  return (
    `Of the last ${hours} hours P95 covered ${(coverage * 100).toFixed(1)} %; its error is ${mase.toFixed(2)} times that of repeating the day before` +
    (betterThanNaive ? "." : ": no better than a plain rule.")
  );
}

/** Columns over one time axis: what was used, what was said of it, and what is to come. */
function columns(series) {
  const from = seconds(series.at) - SHOWN_BEHIND;
  const past = new Map(series.past.map((said) => [seconds(said.at), said]));
  const rows = series.history.atSeconds
    .map((at, i) => ({ at, max: series.history.max[i], said: past.get(at) }))
    .filter((row) => row.at >= from);
  const known = new Set(rows.map((row) => row.at));
  for (const [at, said] of past) if (!known.has(at)) rows.push({ at, max: null, said });
  for (const ahead of series.ahead) if (ahead.horizonSeconds >= HOUR / 4) rows.push({ at: seconds(ahead.at), max: null, ahead: ahead.value });
  rows.sort((one, other) => one.at - other.at);
  return rows;
}

const FAN = [
  { name: "highest minute of each hour", stroke: "#0072b2", of: (row) => row.max },
  { name: "its P95, said before", stroke: "#cc79a7", dash: [2, 4], of: (row) => row.said?.p95 },
  { name: "its P50, said before", stroke: "#8f5a7a", dash: [6, 4], of: (row) => row.said?.p50 },
  { name: "to come: P95", stroke: "#d55e00", of: (row) => row.ahead?.p95 },
  { name: "P80", stroke: "#e69f00", dash: [4, 2], of: (row) => row.ahead?.p80 },
  { name: "P50", stroke: "#009e73", of: (row) => row.ahead?.p50 },
];

function drawForecast(box, series) {
  const say = words(series);
  const heading = document.createElement("h3");
  heading.textContent = forecastTitle(series);
  const rows = columns(series);
  const holder = document.createElement("div");
  const readout = Object.assign(document.createElement("p"), { className: "dim readout" });
  const read = (plot) => {
    const row = rows[plot.cursor.idx ?? -1];
    const known = row ? FAN.filter(({ of }) => of(row) !== null && of(row) !== undefined).map(({ name, of }) => `${name} ${say(of(row))}`) : [];
    readout.textContent = row ? `${MOMENT.format(row.at * 1000)}: ${known.join(", ")}` : "Point at the chart to read a moment (UTC).";
  };
  box.append(heading, Object.assign(document.createElement("p"), { className: "dim", textContent: trust(series) }));
  for (const textContent of saved(series)) box.append(Object.assign(document.createElement("p"), { textContent }));
  if (series.leak) {
    const leak = `It has grown by ${(series.leak.sharePerHour * 100).toFixed(2)} % an hour for ${series.leak.hours} hours and was not given back: this looks like a leak.`;
    box.append(Object.assign(document.createElement("p"), { className: "risk", textContent: leak }));
  }
  box.append(legend(FAN), holder, readout);
  const css = getComputedStyle(document.documentElement);
  const grid = css.getPropertyValue("--line");
  const axis = { stroke: getComputedStyle(document.body).color, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
  new uPlot(
    {
      width: Math.max(240, box.clientWidth),
      height: 220,
      legend: { show: false },
      series: [{}, ...FAN.map(({ stroke, dash }) => ({ stroke, dash, width: 1.5, spanGaps: false, points: { show: false } }))],
      axes: [
        { ...axis, space: 60, incrs: [86400, 2 * 86400, 7 * 86400], values: (_, ticks) => ticks.map((at) => DAY.format(at * 1000)) },
        { ...axis, size: 92, values: (_, ticks) => ticks.map(say) },
      ],
      tzDate: (at) => uPlot.tzDate(new Date(at * 1000), "Etc/UTC"),
      scales: { y: { range: (_, low, high) => [0, (high || 1) * 1.05] } },
      hooks: { setCursor: [read], draw: [(plot) => drawMarks(plot, [{ at: series.at }])] },
    },
    [rows.map((row) => row.at), ...FAN.map(({ of }) => rows.map((row) => of(row) ?? null))],
    holder,
  );
  box.append(forecastTable(rows, say));
}

function forecastTable(rows, say) {
  const details = document.createElement("details");
  const table = document.createElement("table");
  table.insertRow().append(...["time (UTC)", ...FAN.map(({ name }) => name)].map((text) => Object.assign(document.createElement("th"), { textContent: text })));
  for (const row of rows) {
    const cells = table.insertRow();
    cells.insertCell().textContent = new Date(row.at * 1000).toISOString();
    for (const { of } of FAN) cells.insertCell().textContent = of(row) === null || of(row) === undefined ? "" : say(of(row));
  }
  details.append(Object.assign(document.createElement("summary"), { textContent: "the numbers" }), table);
  return details;
}

async function drawForecasts(slot) {
  const answer = await fetch(slot.dataset.forecast);
  const series = answer.ok ? (await answer.json()).series : [];
  if (series.length === 0) {
    slot.append(Object.assign(document.createElement("p"), { className: "dim", textContent: answer.ok ? "No sample of it has come yet." : "The forecast cannot be read now; the status page says why." }));
    return;
  }
  // All places first: a chart is as wide as what it shares its row with leaves it.
  const places = series.map(() => place(slot));
  series.forEach((one, i) => drawForecast(places[i], one));
}

window.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-forecast]").forEach(drawForecasts));
