// The list of people to be, with what waits for each of them.

import { el, icon, iconButton } from "./dom.js";
import { glimpse } from "./text.js";
import { clock, word } from "./words.js";

/** Draw the list anew. `act` holds open(id), drop(), toggleLog(), toggleTheme(), toggleLanguage(). */
export function drawPeople(node, state, act) {
  const focused = document.activeElement?.closest?.("[data-chat]")?.dataset.chat;
  node.setAttribute("aria-label", word("people"));
  const before = node.querySelector(".list");
  if (!before) node.replaceChildren(header(state, act), list(state, act), dropButton(act));
  else {
    node.querySelector(".bar").replaceWith(header(state, act));
    const { scrollTop } = before;
    before.replaceWith(list(state, act));
    node.querySelector(".list").scrollTop = scrollTop;
  }
  drawDrop(node.querySelector(".drop"), state);
  if (focused) node.querySelector(`[data-chat="${focused}"]`)?.focus();
}

function header(state, act) {
  return el("header", { class: "bar" },
    el("div", { class: "titles" },
      el("h1", {}, word("people")),
      el("p", { class: `line ${connection(state)}` }, word(connection(state)))),
    el("button", { type: "button", class: "text-button", onclick: act.toggleLanguage }, word("language")),
    iconButton("theme", word("theme"), act.toggleTheme),
    iconButton("log", word("api"), act.toggleLog, { "aria-expanded": String(state.logShown), class: "icon-button log-toggle" }));
}

function connection(state) {
  if (state.lost) return "lost";
  return state.online ? "online" : "offline";
}

function list(state, act) {
  return el("ul", { class: "list" }, ...[...state.chats.values()].map((chat) => el("li", {}, row(chat, state, act))));
}

function row(chat, state, act) {
  const last = chat.messages.at(-1);
  const given = { type: "button", class: "person", "data-chat": chat.id, "aria-current": chat.id === state.current && "true" };
  return el("button", { ...given, onclick: () => act.open(chat.id) },
    avatar(chat),
    el("span", { class: "who" },
      el("span", { class: "name" }, chat.name, chat.blocked ? icon("block") : ""),
      el("span", { class: "last" }, preview(chat, last))),
    el("span", { class: "side" },
      el("time", {}, last ? clock(last.date) : ""),
      chat.unread ? badge(chat) : ""));
}

/** The round sign of a person or group. */
export function avatar(chat) {
  return el("span", { class: `avatar hue-${Math.abs(chat.id) % 6}`, "aria-hidden": "true" }, [...chat.name][0] ?? "?");
}

function preview(chat, last) {
  if (chat.blocked) return word({ person: "youBlocked", channel: "outsideChannel" }[chat.kind] ?? "outside");
  if (!last) return word(chat.kind === "person" ? "notStarted" : "nothing");
  return glimpse(last, 90);
}

function badge(chat) {
  return el("span", { class: `badge ${chat.sounded ? "loud" : ""}`, "aria-label": `${word("unread")}: ${chat.unread}` },
    chat.sounded ? icon("bell") : "", String(chat.unread));
}

/** The button stays the same one, so that no click is lost while the list is drawn anew. */
function dropButton(act) {
  return el("footer", { class: "drop" }, el("button", { type: "button", class: "primary", id: "drop", onclick: act.drop }, icon("issue"), el("span")));
}

function drawDrop(node, state) {
  node.hidden = !state.drop;
  node.querySelector("span").textContent = word(state.dropping ? "dropping" : "drop");
}
