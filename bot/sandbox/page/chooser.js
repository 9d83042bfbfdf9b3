// A window that asks in which chat to go on.

import { el } from "./dom.js";
import { avatar } from "./people.js";
import { word } from "./words.js";

/** What a button lets be chosen: everything, or what it names. */
export function choices({ switch_inline_query_chosen_chat: chosen }) {
  if (!chosen) return { bot: true, people: true, groups: true };
  return { bot: chosen.allow_bot_chats === true, people: chosen.allow_user_chats === true, groups: chosen.allow_group_chats === true };
}

/** Ask for one of the chats of a person; `choose(chat)` gets it. */
export function chooseChat(state, person, allowed, choose) {
  const dialog = el("dialog", { class: "alert chooser", "aria-label": word("chooseChat") }, el("h2", {}, word("chooseChat")));
  const fits = ({ id, kind }) => (kind === "group" ? allowed.groups : kind === "person" && (id === person ? allowed.bot : allowed.people));
  const row = (chat) => el("li", {},
    el("button", { type: "button", class: "person", onclick: () => { dialog.close(); choose(chat); } },
      chat.id === person ? el("img", { class: "avatar", src: "/page/icon.svg", alt: "" }) : avatar(chat),
      el("span", { class: "name" }, chat.id === person ? chat.bot.name : chat.name)));
  const found = [...state.chats.values()].filter(fits);
  dialog.append(el("ul", { class: "list" }, ...found.map(row)),
    el("button", { type: "button", class: "primary", onclick: () => dialog.close() }, word("close")));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", ({ target }) => { if (target === dialog) dialog.close(); });
  document.body.append(dialog);
  dialog.showModal();
}
