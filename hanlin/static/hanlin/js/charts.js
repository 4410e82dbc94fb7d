// Figures: ECharts in our colours. The option is JSON beside the place; a colour may be named by its token ("--hl-s2").
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const drawn = new Map();

function theme() {
  const label = { color: token("--hl-ink"), fontSize: 13 };
  const line = { lineStyle: { color: token("--hl-line-2") } };
  return {
    color: ["--hl-qing", "--hl-zhe", "--hl-lv", "--hl-mo"].map(token),
    textStyle: { fontFamily: token("--hl-sans"), color: token("--hl-ink-2"), fontSize: 13 },
    legend: { textStyle: { color: token("--hl-ink-2"), fontSize: 12 }, itemWidth: 12, itemHeight: 12 },
    categoryAxis: { axisLine: line, axisTick: { show: false }, axisLabel: label, splitLine: { show: false } },
    valueAxis: { axisLine: { show: false }, axisTick: { show: false }, axisLabel: label, splitLine: { show: false } },
    radar: { axisName: { ...label, fontWeight: 600 }, splitArea: { show: false }, splitLine: { lineStyle: { color: token("--hl-line") } }, axisLine: { lineStyle: { color: token("--hl-line") } } },
    bar: { label: { color: token("--hl-ink") } },
    animation: false,
  };
}

function coloured(value) {
  if (typeof value === "string") return value.startsWith("--hl-") ? token(value) : value;
  if (Array.isArray(value)) return value.map(coloured);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, coloured(part)]));
  return value;
}

function draw(place) {
  const source = document.getElementById(place.dataset.chart);
  if (!source || !window.echarts) return;
  drawn.get(place)?.dispose();
  const figure = window.echarts.init(place, "hanlin", { renderer: "svg" });
  figure.setOption({ animation: false, ...coloured(JSON.parse(source.textContent)) });
  drawn.set(place, figure);
}

function drawAll() {
  window.echarts.registerTheme("hanlin", theme());
  document.querySelectorAll("[data-chart]").forEach(draw);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-table-toggle]");
  if (!button) return;
  const table = document.getElementById(button.getAttribute("aria-controls"));
  table.hidden = !table.hidden;
  button.setAttribute("aria-expanded", String(!table.hidden));
});

drawAll();
addEventListener("resize", () => drawn.forEach((figure) => figure.resize()));
addEventListener("beforeprint", () => drawn.forEach((figure) => figure.resize()));
new MutationObserver(drawAll).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme", "data-mode"] });
document.addEventListener("htmx:afterSwap", (event) => event.detail.target.querySelector?.("[data-chart]") && drawAll());
