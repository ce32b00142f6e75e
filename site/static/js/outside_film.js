// A film on another site is fetched from there when the reader asks for it, and not before.
for (const box of document.querySelectorAll("[data-frame]")) {
  const button = box.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    Object.assign(frame, {
      className: "outside__frame",
      title: box.dataset.title,
      allow: "autoplay; encrypted-media; fullscreen; picture-in-picture",
      referrerPolicy: "strict-origin-when-cross-origin",
      src: box.dataset.frame,
    });
    box.replaceChildren(frame);
    frame.focus();
  });
}
