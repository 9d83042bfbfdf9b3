// The page's own words in two languages.

const WORDS = {
  zh: {
    people: "选择身份", api: "Bot API 请求", noRequests: "还没有请求", theme: "深色 / 浅色", language: "English",
    drop: "投放新一期", dropping: "正在投放…", back: "返回", write: "消息，或 / 命令", writeThere: "消息，或 {name}", send: "发送", menu: "命令菜单",
    start: "开始", restart: "解除屏蔽并重新开始", block: "屏蔽机器人", unblock: "解除屏蔽", edited: "已编辑", silent: "静音消息",
    bot: "机器人", online: "机器人已连接", offline: "机器人未连接", typing: "正在输入…", close: "关闭", bottom: "到最新消息",
    spoiler: "点击显示隐藏内容", more: "展开", less: "收起", empty: "这个机器人能做什么？", unread: "未读消息", photo: "图片",
    youBlocked: "你已屏蔽这个机器人", notStarted: "尚未开始", choose: "从左侧选一个人，开始对话", failed: "没有成功", commands: "命令",
    lost: "与服务器的连接已断开，正在重连…", unknown: "未知参数",
    via: "通过", results: "结果", noResults: "没有结果", asking: "正在查找…", chooseChat: "发送到…", today: "今天", yesterday: "昨天",
    letIn: "拉机器人进群", putOut: "移出机器人", outside: "机器人不在群里", addToChannel: "把机器人加进频道", outsideChannel: "机器人不在频道里", be: "身份", anonymous: "匿名管理员",
    topics: "话题", newTopic: "＋ 新话题", topicName: "话题的名字", closeTopic: "关闭话题", reopenTopic: "重新打开", deleteTopic: "删除话题",
    save: "保存文件", attach: "附件", sticker: "贴纸", voice: "语音", location: "位置", video: "视频", audio: "音频", file: "文件", editLast: "修改上一条", editing: "正在修改，Esc 取消", reply: "回复", replying: "正在回复，Esc 取消",
    group: "群组", channel: "频道", forward: "把最后一条转发给机器人", administrator: "管理员", as: "以{name}的身份", press: "点「开始」和机器人对话", nothing: "还没有消息", tryInline: "在任何聊天里输入 {name} 加上关键词，就能查找并转发",
  },
  en: {
    people: "Be somebody", api: "Bot API requests", noRequests: "No requests yet", theme: "Dark / light", language: "中文",
    drop: "Drop a new issue", dropping: "Dropping…", back: "Back", write: "Message, or / for commands", writeThere: "Message, or {name}", send: "Send", menu: "Command menu",
    start: "Start", restart: "Unblock and restart", block: "Block the bot", unblock: "Unblock", edited: "edited", silent: "Silent message",
    bot: "bot", online: "The bot is connected", offline: "The bot is not connected", typing: "typing…", close: "Close", bottom: "To the latest message",
    spoiler: "Click to reveal hidden text", more: "Show more", less: "Show less", empty: "What can this bot do?", unread: "Unread messages", photo: "Photo",
    youBlocked: "You blocked this bot", notStarted: "Not started yet", choose: "Choose somebody to begin a chat", failed: "That did not work", commands: "Commands",
    lost: "The connection was lost, trying again…", unknown: "unknown parameter",
    via: "via", results: "Results", noResults: "No results", asking: "Searching…", chooseChat: "Send to…", today: "Today", yesterday: "Yesterday",
    letIn: "Add the bot", putOut: "Remove the bot", outside: "The bot is not in this group", addToChannel: "Add the bot to the channel", outsideChannel: "The bot is not in this channel", be: "Write as", anonymous: "anonymous administrator",
    topics: "Topics", newTopic: "＋ New topic", topicName: "The topic's name", closeTopic: "Close the topic", reopenTopic: "Open it again", deleteTopic: "Delete it",
    save: "Save the file", attach: "Attach", sticker: "Sticker", voice: "Voice", location: "Location", video: "Video", audio: "Audio", file: "File", editLast: "Edit the last message", editing: "Editing, Esc to cancel", reply: "Reply", replying: "Your reply, Esc to cancel",
    group: "group", channel: "channel", forward: "Forward the last post to the bot", administrator: "administrator", as: "as {name}", press: "Press Start to talk to the bot", nothing: "No messages yet", tryInline: "In any chat, type {name} and some words to find and share",
  },
};

let language = localStorage.getItem("language") ?? (navigator.language.startsWith("zh") ? "zh" : "en");
document.documentElement.lang = language;

/** A word of the page in the chosen language; `about` stands for the {name} in it. */
export function word(name, about = "") {
  return WORDS[language][name].replace("{name}", about);
}

/** The other language from now on. */
export function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem("language", language);
  document.documentElement.lang = language;
}

/** A time of day, from seconds or an ISO text. */
export function clock(when) {
  const date = typeof when === "number" ? new Date(when * 1000) : new Date(when);
  return date.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hour12: false });
}

/** The name of a day, from seconds; with its year if that is not this one. */
export function day(seconds) {
  const date = new Date(seconds * 1000);
  const ago = Math.round((midnight(new Date()) - midnight(date)) / 86_400_000);
  if (ago === 0) return word("today");
  if (ago === 1) return word("yesterday");
  const year = date.getFullYear() === new Date().getFullYear() ? {} : { year: "numeric" };
  return date.toLocaleDateString(language, { month: "long", day: "numeric", ...year });
}

function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate());
}

/** The size of a file. */
export function size(bytes) {
  const unit = bytes < 1024 ? "byte" : bytes < 1024 ** 2 ? "kilobyte" : "megabyte";
  const number = bytes / { byte: 1, kilobyte: 1024, megabyte: 1024 ** 2 }[unit];
  return number.toLocaleString(language, { style: "unit", unit, unitDisplay: unit === "byte" ? "long" : "short", maximumFractionDigits: 1 });
}
