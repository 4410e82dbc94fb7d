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
