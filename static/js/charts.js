/* Draws the bars of core/ui/charts.py. The table under each chart has the same figures, so the drawing is
   hidden from screen readers. Colours follow the tones of states. */

const TONES = {
  exceeded: "#4fa573", met: "#b5e0c4", failed: "#f2a76b", late: "#f2a76b", not_sent: "#e9e7e2", draft: "#d6d2cc",
  approved: "#1b7a43", waiting: "#6b9ad8", returned: "#e0a040", locked: "#8a6bbd", plain: "#57534e",
};
const DARK = new Set(["approved", "plain", "locked"]);
const INK = "#1c1917";
const QUIET = "#57534e";
const FONT = '"House Figures", "Be Vietnam Pro", sans-serif';
const ROW = 48;

/** Break a long label after about `most` letters, at blanks. */
function broken(label, most = 14) {
  const lines = [""];
  for (const word of label.split(" ")) {
    const line = lines.at(-1);
    if (line && line.length + word.length >= most) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines;
}

/** Writes each figure into its bar, or behind it where the bar is too short and nothing follows. */
const figures = {
  id: "figures",
  afterDatasetsDraw(chart, _args, { data }) {
    const { ctx } = chart;
    ctx.save();
    ctx.font = `600 12px ${FONT}`;
    ctx.textBaseline = "middle";
    data.series.forEach((series, i) => {
      chart.getDatasetMeta(i).data.forEach((bar, row) => {
        if (!series.values[row]) return;
        const { x, y, base } = bar.getProps(["x", "y", "base"], true);
        const words = series.words[row];
        const room = Math.abs(x - base) - 6;
        const inside = ctx.measureText(words).width <= room;
        if (!inside && data.stacked) return;
        ctx.textAlign = inside ? "center" : "left";
        ctx.fillStyle = inside && DARK.has(series.tone) ? "#fff" : INK;
        ctx.fillText(words, inside ? (x + base) / 2 : x + 5, y + 1);
      });
    });
    ctx.restore();
  },
};

function draw(figure) {
  const data = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  const box = figure.querySelector(".chart-box");
  const bars = data.stacked ? 1 : data.series.length;
  box.style.height = `${data.labels.length * (data.stacked ? ROW : Math.max(ROW, bars * 20 + 10)) + 34}px`;
  new window.Chart(box.querySelector("canvas"), {
    type: "bar",
    plugins: [figures],
    data: {
      labels: data.labels.map((label) => broken(label)),
      datasets: data.series.map((series) => ({
        label: series.label, data: series.values, backgroundColor: TONES[series.tone] ?? TONES.plain,
        borderRadius: 3, barPercentage: data.stacked ? 0.62 : 0.86, borderWidth: data.stacked ? { right: 2 } : 0,
        borderColor: "#fff", borderSkipped: false,
      })),
    },
    options: {
      indexAxis: "y", responsive: true, maintainAspectRatio: false, animation: false, events: [],
      layout: { padding: { right: data.stacked ? 4 : 44 } },
      plugins: { legend: { display: false }, tooltip: { enabled: false }, figures: { data } },
      scales: {
        x: { stacked: data.stacked, beginAtZero: true, grid: { color: "#eeece8" }, border: { display: false },
          ticks: { color: QUIET, maxTicksLimit: 5, precision: 0,
            callback: (value) => `${String(value).replace(".", ",")}${data.suffix}` } },
        y: { stacked: data.stacked, grid: { display: false }, border: { display: false },
          ticks: { color: INK, autoSkip: false } },
      },
    },
  });
}

document.fonts.ready.then(() => {
  window.Chart.defaults.font.family = FONT; // canvas text does not inherit the page's typeface
  window.Chart.defaults.font.size = 12;
  for (const figure of document.querySelectorAll("[data-chart]")) draw(figure);
});
