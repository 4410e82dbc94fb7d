// Menus are <details>; this closes them on Escape, on a click elsewhere, and when focus leaves.
const open = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("focusout", (event) => {
  const menu = event.target.closest?.("details[data-menu][open]");
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
});
// On a narrow page the current place of the navigation is brought into view.
document.querySelector(".hl-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
// What narrows a list starts folded on a phone, so that the list itself is in the first screen.
if (matchMedia("(max-width: 900px)").matches) document.querySelectorAll("details[data-fold]").forEach((fold) => (fold.open = false));
