// Comforts on top of pages that work without any of this: keys in lists, filters as you type, counts, dialogs.
(function () {
  "use strict";

  const ROWS = ".task, table.reg tbody tr:not(.grp), table.sent tbody tr:not(.grp)";
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));

  const fold = (text) =>
    text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/đ/g, "d").replace(/[^a-z0-9]+/g, " ").trim();

  const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

  // ---- moving through a list
  const rows = () => all(ROWS).filter((row) => row.getClientRects().length > 0);

  function move(step) {
    const list = rows();
    if (!list.length) return;
    const at = list.findIndex((row) => row.hasAttribute("aria-current"));
    const next = list[Math.min(Math.max(at + step, 0), list.length - 1)];
    list.forEach((row) => row.removeAttribute("aria-current"));
    next.setAttribute("aria-current", "true");
    next.scrollIntoView({ block: "nearest" });
    const focus = next.matches("a[href]") ? next : next.querySelector("a[href], input");
    if (focus) focus.focus({ preventScroll: true });
  }

  function open() {
    const row = document.querySelector(":is(" + ROWS + ")[aria-current]");
    const link = row && (row.matches("a[href]") ? row : row.querySelector("a[href]"));
    if (link) link.click();
    return Boolean(link);
  }

  function press(attribute, key) {
    const target = all("[" + attribute + '="' + CSS.escape(key) + '"]').find((one) => one.getClientRects().length > 0);
    if (!target) return false;
    if (target.matches("input, textarea")) target.focus();
    else target.click();
    return true;
  }

  let going = 0; // when `g` was pressed: the next key within a second and a half says where to

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") return close(event);
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    if (going && Date.now() - going < 1500) {
      going = 0;
      if (press("data-go", key)) event.preventDefault();
      return;
    }
    let done = true;
    if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key === "/") done = press("data-key", "/");
    else if (event.key === "?") show("keys");
    else if (key === "g") going = Date.now();
    else if (key === "enter") done = event.target === document.body && open();
    else done = /^[a-z]$/.test(key) && press("data-key", key);
    if (done) event.preventDefault();
  });

  // ---- menus and dialogs
  function close() {
    all("details.menu[open]").forEach((menu) => {
      menu.open = false;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    });
    if (typing(document.activeElement)) document.activeElement.blur();
  }

  function show(id) {
    const dialog = document.getElementById(id);
    if (dialog && dialog.showModal) dialog.showModal();
    return Boolean(dialog);
  }

  document.addEventListener("click", (event) => {
    all("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    const opener = event.target.closest("[data-dialog]");
    if (opener && show(opener.dataset.dialog)) event.preventDefault();
    const dialog = event.target.closest("dialog");
    if (dialog && (event.target === dialog || event.target.closest("[data-close]"))) dialog.close();
    if (event.target.closest("[data-print]")) window.print();
  });

  // ---- lists of boxes: [data-filter-list] holds an input[data-filter] and items; groups are checked and counted by name
  function filter(input) {
    const within = input.closest("[data-filter-list]");
    if (!within) return;
    const wanted = fold(input.value).split(" ").filter(Boolean);
    const chosen = (item) => all("input:checked, select", item).some((one) => one.matches("input") || one.value);
    all("[data-filter-item]", within).forEach((item) => {
      const text = fold(item.dataset.filterItem || all("th, label, span", item)[0]?.textContent || item.textContent);
      item.hidden = !wanted.every((word) => text.includes(word)) && !chosen(item);
    });
    all("[data-filter-group], details", within).forEach((group) => {
      const inside = all("[data-filter-item]", group);
      group.hidden = inside.length > 0 && inside.every((item) => item.hidden);
      if (wanted.length && !group.hidden && group.matches("details")) group.open = true;
    });
  }

  // The boxes that a master box rules: those of one name, in its group or, for data-check-all, in its form.
  function boxesOf(master) {
    if (master.dataset.checkAll) return all('input[name="' + CSS.escape(master.dataset.checkAll) + '"]:not(:disabled)', master.form);
    const group = document.querySelector('[data-group="' + CSS.escape(master.dataset.checkGroup) + '"]');
    const boxes = group ? all("input[type=checkbox]:not(:disabled)", group) : [];
    const name = master.dataset.checkName || boxes[0]?.name;
    return boxes.filter((box) => box.name === name);
  }

  const MASTERS = "[data-check-all], [data-check-group]";

  function count() {
    all("[data-count-of]").forEach((place) => {
      const within = place.closest("form") || document;
      place.textContent = String(all('input[name="' + CSS.escape(place.dataset.countOf) + '"]:checked', within).length);
    });
    all(MASTERS).forEach((master) => {
      const boxes = boxesOf(master);
      const chosen = boxes.filter((box) => box.checked).length;
      master.checked = chosen > 0 && chosen === boxes.length;
      master.indeterminate = chosen > 0 && chosen < boxes.length;
    });
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-filter]")) filter(event.target);
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches(MASTERS)) {
      const on = event.target.checked;
      boxesOf(event.target).filter((box) => !box.closest("[hidden]")).forEach((box) => { box.checked = on; });
    }
    if (event.target.matches('.receivers input[name="to"], .receivers input[name="inform"]') && event.target.checked) {
      const other = event.target.name === "to" ? "inform" : "to"; // a receiver acts or is informed, never both
      all('input[name="' + other + '"]', event.target.closest("tr")).forEach((box) => { box.checked = false; });
    }
    if (event.target.matches("input[type=checkbox], input[type=radio]")) count();
    if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
  });

  // Enter in a filter box must not send the form that it stands in.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input[data-filter]")) event.preventDefault();
  });

  // ---- a form is sent once, however often its button is pressed
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    all("button:not([type=button])", form).forEach((button) => button.setAttribute("aria-busy", "true"));
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) all("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
    count();
  });

  // ---- after a refusal, stand where the reasons are
  const errors = document.querySelector(".errors");
  if (errors) errors.focus();
})();
