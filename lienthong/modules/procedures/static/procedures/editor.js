// Moving and dropping rows without asking the server; everything else of the table is a plain submit.
(function () {
  "use strict";
  const list = document.querySelector("[data-rows]");
  if (!list) return;

  function renumber() {
    Array.from(list.children).forEach((row, place) => {
      row.querySelectorAll("[name^=r]").forEach((one) => { one.name = one.name.replace(/^r\d+-/, "r" + place + "-"); });
      row.querySelectorAll("button[name=do]").forEach((one) => { one.value = one.value.replace(/-\d+$/, "-" + place); });
    });
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    const row = button && button.closest("[data-row]");
    if (!row) return;
    event.preventDefault();
    const how = button.dataset.move;
    let focus = button;
    if (how === "up" && row.previousElementSibling) list.insertBefore(row, row.previousElementSibling);
    else if (how === "down" && row.nextElementSibling) list.insertBefore(row.nextElementSibling, row);
    else if (how === "drop") {
      const near = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      focus = near && near.querySelector("input");
    }
    renumber();
    if (focus) focus.focus();
  });
})();
