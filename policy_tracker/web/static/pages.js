// What pages do beyond links and forms. Every page is whole without it.
(() => {
  "use strict";
  const typing = (target) => target instanceof Element && target.closest("input, select, textarea, [contenteditable]");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  // j and k move between changes; only visible ones count.
  const changes = () => [...document.querySelectorAll(".change")].filter((card) => card.offsetParent !== null);
  const move = (step) => {
    const cards = changes();
    if (!cards.length) return;
    const here = cards.findIndex((card) => card.classList.contains("here"));
    const next = here < 0 ? (step > 0 ? 0 : cards.length - 1) : Math.min(cards.length - 1, Math.max(0, here + step));
    cards.forEach((card, place) => card.classList.toggle("here", place === next));
    cards[next].focus({ preventScroll: true });
    cards[next].scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
  };
  document.querySelectorAll("[data-keys]").forEach((hint) => { hint.hidden = false; });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "/") {
      const find = document.querySelector("[data-find]");
      if (find) { event.preventDefault(); find.focus(); find.select(); }
    }
  });

  // Side by side or inline, without loading the page again; the address keeps the choice.
  const show = (layout) => {
    document.querySelectorAll("[data-view]").forEach((part) => { part.dataset.view = layout; });
    document.querySelectorAll("[data-layout]").forEach((link) => {
      if (link.dataset.layout === layout) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    });
  };
  document.querySelectorAll("[data-layouts]").forEach((bar) => bar.addEventListener("click", (event) => {
    const link = event.target.closest("[data-layout]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link.dataset.layout);
    const address = new URL(location.href);
    if (link.dataset.layout === "inline") address.searchParams.set("view", "inline"); else address.searchParams.delete("view");
    try { history.replaceState(null, "", address); } catch { /* pages opened from a file may not change their address */ }
  }));
  if (document.querySelector("[data-layouts]") && new URLSearchParams(location.search).get("view") === "inline") show("inline");

  // A link to a change that lies in a fold opens the fold; paper gets everything.
  const reveal = () => {
    const found = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = found && found.closest("details");
    if (fold && !fold.open) { fold.open = true; found.scrollIntoView(); }
  };
  addEventListener("hashchange", reveal);
  reveal();
  let opened = [];
  addEventListener("beforeprint", () => { opened = [...document.querySelectorAll("details:not([open])")]; opened.forEach((fold) => { fold.open = true; }); });
  addEventListener("afterprint", () => { opened.forEach((fold) => { fold.open = false; }); opened = []; });

  // Addresses of filtered lists hold only the filters that are set.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[method=get]")) return;
    const blank = [...event.target.elements].filter((field) => field.name && field.value === "" && !field.disabled);
    blank.forEach((field) => { field.disabled = true; });
    setTimeout(() => blank.forEach((field) => { field.disabled = false; }));
  });
})();
