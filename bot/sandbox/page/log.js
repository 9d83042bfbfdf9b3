// The latest requests of the bot, newest first.

import { el, iconButton } from "./dom.js";
import { clock, word } from "./words.js";

const SHOWN = 50;

/** Draw the log anew; `close()` hides it. */
export function drawLog(node, state, close) {
  const opened = new Set([...node.querySelectorAll("details[open]")].map((details) => details.dataset.seq));
  node.hidden = !state.logShown;
  node.setAttribute("aria-label", word("api"));
  if (node.hidden) return;
  const entries = state.requests.slice(-SHOWN).toReversed();
  node.replaceChildren(
    el("header", { class: "bar" }, el("div", { class: "titles" }, el("h2", {}, word("api"))), iconButton("close", word("close"), close)),
    el("div", { class: "requests", tabindex: "0" },
      entries.length ? "" : el("p", { class: "hint" }, word("noRequests")),
      ...entries.map((request) => entry(request, state, opened.has(String(request.seq))))));
}

function entry(request, state, open) {
  const chat = state.chats.get(request.chat_id);
  const good = request.code === 200;
  return el("details", { class: good ? "" : "bad", open, "data-seq": request.seq },
    el("summary", {},
      el("time", {}, clock(request.at)),
      el("b", {}, request.method),
      el("span", { class: "to" }, chat?.name ?? ""),
      el("span", { class: "code" }, String(request.code || "×"))),
    request.description ? el("p", { class: "fault" }, request.description) : "",
    request.unknown.length ? el("p", { class: "fault" }, `${word("unknown")}: ${request.unknown.join(", ")}`) : "",
    el("pre", {}, JSON.stringify(request.params, null, 1)));
}
