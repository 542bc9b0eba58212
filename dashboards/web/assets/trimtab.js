"use strict";

const cores = (value) => (value === null ? "no sample" : value >= 1 ? value.toFixed(2) : Math.round(value * 1000) + "m");
const bytes = (value) => (value === null ? "no sample" : value >= 2 ** 30 ? (value / 2 ** 30).toFixed(2) + " GiB" : (value / 2 ** 20).toFixed(0) + " MiB");

/** The answer that a chart gives, as its title. */
function title(name, series, words) {
  const p90 = series.quantiles.find((quantile) => quantile.probability === 0.9);
  if (!p90) return `${name}: no usage seen yet`;
  if (series.request === null) return `No ${name} request; P90 needs ${words(p90.value)}`;
  const ratio = series.request / p90.value;
  return ratio >= 1
    ? `${name} request is ${ratio.toFixed(1)}x what P90 needs`
    : `${name} request covers ${Math.round(ratio * 100)} % of what P90 needs`;
}

const DAY = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short" });
const MOMENT = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** What is drawn: each line named, with its value where it has but one. Colours are Okabe and Ito's. */
function lines(series, words) {
  const found = [
    { name: "mean of pods", values: series.mean, stroke: "#0072b2" },
    { name: "busiest pod", values: series.max, stroke: "#56b4e9" },
  ];
  const constant = (name, value, stroke, dash) => {
    if (value !== null) found.push({ name: `${name} ${words(value)}`, values: series.atSeconds.map(() => value), stroke, dash });
  };
  constant("request now", series.request, "#d55e00", [8, 4]);
  constant("proposed", series.proposed, "#009e73", [8, 4]);
  for (const quantile of series.quantiles) constant(`forecast P${Math.round(quantile.probability * 100)}`, quantile.value, "#cc79a7", [2, 4]);
  return found;
}

function legend(drawn) {
  const list = document.createElement("ul");
  list.className = "keys";
  for (const { name, stroke, dash } of drawn) {
    const sample = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    sample.setAttribute("viewBox", "0 0 22 10");
    sample.setAttribute("aria-hidden", "true");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
    for (const [key, value] of Object.entries({ x1: 0, x2: 22, y1: 5, y2: 5, stroke, "stroke-dasharray": (dash ?? []).join(" ") })) line.setAttribute(key, value);
    sample.append(line);
    const item = document.createElement("li");
    item.append(sample, " " + name);
    list.append(item);
  }
  return list;
}

/** Marks of the evidence, such as OOM kills, as upright lines. */
function drawMarks(plot, marks) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = getComputedStyle(document.documentElement).getPropertyValue("--risk");
  for (const mark of marks) {
    const x = plot.valToPos(Date.parse(mark.at) / 1000, "x", true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

/** The place of a chart. All are made before the first is drawn, which takes the width that it then has. */
function place(parent) {
  const box = document.createElement("div");
  box.className = "chart";
  parent.append(box);
  return box;
}

function draw(box, name, series, marks, words) {
  const heading = document.createElement("h3");
  heading.textContent = title(name, series, words);
  box.append(heading);
  if (series.atSeconds.length === 0) return;
  const ink = getComputedStyle(document.body).color;
  const grid = getComputedStyle(document.documentElement).getPropertyValue("--line");
  const drawn = lines(series, words);
  const holder = document.createElement("div");
  const readout = document.createElement("p");
  readout.className = "dim readout";
  const read = (plot) => {
    const i = plot.cursor.idx;
    readout.textContent =
      i === null || i === undefined
        ? "Point at the chart to read a moment (UTC)."
        : `${MOMENT.format(series.atSeconds[i] * 1000)}: mean ${words(series.mean[i])}, busiest ${words(series.max[i])}`;
  };
  box.append(legend(drawn), holder, readout);
  const axis = { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
  new uPlot(
    {
      width: Math.max(240, box.clientWidth),
      height: 220,
      legend: { show: false },
      series: [{}, ...drawn.map(({ stroke, dash }) => ({ stroke, dash, width: 1.5, points: { show: false } }))],
      axes: [
        { ...axis, space: 60, incrs: [86400, 2 * 86400, 7 * 86400], values: (_, ticks) => ticks.map((at) => DAY.format(at * 1000)) },
        { ...axis, size: 74, values: (_, ticks) => ticks.map(words) },
      ],
      tzDate: (at) => uPlot.tzDate(new Date(at * 1000), "Etc/UTC"),
      scales: { y: { range: (_, low, high) => [0, high * 1.05] } },
      hooks: { setCursor: [read], draw: [(plot) => drawMarks(plot, marks)] },
    },
    [series.atSeconds, ...drawn.map(({ values }) => values)],
    holder,
  );
  box.append(table(series, words));
}

/** The numbers behind a chart, for screen readers and copying. */
function table(series, words) {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = "the numbers";
  const rows = document.createElement("table");
  rows.insertRow().append(...["time (UTC)", "mean of pods", "busiest pod"].map((text) => Object.assign(document.createElement("th"), { textContent: text })));
  series.atSeconds.forEach((at, i) => {
    const row = rows.insertRow();
    for (const text of [new Date(at * 1000).toISOString(), words(series.mean[i]), words(series.max[i])]) row.insertCell().textContent = text;
  });
  details.append(summary, rows);
  return details;
}

async function open(box) {
  if (box.dataset.drawn) return;
  box.dataset.drawn = "yes";
  const id = box.dataset.evidence.split("/").map(encodeURIComponent).join("/");
  const answer = await fetch("/api/v1/recommendations/" + id);
  if (!answer.ok) {
    box.textContent = "The samples cannot be read now; the status page says why.";
    return;
  }
  const evidence = await answer.json();
  const [cpu, memory] = [place(box), place(box)];
  draw(cpu, "CPU", evidence.cpu, evidence.marks, cores);
  draw(memory, "Memory", evidence.memory, evidence.marks, bytes);
  for (const mark of evidence.marks) {
    const line = document.createElement("p");
    line.className = "risk";
    line.textContent = `${mark.at}: ${mark.what}`;
    box.append(line);
  }
}

/** A row that is open closes when it is chosen again. */
document.addEventListener("htmx:beforeRequest", (event) => {
  const slot = event.detail.target;
  if (!slot.classList.contains("slot") || !slot.querySelector(".evidence")) return;
  event.preventDefault();
  slot.replaceChildren();
});

const charts = () => document.querySelectorAll("[data-evidence]").forEach(open);
document.addEventListener("DOMContentLoaded", () => {
  charts();
  document.querySelector(".slot .evidence")?.closest("tbody").scrollIntoView();
});
document.addEventListener("htmx:afterSettle", charts);

let at = -1;
document.addEventListener("keydown", (event) => {
  if (event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey) return;
  const rows = [...document.querySelectorAll("tr[data-row]")];
  const help = document.getElementById("help");
  if (event.key === "/") {
    const search = document.querySelector("input[type=search]");
    if (search) { event.preventDefault(); search.focus(); }
  } else if (event.key === "?" && help) {
    help.open ? help.close() : help.showModal();
  } else if ((event.key === "j" || event.key === "k") && rows.length > 0) {
    rows[at]?.classList.remove("at");
    at = Math.min(rows.length - 1, Math.max(0, at + (event.key === "j" ? 1 : -1)));
    rows[at].classList.add("at");
    rows[at].scrollIntoView({ block: "nearest" });
  } else if (event.key === "Enter" && rows[at]) {
    rows[at].querySelector("a")?.click();
  }
});
