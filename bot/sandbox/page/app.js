// The page as a whole: keeps what it knows, and passes on what happens.

import { chatPane, waitKey } from "./chat.js";
import { choices, chooseChat } from "./chooser.js";
import { eventHandlers, learn } from "./events.js";
import { drawLog } from "./log.js";
import { ANONYMOUS } from "./identity.js";
import { forget, notice } from "./notices.js";
import { drawPeople } from "./people.js";
import { follow, post } from "./server.js";
import { switchLanguage, word } from "./words.js";

const address = new URLSearchParams(location.search);
const state = {
  bot: { name: "", username: "" }, chats: new Map(), requests: [], current: null, drop: false, dropping: 0,
  online: false, lost: false, logShown: localStorage.getItem("log") === "shown", waiting: new Set(), typing: new Set(), answered: new Map(),
  as: new Map(), // who one is in a chat of two people
  threads: new Map(), // which topic of a forum is open
  person: null, // whose chat was opened last: who one is in a group
  anonymous: false, // whether one writes there in the group's own name
};
const places = { people: document.getElementById("people"), chat: document.getElementById("chat"), log: document.getElementById("log") };
let parameter = address.get("start"); // of a deep link, until START is pressed
let isFirst = true;

const pane = chatPane(places.chat, state, {
  say: (text, replyTo = null) => ask("say", { chat_id: state.current, text, by: me(), thread: thread(), in_name_of: isAnonymous() ? state.current : null, reply_to: replyTo }),
  attach: (kind) => ask("attach", { chat_id: state.current, kind, by: me() }),
  edit: (id, text) => ask("edit", { chat_id: state.current, message_id: id, text, by: me() }),
  press,
  start,
  hashtag,
  switchTo,
  ask: (text, offset) => post("inline", { person: me(), chat_id: state.current, text, offset }),
  pick: (id) => ask("pick", { person: me(), chat_id: state.current, result_id: id }),
  back: () => { document.body.dataset.view = "list"; state.current = null; pane.open(null); drawList(); },
  block: () => ask("block", { chat_id: state.current, by: me() }),
  forward: async () => { if (await ask("forward", { chat_id: state.current, person: me() })) toBot(); },
  unblock: () => ask("unblock", { chat_id: state.current, by: me() }),
  be,
  drop,
  parameter: () => parameter,
  me,
  thread,
  showTopic,
  changeTopic: (what) => ask("topic", { chat_id: state.current, ...what }),
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

/** Who one is in a chat. */
function me(chat = state.chats.get(state.current)) {
  if (chat.kind === "person") return chat.id;
  const first = [...state.chats.values()].find(({ kind }) => kind === "person");
  return state.as.get(chat.id) ?? chat.people?.[0] ?? state.person ?? first.id;
}

function isAnonymous(chat = state.chats.get(state.current)) {
  return state.anonymous && chat.kind === "group" && chat.administrators.includes(me(chat));
}

/** Be somebody else in a group, or an administrator without a name. */
function be(value) {
  state.anonymous = value === ANONYMOUS;
  if (!state.anonymous) state.person = Number(value);
  pane.open(state.chats.get(state.current));
}

/** Which topic of a forum is open; 0 is "General", and all there is of other chats. */
function thread(chat = state.chats.get(state.current)) {
  const chosen = state.threads.get(chat.id) ?? 0;
  return chat.topics?.some(({ id }) => id === chosen) ? chosen : 0;
}

function showTopic(id) {
  state.threads.set(state.current, id);
  pane.open(state.chats.get(state.current));
}

/** Go to one's own chat with the bot, wherever one is. */
function toBot() {
  const own = me();
  if (state.current !== own) open(own);
}

function start(given) {
  toBot();
  parameter = null;
  ask("say", { chat_id: state.current, text: given ? `/start ${given}` : "/start" });
  pane.refresh();
}

function hashtag(text) {
  toBot();
  ask("say", { chat_id: state.current, text });
}

/** Go on in inline mode: here, or in a chat that is chosen. */
function switchTo(button) {
  const typed = (query) => `@${state.bot.username} ${query}`;
  const here = button.switch_inline_query_current_chat;
  if (here != null) return pane.type(typed(here));
  const query = button.switch_inline_query ?? button.switch_inline_query_chosen_chat.query ?? "";
  const person = me();
  chooseChat(state, person, choices(button), async (chat) => {
    const isOther = chat.kind === "person" && chat.id !== person;
    const id = isOther ? await pairWith(person, chat.id) : chat.id;
    if (id === null) return;
    if (chat.kind === "group") state.person = person;
    else state.as.set(id, person);
    open(id);
    pane.type(typed(query));
  });
}

async function pairWith(person, other) {
  const answer = await ask("pair", { person, other });
  if (!answer) return null;
  learn(state.chats, answer.chat);
  return answer.chat.id;
}

async function press(message, data) {
  const key = waitKey(message.chat.id, message.message_id, data);
  state.waiting.add(key);
  pane.put(current(message));
  const given = await ask("press", { chat_id: message.chat.id, message_id: message.message_id, data, by: me(state.chats.get(message.chat.id)) });
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
  countDrops(1);
  const answer = await ask("drop");
  countDrops(-1);
  if (answer) notice(answer.line);
}

function countDrops(change) {
  state.dropping += change;
  drawList();
  pane.refresh();
}

function open(id) {
  if (id !== Number(address.get("chat"))) parameter = null;
  state.current = id;
  const chat = state.chats.get(id);
  if (chat.kind === "person") Object.assign(state, { person: id, anonymous: false });
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
  const shown = state.chats.has(wanted) ? wanted : isFirst || matchMedia("(min-width: 721px)").matches ? given.chats[0]?.id : null;
  isFirst = false;
  drawAll();
  if (shown != null) open(shown);
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
const handlers = eventHandlers({ state, pane, drawList, drawRequests, open, start });
follow({
  onState,
  onEvent: (event) => handlers[event.type]?.(event),
  onLine: (works) => { if (state.lost === works) { state.lost = !works; drawList(); } },
}).catch((error) => notice(error.message, { title: word("lost") }));
