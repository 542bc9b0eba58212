"use strict";

const cores = (value) => (value >= 1 ? value.toFixed(2) : Math.round(value * 1000) + "m");
const bytes = (value) => (value >= 2 ** 30 ? (value / 2 ** 30).toFixed(2) + " GiB" : (value / 2 ** 20).toFixed(0) + " MiB");

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

function draw(box, name, series, words) {
  const heading = document.createElement("h3");
  heading.textContent = title(name, series, words);
  box.append(heading);
  if (series.atSeconds.length === 0) return;
  const ink = getComputedStyle(document.body).color;
  const line = getComputedStyle(document.documentElement).getPropertyValue("--line");
  const constant = (value) => series.atSeconds.map(() => value);
  const data = [series.atSeconds, series.mean, series.max];
  const lines = [
    {},
    { label: "mean of pods", stroke: "#0072b2", value: (_, v) => (v === null ? "" : words(v)) },
    { label: "busiest pod", stroke: "#56b4e9", value: (_, v) => (v === null ? "" : words(v)) },
  ];
  const add = (label, value, stroke, dash) => {
    if (value === null) return;
    data.push(constant(value));
    lines.push({ label, stroke, dash, width: 1.5, value: (_, v) => (v === null ? "" : words(v)) });
  };
  add("request now", series.request, "#d55e00", [6, 3]);
  add("proposed", series.proposed, "#009e73", [6, 3]);
  for (const quantile of series.quantiles) add(`P${Math.round(quantile.probability * 100)}`, quantile.value, "#9a8bc2", [2, 4]);
  const axis = { stroke: ink, grid: { stroke: line }, ticks: { stroke: line } };
  const holder = document.createElement("div");
  box.append(holder);
  new uPlot(
    {
      width: Math.max(260, box.clientWidth),
      height: 220,
      series: lines,
      axes: [axis, { ...axis, size: 70, values: (_, ticks) => ticks.map(words) }],
      scales: { y: { range: (_, low, high) => [0, high * 1.05] } },
    },
    data,
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
  draw(box, "CPU", evidence.cpu, cores);
  draw(box, "Memory", evidence.memory, bytes);
  for (const mark of evidence.marks) {
    const line = document.createElement("p");
    line.className = "risk";
    line.textContent = `${mark.at}: ${mark.what}`;
    box.append(line);
  }
}

const charts = () => document.querySelectorAll("[data-evidence]").forEach(open);
document.addEventListener("DOMContentLoaded", charts);
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
