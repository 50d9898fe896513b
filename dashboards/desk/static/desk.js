// Keys for whoever clears many cases: every key presses a button or follows a link that stands on the page.
"use strict";
const SETTLING = 800; // milliseconds in which a key that was meant for the case before answers nothing
const opened = Date.now();
let sent = false;
document.addEventListener("submit", (event) => {
  if (sent && event.target.method === "post") event.preventDefault();
  sent = event.target.method === "post";
});
window.addEventListener("pageshow", () => { sent = false; });
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (event.key === "?") {
    const keys = document.getElementById("keys");
    if (keys) keys.showModal();
    return;
  }
  if (/^[0-9]$/.test(event.key) && Date.now() - opened < SETTLING) return;
  const wanted = document.querySelector(`[data-key~="${CSS.escape(event.key)}"]`);
  if (wanted) {
    event.preventDefault();
    wanted.click();
  }
});
// A command is copied by a press; without this it is a text to be selected.
for (const command of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  const press = document.createElement("button");
  press.type = "button";
  press.textContent = "Copy";
  press.addEventListener("click", async () => {
    await navigator.clipboard.writeText(command.textContent);
    press.textContent = "Copied";
  });
  command.after(" ", press);
}
// A file may be dropped anywhere on a form that takes one; without this it is dropped on the field, or chosen.
for (const form of document.querySelectorAll("[data-drop]")) {
  const field = form.querySelector("input[type=file]");
  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  form.addEventListener("dragleave", () => { form.classList.remove("over"); });
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (event.dataTransfer.files.length === 1) field.files = event.dataTransfer.files;
  });
}
