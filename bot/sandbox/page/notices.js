// What passes over the screen: notifications, notes of the bot, alerts.

import { el, icon } from "./dom.js";
import { word } from "./words.js";

const SHOWN = 5000;

/** A note that goes by itself; `open` makes it lead somewhere. */
export function notice(text, { bell = false, title = "", open = null } = {}) {
  const inside = [bell ? icon("bell") : "", el("span", {}, title ? el("b", {}, title) : "", el("span", { class: "notice-text" }, text))];
  const node = open
    ? el("button", { type: "button", class: "notice", onclick: () => { node.remove(); open(); } }, ...inside)
    : el("div", { class: "notice" }, ...inside);
  const notices = document.getElementById("notices");
  notices.append(node);
  while (notices.children.length > 3) notices.firstChild.remove();
  setTimeout(() => node.remove(), SHOWN);
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
