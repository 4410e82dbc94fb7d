// "/" comes back to the box, the arrows walk through the finds.
const box = document.querySelector("[data-search-box]");
const links = () => [...document.querySelectorAll("[data-search-finds] a.t")];

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    box.focus();
    box.select();
    return;
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const all = links();
  const place = all.indexOf(document.activeElement);
  if (!all.length || (place < 0 && event.target !== box)) return;
  event.preventDefault();
  const next = place + (event.key === "ArrowDown" ? 1 : -1);
  (next < 0 ? box : all[Math.min(next, all.length - 1)]).focus();
});
