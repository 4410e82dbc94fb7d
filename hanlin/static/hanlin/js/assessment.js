// The rubric: a low choice asks for its reason right below; items are added by cloning the page's own <template>.
const form = document.querySelector("form[data-reason-at]");
const limit = Number(form?.dataset.reasonAt ?? 0);

form?.addEventListener("change", (event) => {
  const name = event.target.name ?? "";
  if (!name.startsWith("r_")) return;
  const why = form.querySelector(`[data-why="${CSS.escape(name.slice(2))}"]`);
  if (why) why.hidden = Number(event.target.value) > limit;
});

for (const button of document.querySelectorAll("[data-add-item]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const place = button.parentElement;
    const row = place.querySelector("template[data-item]").content.cloneNode(true);
    const list = place.querySelector("[data-items]");
    list.append(row);
    list.lastElementChild.querySelector("textarea").focus();
  });
}
