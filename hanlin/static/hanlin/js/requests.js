// htmx: the token of the form, network failures in words, focus on what was refused.
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
const offline = () => document.querySelector("[data-offline]");

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = decodeURIComponent(token());
});

function network(up) {
  const line = offline();
  if (line) line.hidden = up;
}
addEventListener("online", () => network(true));
addEventListener("offline", () => network(false));
document.addEventListener("htmx:sendError", () => network(false));
document.addEventListener("htmx:afterRequest", (event) => event.detail.successful && network(true));

// A whole error page would be swapped into a corner: show it as a page instead.
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  if (status === 401 || status === 403 || status === 404) location.reload();
});

export function say(words) {
  const place = document.querySelector("[data-live]");
  if (place) place.textContent = words;
}

function focusErrors(root) {
  root.querySelector?.("[data-focus]")?.focus();
}
document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.detail.target));
focusErrors(document);
