// The box to write in, with the lists that open above it.

import { attachMenu } from "./attach.js";
import { el, iconButton } from "./dom.js";
import { inlineList } from "./inline.js";
import { commandMenu } from "./menu.js";
import { glimpse } from "./text.js";
import { word } from "./words.js";

/**
 * The box. `commands()` are those of the chat, `hint` says what may be written; `act` holds say(text, replyTo), attach(kind), edit(id, text), lastOwn(), ask(text, offset),
 * pick(id), start(parameter) and username().
 * `nodes` are its parts, type(text) writes into it as a person would, reply(message) lets what is written next reply to it.
 */
export function composer(commands, hint, act) {
  const input = el("textarea", {
    rows: "1", placeholder: hint, "aria-label": hint, role: "combobox", "aria-controls": "menu results",
    "aria-expanded": "false", "aria-autocomplete": "list", maxlength: "4096", enterkeyhint: "send", autocomplete: "off", dir: "auto",
  });
  const changed = (isOpen, option) => {
    input.setAttribute("aria-expanded", String(isOpen));
    if (option) input.setAttribute("aria-activedescendant", option);
    else input.removeAttribute("aria-activedescendant");
  };
  const write = (text) => { input.value = text; results.filter(text); };
  const clear = () => { input.value = ""; mark(null); menu.close(); results.close(); };
  let edited = null; // the message that is being written anew
  let replied = null; // the message that is being replied to
  const mark = (message, to = null) => {
    [edited, replied] = [message, to];
    input.placeholder = message ? word("editing") : to ? word("replying") : hint;
    box.classList.toggle("editing", message !== null || to !== null);
    quote.hidden = to === null;
    quote.textContent = to ? glimpse(to, 80) : "";
  };
  const editLast = () => {
    const last = act.lastOwn();
    if (!last) return;
    mark(last);
    input.value = last.text;
    input.focus();
  };
  const send = () => {
    const text = input.value.trim();
    if (!text) return;
    const [message, to] = [edited, replied];
    clear();
    if (!message) act.say(text, to?.message_id);
    else if (text !== message.text) act.edit(message.message_id, text);
  };
  const menu = commandMenu({
    commands,
    choose: (command) => { clear(); act.say(`/${command}`); },
    complete: (command) => { input.value = `/${command} `; },
    changed,
  });
  const results = inlineList({
    username: act.username,
    ask: act.ask,
    pick: (id) => { clear(); act.pick(id); },
    start: (parameter) => { clear(); act.start(parameter); },
    complete: write,
    changed,
  });
  const filter = () => { menu.filter(input.value); results.filter(input.value); };
  input.addEventListener("input", (event) => { if (!event.isComposing) filter(); }); // half a syllable asks for nothing
  input.addEventListener("compositionend", filter);
  input.addEventListener("focus", () => results.filter(input.value));
  const leave = () => {
    if (document.activeElement === input) return;
    menu.close();
    results.close();
  };
  input.addEventListener("blur", () => setTimeout(leave, 150));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (menu.key(event) || results.key(event)) event.preventDefault();
    else if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); send(); }
    else if (event.key === "ArrowUp" && !input.value) { event.preventDefault(); editLast(); }
    else if (event.key === "Escape" && (edited || replied)) { event.preventDefault(); clear(); }
  });
  const menuButton = iconButton("menu", word("menu"), () => { menu.toggle(); input.focus(); }, { class: "icon-button menu-button", "aria-haspopup": "listbox" });
  const sendButton = iconButton("send", word("send"), () => { if (!results.key({ key: "Enter" })) send(); }, { class: "icon-button send" });
  const clip = attachMenu({ send: act.attach, edit: editLast, canEdit: () => Boolean(act.lastOwn()) });
  const quote = el("p", { class: "reply", hidden: true });
  const box = el("div", { class: "composer" }, menuButton, input, clip.button, sendButton);
  return {
    nodes: [menu.node, results.node, clip.node, quote, box],
    reply(message) {
      mark(null, message);
      input.focus();
    },
    type(text) {
      input.focus();
      write(text);
    },
  };
}
