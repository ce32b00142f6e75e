// Marks the section that is read, and turns pages with the arrow keys.
// They are no character keys (WCAG 2.1.4), but move in fields and films: they turn the page only
// where they would do nothing, and can be switched off.
const OFF = "book-keys-off";
const BUSY = "input, select, textarea, video, audio, [contenteditable], [role=region], [popover]";
const isOff = () => { try { return localStorage.getItem(OFF); } catch { return null; } };

function busy(event) {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return true;
  if (event.target.closest?.(BUSY) || document.querySelector(":popover-open")) return true;
  return window.visualViewport?.scale > 1 || document.documentElement.scrollWidth > innerWidth;
}

function turnWithKeys(hint) {
  const button = hint.querySelector("button");
  const show = () => button.setAttribute("aria-pressed", String(!isOff()));
  hint.hidden = false;
  show();
  button.addEventListener("click", () => {
    try { isOff() ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1"); } catch { return; }
    show();
  });
  addEventListener("keydown", (event) => {
    const way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    if (way && !isOff() && !busy(event)) document.querySelector(`.turn [rel=${way}]`)?.click();
  });
}

function markSections(links) {
  const headings = links.map((link) => document.getElementById(link.hash.slice(1)));
  const mark = () => {
    const passed = headings.filter((heading) => heading && heading.getBoundingClientRect().top < innerHeight / 3);
    const here = headings.indexOf(passed.at(-1));
    links.forEach((link, place) => { link.ariaCurrent = place === here ? "location" : null; });
  };
  const watch = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
  headings.filter(Boolean).forEach((heading) => watch.observe(heading));
}

document.querySelectorAll("[data-turn-keys]").forEach(turnWithKeys);
markSections([...document.querySelectorAll(".contents__sections a")]);
