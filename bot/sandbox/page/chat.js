// The open chat: its head, its messages, and the box to write in.

import { bubble } from "./bubble.js";
import { el, icon, iconButton } from "./dom.js";
import { commandMenu } from "./menu.js";
import { scroller } from "./scroll.js";
import { word } from "./words.js";

/**
 * The chat pane. `act` holds say(text), press(message, data), start(parameter), back(), block(), unblock(), parameter().
 * open(chat) shows a chat, refresh() its head and foot, put(message) and remove(id) its messages; put() tells
 * whether a new message came into view.
 */
export function chatPane(node, state, act) {
  let chat = null;
  let scroll = null;
  let menu = null;
  const shown = new Map();
  const deeds = {
    command: (text) => act.say(text),
    start: (parameter) => act.start(parameter),
    press: act.press,
    get username() { return state.bot.username; },
  };
  const isWaiting = (message, data) => state.waiting.has(waitKey(message.chat.id, message.message_id, data));

  function open(opened) {
    chat = opened;
    shown.clear();
    node.classList.toggle("empty", !chat);
    if (!chat) return node.replaceChildren(el("p", { class: "hint" }, word("choose")));
    const pane = el("div", { class: "messages", role: "log", "aria-label": chat.name, tabindex: "0" });
    const inner = el("div", { class: "column" });
    pane.append(inner);
    const toBottom = iconButton("down", word("bottom"), () => scroll.bottom(), { class: "to-bottom", hidden: true });
    toBottom.append(el("span", { class: "badge loud", hidden: true }));
    node.replaceChildren(el("header", { class: "bar" }), pane, toBottom, el("footer", { class: "foot" }));
    scroll = scroller(pane, toBottom);
    drawMessages(inner);
    refresh();
    scroll.start(inner.querySelector(".unread-line"));
  }

  function drawMessages(inner) {
    const unreadFrom = chat.messages.length - (chat.unread ?? 0);
    inner.append(welcome());
    chat.messages.forEach((message, index) => {
      if (chat.unread && index === unreadFrom) inner.append(el("p", { class: "unread-line" }, word("unread")));
      add(message);
    });
  }

  function welcome() {
    const { description } = chat.bot;
    if (!description) return "";
    return el("section", { class: "welcome" }, el("h3", {}, word("empty")), el("p", {}, description));
  }

  function add(message) {
    const element = bubble(message, deeds, isWaiting);
    const before = shown.get(message.message_id);
    shown.set(message.message_id, element);
    if (before) before.replaceWith(element);
    else node.querySelector(".column").append(element);
    return before ? null : element;
  }

  function refresh() {
    if (!chat) return;
    drawHead();
    const foot = node.querySelector(".foot");
    const kind = chat.blocked ? "blocked" : !chat.started || act.parameter() !== null ? "start" : "write";
    if (kind !== foot.dataset.kind) drawFoot(foot, kind);
    node.querySelector(".menu-button")?.toggleAttribute("hidden", !chat.commands.length);
  }

  function drawHead() {
    const line = state.typing.has(chat.id) ? word("typing") : word("bot");
    node.querySelector(".bar").replaceChildren(
      iconButton("back", word("back"), act.back, { class: "icon-button back" }),
      el("img", { class: "avatar", src: "/page/icon.svg", alt: "" }),
      el("div", { class: "titles" }, el("h2", {}, state.bot.name), el("p", { class: "line" }, `${line} · ${chat.name}`)),
      el("button", { type: "button", class: "text-button block", onclick: chat.blocked ? act.unblock : act.block },
        icon("block"), el("span", {}, word(chat.blocked ? "unblock" : "block"))));
  }

  function drawFoot(foot, kind) {
    foot.dataset.kind = kind;
    menu = null;
    if (kind === "write") return foot.replaceChildren(...composer());
    const label = word(kind === "blocked" ? "restart" : "start");
    foot.replaceChildren(el("button", { type: "button", class: "primary start", onclick: () => act.start(act.parameter() ?? "") }, label));
  }

  function composer() {
    const input = el("textarea", {
      rows: "1", placeholder: word("write"), "aria-label": word("write"), role: "combobox", "aria-controls": "menu",
      "aria-expanded": "false", "aria-autocomplete": "list", maxlength: "4096", enterkeyhint: "send", autocomplete: "off", dir: "auto",
    });
    const menuButton = iconButton("menu", word("menu"), () => { menu.toggle(); input.focus(); }, { class: "icon-button menu-button", "aria-haspopup": "listbox" });
    const send = () => {
      const text = input.value.trim();
      if (!text) return;
      input.value = "";
      menu.close();
      act.say(text);
    };
    menu = commandMenu({
      commands: () => chat.commands,
      choose: (command) => { input.value = ""; act.say(`/${command}`); },
      complete: (command) => { input.value = `/${command} `; },
      changed: (isOpen, option) => {
        input.setAttribute("aria-expanded", String(isOpen));
        if (option) input.setAttribute("aria-activedescendant", option);
        else input.removeAttribute("aria-activedescendant");
      },
    });
    input.addEventListener("input", () => menu.filter(input.value));
    input.addEventListener("blur", () => setTimeout(() => menu?.close(), 150));
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (menu.key(event)) event.preventDefault();
      else if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); send(); }
    });
    const box = el("div", { class: "composer" }, menuButton, input, iconButton("send", word("send"), send, { class: "icon-button send" }));
    return [menu.node, box];
  }

  return {
    open,
    refresh,
    put(message) {
      const isNew = add(message);
      return isNew ? scroll.added(isNew, !message.from_bot) : true;
    },
    remove(id) {
      shown.get(id)?.remove();
      shown.delete(id);
    },
    /** The reader did something that brings messages: show what comes next from its beginning. */
    expect: () => scroll?.expect(),
    focus: () => node.querySelector("textarea, .start")?.focus({ preventScroll: true }),
  };
}

/** Names a pressed button. */
export function waitKey(chatId, messageId, data) {
  return `${chatId} ${messageId} ${data}`;
}
