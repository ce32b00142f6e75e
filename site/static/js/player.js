// What a film's page can do beyond the browser's own player. It takes no key of its own: Enter is
// the links', the arrows are the player's and the page's.
const root = document.querySelector("[data-film]");
const video = root.querySelector("video");
const find = (selector) => root.querySelector(selector);
const show = (part) => Object.assign(part, { hidden: false });
const start = Number(video.querySelector("source").src.split("#t=")[1] ?? 0);
const second = () => Math.floor(video.readyState ? video.currentTime : start);
const clock = (time) => {
  const parts = [Math.floor(time / 60) % 60, time % 60].map((part) => String(part).padStart(2, "0"));
  const hours = Math.floor(time / 3600);
  return hours ? [hours, ...parts].join(":") : parts.join(":").replace(/^0/, "");
};
const here = () => {
  const url = new URL(location);
  url.hash = "";
  url.searchParams.set("t", second());
  return url;
};

for (const link of root.querySelectorAll("[data-t]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    video.currentTime = link.dataset.t;
    video.play();
  });
}

// The last time in each list that has come is where the film is.
const turns = find("[data-turns]");
const lists = [".film-chapters", "[data-turns]"].map((list) => [...root.querySelectorAll(`${list} [data-t]`)]);
const follow = turns && show(find("[data-follow]")).querySelector("input");
let marked = [];

function mark() {
  const now = lists.map((links) => links.findLast((link) => link.dataset.t <= video.currentTime + 0.2));
  if (now.every((link, place) => link === marked[place])) return;
  lists.flat().forEach((link) => link.removeAttribute("aria-current"));
  now.forEach((link) => link?.setAttribute("aria-current", "true"));
  if (follow?.checked && now[1] && inSight(marked[1])) scrollTo(now[1]);
  marked = now;
}

// Who has scrolled away from the line that was said reads on in peace.
function inSight(link) {
  if (!link) return true;
  const box = turns.getBoundingClientRect();
  const line = link.getBoundingClientRect();
  return line.bottom > box.top && line.top < box.bottom;
}

function scrollTo(link) {
  const line = link.closest("li");
  turns.scrollTo({ top: line.offsetTop - turns.offsetTop - turns.clientHeight / 3, behavior: "smooth" });
}

["timeupdate", "seeked"].forEach((name) => video.addEventListener(name, mark));

if (follow) {
  const box = () => turns.classList.toggle("is-following", follow.checked);
  follow.checked = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  follow.addEventListener("change", box);
  box();
}

const speed = show(find("[data-speed]")).querySelector("select");
speed.addEventListener("change", () => { video.defaultPlaybackRate = video.playbackRate = speed.value; });
speed.value = "1";

// Another version begins where this one is.
for (const link of root.querySelectorAll("[data-version]")) {
  link.addEventListener("click", () => {
    const url = new URL(link.href);
    if (second()) url.searchParams.set("t", second());
    link.href = url;
  });
}

const copy = find("[data-copy]");
const plain = find("[data-here]");
if (navigator.clipboard) {
  plain.hidden = true;
  show(copy).addEventListener("click", async () => {
    const said = copy.nextElementSibling;
    try {
      await navigator.clipboard.writeText(here());
      said.textContent = `${copy.dataset.done} ${clock(second())}`;
    } catch {
      show(plain).href = here();
    }
  });
}

// Browsers read no descriptions out; a screen reader does.
const describe = find("[data-describe]");
if (describe) {
  const [track] = [...video.textTracks].filter((text) => text.kind === "descriptions");
  const said = show(find(".film-described"));
  show(describe).addEventListener("change", ({ target }) => { track.mode = target.checked ? "hidden" : "disabled"; });
  track.addEventListener("cuechange", () => { said.textContent = track.activeCues[0]?.text ?? ""; });
}
