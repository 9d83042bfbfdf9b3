// As whom one writes in a group: one of the people, or an administrator who stays anonymous.

import { el } from "./dom.js";
import { word } from "./words.js";

export const ANONYMOUS = "anonymous";

/** The choice, which drawWriteAs fills. */
export function writeAs() {
  return el("div", { class: "write-as", role: "radiogroup", "aria-label": word("be") });
}

/** Fill the choice for a `chat`, with `me` chosen; who administers it is told. `be(value)` takes the id of a person, or ANONYMOUS. */
export function drawWriteAs(node, chat, state, me, be) {
  const people = [...state.chats.values()].filter(({ kind }) => kind === "person");
  const administers = (id) => chat.administrators.includes(id);
  const isHidden = state.anonymous && administers(me);
  const choices = people.map(({ id, name }) => [id, administers(id) ? `${name} · ${word("administrator")}` : name, id === me && !isHidden]);
  if (administers(me) && chat.kind === "group") choices.push([ANONYMOUS, word("anonymous"), isHidden]);
  node.replaceChildren(...choices.map(([value, label, isChosen]) =>
    el("button", { type: "button", role: "radio", "aria-checked": String(isChosen), onclick: () => be(value) }, label)));
}
