// A picture as big as the window.

import { el, t } from "./words.js";

/** Shows a picture above everything, until it is clicked or Escape is pressed. */
export function enlarge(src, alt) {
  const viewer = el("dialog", { class: "viewer", "aria-label": alt, data: { testid: "viewer" }, onclick: () => viewer.close(), onclose: () => viewer.remove() },
    el("img", { src, alt }),
    el("button", { type: "button", class: "viewer-close", "aria-label": t("close") }, "✕"));
  document.body.append(viewer);
  viewer.showModal();
}
