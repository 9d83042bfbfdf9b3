// What happens at the stand-in, brought into what the page knows and shows.

import { alertWindow, notice } from "./notices.js";
import { glimpse, startParameter } from "./text.js";

/** Take in what is told of a chat, known or new. It stays the same object: the open chat is one of them. */
export function learn(chats, chat) {
  if (!chats.has(chat.id)) chats.set(chat.id, { messages: [], unread: 0 });
  Object.assign(chats.get(chat.id), chat);
}

/** A function for each kind of event. */
export function eventHandlers({ state, pane, drawList, drawRequests, open, start }) {
  let offline = 0;

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

  return {
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
      const known = state.chats.get(chat.id);
      const fewer = (known.topics?.length ?? 0) > (chat.topics?.length ?? 0);
      Object.assign(known, chat);
      if (chat.id === state.current) fewer ? pane.open(known) : pane.refresh();
      drawList();
    },
    bot({ bot, chats }) {
      state.bot = bot;
      document.title = bot.name;
      for (const chat of chats) learn(state.chats, chat);
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
}
