// The page as a whole: keeps what it knows, and passes on what happens.

import { chatPane, waitKey } from "./chat.js";
import { drawLog } from "./log.js";
import { alertWindow, forget, notice } from "./notices.js";
import { drawPeople } from "./people.js";
import { follow, post } from "./server.js";
import { glimpse, startParameter } from "./text.js";
import { switchLanguage, word } from "./words.js";

const address = new URLSearchParams(location.search);
const state = {
  bot: { name: "", username: "" }, chats: new Map(), requests: [], current: null, drop: false, dropping: false,
  online: false, lost: false, logShown: localStorage.getItem("log") === "shown", waiting: new Set(), typing: new Set(), answered: new Map(),
};
const places = { people: document.getElementById("people"), chat: document.getElementById("chat"), log: document.getElementById("log") };
let parameter = address.get("start"); // of a deep link, until START is pressed
let offline = 0;

const pane = chatPane(places.chat, state, {
  say: (text) => ask("say", { chat_id: state.current, text }),
  press,
  start,
  back: () => { document.body.dataset.view = "list"; state.current = null; pane.open(null); drawList(); },
  block: () => ask("block", { chat_id: state.current }),
  unblock: () => ask("unblock", { chat_id: state.current }),
  parameter: () => parameter,
});
const acts = { open, drop, toggleLog, toggleTheme, toggleLanguage };

async function ask(what, given) {
  try {
    return await post(what, given);
  } catch (error) {
    notice(error.message, { title: word("failed") });
    return null;
  }
}

function start(given) {
  parameter = null;
  ask("say", { chat_id: state.current, text: given ? `/start ${given}` : "/start" });
  pane.refresh();
}

async function press(message, data) {
  const key = waitKey(message.chat.id, message.message_id, data);
  state.waiting.add(key);
  pane.put(current(message));
  const given = await ask("press", { chat_id: message.chat.id, message_id: message.message_id, data });
  const done = () => { state.waiting.delete(key); if (state.current === message.chat.id) pane.put(current(message)); };
  if (!given || state.answered.delete(given.query_id)) return done();
  state.answered.set(given.query_id, done);
  setTimeout(() => { if (state.answered.delete(given.query_id)) done(); }, 30_000);
}

function current(message) {
  return state.chats.get(message.chat.id).messages.find((other) => other.message_id === message.message_id) ?? message;
}

async function drop() {
  pane.expect();
  state.dropping = true;
  drawList();
  const answer = await ask("drop");
  state.dropping = false;
  drawList();
  if (answer) notice(answer.line);
}

function open(id) {
  if (id !== Number(address.get("chat"))) parameter = null;
  state.current = id;
  const chat = state.chats.get(id);
  document.body.dataset.view = "chat";
  pane.open(chat);
  Object.assign(chat, { unread: 0, sounded: false });
  forget(id);
  history.replaceState(null, "", `?chat=${id}`);
  drawList();
  if (matchMedia("(pointer: fine)").matches) pane.focus();
}

function toggleLog() {
  state.logShown = !state.logShown;
  localStorage.setItem("log", state.logShown ? "shown" : "hidden");
  drawList();
  drawRequests();
}

function toggleTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = document.documentElement.dataset.theme ?? (dark ? "dark" : "light");
  setTheme(now === "dark" ? "light" : "dark");
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("theme", theme);
}

function toggleLanguage() {
  switchLanguage();
  drawAll();
}

function drawList() {
  drawPeople(places.people, state, acts);
}

function drawRequests() {
  drawLog(places.log, state, toggleLog);
}

function drawAll() {
  drawList();
  drawRequests();
  pane.open(state.chats.get(state.current) ?? null);
}

function onState(given) {
  const unread = new Map([...state.chats.values()].map((chat) => [chat.id, chat.unread]));
  state.chats = new Map(given.chats.map((chat) => [chat.id, { ...chat, unread: unread.get(chat.id) ?? 0 }]));
  Object.assign(state, { bot: given.bot, requests: given.requests.map((request, index) => ({ ...request, seq: index })), drop: given.drop, online: given.connected });
  document.title = state.bot.name;
  const wanted = state.current ?? Number(address.get("chat"));
  const first = matchMedia("(min-width: 721px)").matches ? given.chats[0]?.id : null;
  const shown = state.chats.has(wanted) ? wanted : first;
  drawAll();
  if (shown != null) open(shown);
}

const EVENTS = {
  message({ chat_id: id, message }) {
    const chat = state.chats.get(id);
    const at = chat.messages.findIndex((other) => other.message_id === message.message_id);
    if (at >= 0) chat.messages[at] = message;
    else chat.messages.push(message);
    const seen = id === state.current && pane.put(message);
    if (at < 0) arrive(chat, message, seen);
    drawList();
  },
  deleted({ chat_id: id, message_id: messageId }) {
    const chat = state.chats.get(id);
    chat.messages = chat.messages.filter((message) => message.message_id !== messageId);
    if (id === state.current) pane.remove(messageId);
    drawList();
  },
  chat({ chat }) {
    Object.assign(state.chats.get(chat.id), chat);
    if (chat.id === state.current) pane.refresh();
    drawList();
  },
  bot({ bot, chats }) {
    state.bot = bot;
    document.title = bot.name;
    for (const chat of chats) state.chats.set(chat.id, { messages: [], unread: 0, ...state.chats.get(chat.id), ...chat });
    pane.refresh();
    drawList();
  },
  answer({ query_id: id, text, alert, url }) {
    const done = state.answered.get(id);
    if (done) { state.answered.delete(id); done(); } else state.answered.set(id, true);
    if (!done && !state.waiting.size) return;
    if (text) (alert ? alertWindow : notice)(text);
    const begins = startParameter(url ?? "", state.bot.username);
    if (begins !== null) start(begins);
    else if (url) notice(url);
  },
  action({ chat_id: id }) {
    state.typing.add(id);
    pane.refresh();
    setTimeout(() => { state.typing.delete(id); pane.refresh(); }, 5000);
  },
  request({ seq, request }) {
    state.requests.push({ ...request, seq });
    state.requests.splice(0, state.requests.length - 50);
    drawRequests();
  },
  poll({ waits }) {
    clearTimeout(offline);
    if (waits) setOnline(true);
    else offline = setTimeout(setOnline, 3000, false);
  },
};

function arrive(chat, message, seen) {
  if (state.typing.delete(chat.id)) pane.refresh();
  if (!message.from_bot) return;
  if (chat.id !== state.current || document.hidden) chat.unread += 1;
  if (message.silent || (seen && !document.hidden)) return;
  chat.sounded = chat.unread > 0;
  notice(glimpse(message, 120), { bell: true, title: `${chat.name} · ${state.bot.name}`, about: chat.id, open: () => open(chat.id) });
}

function setOnline(online) {
  if (state.online === online) return;
  state.online = online;
  drawList();
}

document.addEventListener("visibilitychange", () => {
  const chat = state.chats.get(state.current);
  if (!chat || document.hidden || !chat.unread) return;
  Object.assign(chat, { unread: 0, sounded: false });
  drawList();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (state.logShown && places.log.contains(document.activeElement)) toggleLog();
  else if (document.body.dataset.view === "chat") places.people.querySelector(`[data-chat="${state.current}"]`)?.focus();
});
if (localStorage.getItem("theme")) setTheme(localStorage.getItem("theme"));
follow({
  onState,
  onEvent: (event) => EVENTS[event.type]?.(event),
  onLine: (works) => { if (state.lost === works) { state.lost = !works; drawList(); } },
}).catch((error) => notice(error.message, { title: word("lost") }));
