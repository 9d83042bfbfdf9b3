// The page's own words in two languages.

const WORDS = {
  zh: {
    people: "选择身份", api: "Bot API 请求", noRequests: "还没有请求", theme: "深色 / 浅色", language: "English",
    drop: "投放新一期", dropping: "正在投放…", back: "返回", write: "消息，或 / 命令", send: "发送", menu: "命令菜单",
    start: "开始", restart: "解除屏蔽并重新开始", block: "屏蔽机器人", unblock: "解除屏蔽", edited: "已编辑", silent: "静音消息",
    bot: "机器人", online: "机器人已连接", offline: "机器人未连接", typing: "正在输入…", close: "关闭", bottom: "到最新消息",
    spoiler: "点击显示隐藏内容", more: "展开", less: "收起", empty: "这个机器人能做什么？", unread: "未读消息", photo: "图片",
    youBlocked: "你已屏蔽这个机器人", notStarted: "尚未开始", choose: "从左侧选一个人，开始对话", failed: "没有成功", commands: "命令",
    lost: "与服务器的连接已断开，正在重连…", unknown: "未知参数",
  },
  en: {
    people: "Be somebody", api: "Bot API requests", noRequests: "No requests yet", theme: "Dark / light", language: "中文",
    drop: "Drop a new issue", dropping: "Dropping…", back: "Back", write: "Message, or / for commands", send: "Send", menu: "Command menu",
    start: "Start", restart: "Unblock and restart", block: "Block the bot", unblock: "Unblock", edited: "edited", silent: "Silent message",
    bot: "bot", online: "The bot is connected", offline: "The bot is not connected", typing: "typing…", close: "Close", bottom: "To the latest message",
    spoiler: "Click to reveal hidden text", more: "Show more", less: "Show less", empty: "What can this bot do?", unread: "Unread messages", photo: "Photo",
    youBlocked: "You blocked this bot", notStarted: "Not started yet", choose: "Choose somebody to begin a chat", failed: "That did not work", commands: "Commands",
    lost: "The connection was lost, trying again…", unknown: "unknown parameter",
  },
};

let language = localStorage.getItem("language") ?? (navigator.language.startsWith("zh") ? "zh" : "en");
document.documentElement.lang = language;

/** A word of the page in the chosen language. */
export function word(name) {
  return WORDS[language][name];
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
