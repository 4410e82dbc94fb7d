// <form data-confirm="What will happen" data-confirm-yes="Do it"> (or a button of a form): ask once, in words.
const dialog = document.querySelector("[data-dialog]");
let waiting = null;

document.addEventListener("submit", (event) => {
  const asks = event.submitter?.dataset.confirm ? event.submitter : event.target;
  if (!dialog || !asks.dataset.confirm || event.target === waiting || dialog.contains(event.target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  dialog.querySelector("h2").textContent = asks.dataset.confirm;
  dialog.querySelector("p").textContent = asks.dataset.confirmMore ?? "";
  dialog.querySelector("[data-yes]").textContent = asks.dataset.confirmYes ?? event.submitter?.textContent.trim();
  dialog.returnValue = "no";
  dialog.onclose = () => {
    if (dialog.returnValue !== "yes") return;
    waiting = event.target;
    event.target.requestSubmit(event.submitter);
    waiting = null;
  };
  dialog.showModal();
}, true);

// A second click does not send a form twice.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method === "dialog") return;
  if (event.target.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (event.target.method === "post" && !event.target.matches("[hx-post], [data-autosave]")) {
    event.target.dataset.sent = "1";
    setTimeout(() => delete event.target.dataset.sent, 4000);
  }
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
