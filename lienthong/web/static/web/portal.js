// How a reader wants to read: size of letters and contrast, kept in this browser; printing; everything printed is open.
(function () {
  "use strict";
  const root = document.documentElement;
  const keep = (name, value) => { try { localStorage.setItem(name, value); } catch (_error) { /* private mode */ } };
  const kept = (name) => { try { return localStorage.getItem(name) || ""; } catch (_error) { return ""; } };

  function show() {
    const size = kept("size"), contrast = kept("contrast");
    if (size) root.dataset.size = size; else delete root.dataset.size;
    if (contrast) root.dataset.contrast = contrast; else delete root.dataset.contrast;
    document.querySelectorAll("[data-reader-size]").forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.readerSize === size)));
    document.querySelectorAll("[data-reader-contrast]").forEach((one) => one.setAttribute("aria-pressed", String(contrast === "high")));
  }

  document.addEventListener("click", (event) => {
    const size = event.target.closest("[data-reader-size]");
    if (size) keep("size", size.dataset.readerSize);
    else if (event.target.closest("[data-reader-contrast]")) keep("contrast", kept("contrast") === "high" ? "" : "high");
    else return;
    show();
  });
  window.addEventListener("beforeprint", () => document.querySelectorAll("main details").forEach((one) => { one.open = true; }));
  show();
})();
