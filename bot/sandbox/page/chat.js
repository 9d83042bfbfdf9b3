// The open chat: its head, its messages, and what stands below them.

import { bubble } from "./bubble.js";
import { composer } from "./composer.js";
import { el, icon, iconButton } from "./dom.js";
import { drawWriteAs, writeAs } from "./identity.js";
import { scroller } from "./scroll.js";
import { glimpse } from "./text.js";
import { threadOf, topicBar } from "./topics.js";
import { day, word } from "./words.js";

/** What the button in the head does where the bot is, and where it was put out. */
const BLOCKING = { group: ["putOut", "letIn"], channel: ["putOut", "addToChannel"], person: ["block", "unblock"] };

/**
 * The chat pane. `act` holds what the person does: say(text, replyTo), press(message, data), start(parameter), hashtag(text), switchTo(button),
 * forward(), attach(kind), edit(id, text), ask(text, offset), pick(id), back(), block(), unblock(), be(somebody), drop(), and parameter() and me(chat).
 * open(chat) shows a chat, of a forum the topic thread(chat), refresh() its head and foot, put(message) and remove(id) its messages, type(text) writes into the box; put()
 * tells whether a new message came into view.
 */
export function chatPane(node, state, act) {
  let chat = null;
  let scroll = null;
  let box = null;
  let lastDay = "";
  const shown = new Map();
  const username = () => state.bot.username;
  const deeds = {
    command: (text) => act.say(text),
    hashtag: act.hashtag,
    start: (parameter) => act.start(parameter),
    press: act.press,
    switchTo: act.switchTo,
    reply: (message) => box?.reply(message),
    post: (id) => shown.get(id)?.scrollIntoView({ block: "start" }),
    mention: () => box?.type(`@${username()} `),
    get username() { return username(); },
  };
  const facts = {
    isMine: (message) => !message.from_bot && (chat.kind === "person" || message.from.id === act.me(chat)),
    get isNamed() { return chat.kind === "group"; },
    isWaiting: (message, data) => state.waiting.has(waitKey(message.chat.id, message.message_id, data)),
  };

  function open(opened) {
    chat = opened;
    shown.clear();
    lastDay = "";
    node.classList.toggle("empty", !chat);
    if (!chat) return node.replaceChildren(el("p", { class: "hint" }, word("choose")));
    const pane = el("div", { class: "messages", role: "log", "aria-label": chat.name, tabindex: "0" });
    const inner = el("div", { class: "column" });
    pane.append(inner);
    const toBottom = iconButton("down", word("bottom"), () => scroll.bottom(), { class: "to-bottom", hidden: true });
    toBottom.append(el("span", { class: "badge loud", hidden: true }));
    node.replaceChildren(head(), el("nav", { class: "topics", hidden: true }), el("button", { type: "button", class: "pinned", hidden: true }), pane, toBottom, el("footer", { class: "foot" }));
    scroll = scroller(pane, toBottom);
    drawMessages(inner);
    refresh();
    scroll.start(inner.querySelector(".unread-line"));
  }

  function drawMessages(inner) {
    const unreadFrom = chat.messages.length - (chat.unread ?? 0);
    inner.append(el("section", { class: "welcome" }));
    chat.messages.forEach((message, index) => {
      if (!isShown(message)) return;
      if (chat.unread && index === unreadFrom) inner.append(el("p", { class: "unread-line" }, word("unread")));
      add(message);
    });
  }

  function drawWelcome() {
    const welcome = node.querySelector(".welcome");
    const isBots = chat.kind === "person";
    const hint = word("tryInline", `@${username()}`);
    if (isBots && chat.bot.description) welcome.replaceChildren(el("h3", {}, word("empty")), el("p", {}, chat.bot.description));
    else welcome.replaceChildren(el("h3", {}, isBots ? chat.bot.name : chat.name), el("p", {}, isBots ? word("press") : state.bot.inline && chat.kind !== "channel" ? hint : word("nothing")));
    welcome.hidden = chat.messages.length > 0 && !(isBots && chat.bot.description);
  }

  /** In a forum, only what stands in the topic that is open. */
  function isShown(message) {
    return !chat.topics || threadOf(message) === act.thread(chat);
  }

  function add(message) {
    const element = bubble(message, deeds, facts);
    const before = shown.get(message.message_id);
    shown.set(message.message_id, element);
    if (before) {
      scroll?.replaced(before, element);
      before.replaceWith(element);
    }
    else {
      addDay(message);
      node.querySelector(".column").append(element);
    }
    return before ? null : element;
  }

  function addDay({ date }) {
    const name = day(date);
    if (name === lastDay) return;
    lastDay = name;
    node.querySelector(".column").append(el("p", { class: "day" }, el("time", { datetime: new Date(date * 1000).toISOString().slice(0, 10) }, name)));
  }

  function remove(id) {
    const element = shown.get(id);
    const above = element?.previousElementSibling;
    const isLast = !element?.nextElementSibling;
    const isAlone = isLast || element.nextElementSibling.classList.contains("day");
    if (element) scroll?.replaced(element, null);
    element?.remove();
    shown.delete(id);
    if (!above?.classList.contains("day") || !isAlone) return;
    above.remove();
    if (isLast) lastDay = [...node.querySelectorAll(".day")].at(-1)?.textContent ?? "";
  }

  function refresh() {
    if (!chat) return;
    drawHead();
    drawWelcome();
    drawTopics();
    drawPinned();
    const foot = node.querySelector(".foot");
    const kind = chat.blocked ? "blocked" : !chat.started || (chat.kind === "person" && act.parameter() !== null) ? "start" : "write";
    if (kind !== foot.dataset.kind) drawFoot(foot, kind);
    const as = foot.querySelector(".write-as");
    if (as) drawWriteAs(as, chat, state, act.me(chat), act.be);
    node.querySelector(".menu-button")?.toggleAttribute("hidden", !chat.commands.length);
  }

  function drawTopics() {
    const bar = node.querySelector(".topics");
    bar.hidden = !chat.topics;
    if (chat.topics) topicBar(bar, chat, act.thread(chat), { show: act.showTopic, change: act.changeTopic, mayChange: chat.administrators.includes(act.me(chat)) });
  }

  function drawHead() {
    const mine = word("as", state.chats.get(act.me(chat))?.name);
    const role = chat.administrators?.includes(act.me(chat)) ? ` · ${word("administrator")}` : "";
    const what = { person: `${state.typing.has(chat.id) ? word("typing") : word("bot")} · ${chat.name}`, group: `${word("group")} · ${mine}${role}`, channel: `${word("channel")} · ${mine}${role}`, pair: mine }[chat.kind];
    node.querySelector(".titles").replaceChildren(el("h2", {}, title()), el("p", { class: "line" }, what));
    node.querySelector(".drop-here").setAttribute("aria-busy", String(state.dropping > 0));
    const block = node.querySelector(".block");
    const label = word((BLOCKING[chat.kind] ?? BLOCKING.group)[Number(chat.blocked)]);
    block.setAttribute("aria-label", label);
    block.querySelector("span").textContent = label;
  }

  /** The head stays the same one while a chat is open, so that no click is lost when it is drawn anew. */
  function head() {
    return el("header", { class: "bar" },
      iconButton("back", word("back"), act.back, { class: "icon-button back" }),
      el("img", { class: "avatar", src: "/page/icon.svg", alt: "", hidden: chat.kind !== "person" }),
      el("div", { class: "titles" }),
      iconButton("issue", word("drop"), act.drop, { class: "icon-button drop-here", hidden: !state.drop }),
      el("button", { type: "button", class: "text-button block", hidden: chat.kind === "pair", onclick: () => (chat.blocked ? act.unblock() : act.block()) }, icon("block"), el("span")));
  }

  /** What was pinned last, above the messages: a tap leads to it. */
  function drawPinned() {
    const bar = node.querySelector(".pinned");
    const message = chat.messages.findLast(({ message_id: id }) => id === chat.pinned.at(-1));
    bar.hidden = !message;
    bar.textContent = message ? `📌 ${glimpse(message, 80)}` : "";
    bar.onclick = () => deeds.post(message.message_id);
  }

  function title() {
    if (chat.kind !== "pair") return chat.kind === "person" ? chat.bot.name : chat.name;
    return state.chats.get(chat.people.find((id) => id !== act.me(chat))).name;
  }

  /** The last text that the person wrote here and may write anew. */
  function lastOwn() {
    return chat.messages.findLast((message) => facts.isMine(message) && message.text != null && !message.via_bot);
  }

  function drawFoot(foot, kind) {
    foot.dataset.kind = kind;
    box = null;
    if (kind === "write" && chat.kind === "channel") {
      foot.replaceChildren(writeAs(), el("button", { type: "button", class: "primary start", onclick: act.forward }, word("forward")));
      return;
    }
    if (kind === "write") {
      const name = () => (state.bot.inline ? username() : "");
      const hint = chat.kind === "pair" && name() ? word("writeThere", `@${name()}`) : word("write");
      box = composer(() => chat.commands, hint, { ...act, username: name, lastOwn });
      foot.replaceChildren(...(chat.kind === "group" ? [writeAs()] : []), ...box.nodes);
      return;
    }
    if (chat.kind !== "person") {
      foot.replaceChildren(writeAs(), el("button", { type: "button", class: "primary start", onclick: act.unblock }, word(BLOCKING[chat.kind][1])));
      return;
    }
    const label = word(kind === "blocked" ? "restart" : "start");
    foot.replaceChildren(el("button", { type: "button", class: "primary start", onclick: () => act.start(act.parameter() ?? "") }, label));
  }

  return {
    open,
    refresh,
    put(message) {
      if (!isShown(message)) return false;
      const isNew = add(message);
      if (!isNew) return true;
      if (message.asks) box?.reply(message);
      drawWelcome();
      return scroll.added(isNew, facts.isMine(message));
    },
    remove,
    /** The reader did something that brings messages: show what comes next from its beginning. */
    expect: () => scroll?.expect(),
    focus: () => node.querySelector("textarea, .start")?.focus({ preventScroll: true }),
    type: (text) => box?.type(text),
  };
}

/** Names a pressed button. */
export function waitKey(chatId, messageId, data) {
  return `${chatId} ${messageId} ${data}`;
}
