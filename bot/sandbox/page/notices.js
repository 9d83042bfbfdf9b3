// What passes over the screen: notifications, notes of the bot, alerts.

import { el, icon } from "./dom.js";
import { word } from "./words.js";

const SHOWN = 5000;

/** A note that goes by itself or when it is clicked; `open` makes it lead somewhere, `about` names what it tells of. */
export function notice(text, { bell = false, title = "", open = null, about = null } = {}) {
  const inside = [bell ? icon("bell") : "", el("span", {}, title ? el("b", {}, title) : "", el("span", { class: "notice-text" }, text))];
  const node = open
    ? el("button", { type: "button", class: "notice", "data-about": about, onclick: () => { node.remove(); open(); } }, ...inside)
    : el("div", { class: "notice", onclick: () => node.remove() }, ...inside);
  const notices = document.getElementById("notices");
  notices.append(node);
  while (notices.children.length > 3) notices.firstChild.remove();
  setTimeout(() => node.remove(), SHOWN);
}

/** Take the notes about something away: it was seen. */
export function forget(about) {
  for (const node of document.querySelectorAll(`.notice[data-about="${about}"]`)) node.remove();
}

/** A window that waits to be closed. */
export function alertWindow(text) {
  const close = () => { dialog.close(); dialog.remove(); };
  const dialog = el("dialog", { class: "alert" }, el("p", {}, text),
    el("button", { type: "button", class: "primary", onclick: close }, word("close")));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
