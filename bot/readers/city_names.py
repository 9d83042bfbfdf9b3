"""Chinese names of cities and countries, and the zones that their clocks go by.

The first name of a zone is the one that it is called by. Tzdata's own tables have the English ones.
"""

_BY_ZONE = {
    "Asia/Shanghai": "北京 上海 广州 深圳 杭州 南京 成都 重庆 武汉 西安 天津 苏州 长沙 郑州 青岛 大连"
    " 厦门 昆明 合肥 福州 济南 沈阳 哈尔滨 长春 中国",
    "Asia/Urumqi": "乌鲁木齐 新疆",
    "Asia/Hong_Kong": "香港",
    "Asia/Macau": "澳门",
    "Asia/Taipei": "台北 高雄 台中 台湾",
    "Asia/Singapore": "新加坡",
    "Asia/Kuala_Lumpur": "吉隆坡 马来西亚",
    "Asia/Bangkok": "曼谷 泰国",
    "Asia/Ho_Chi_Minh": "胡志明市 河内 越南",
    "Asia/Jakarta": "雅加达",
    "Asia/Manila": "马尼拉 菲律宾",
    "Asia/Tokyo": "东京 大阪 京都 日本",
    "Asia/Seoul": "首尔 韩国",
    "Asia/Kolkata": "加尔各答 新德里 孟买 班加罗尔 印度",
    "Asia/Dubai": "迪拜 阿联酋",
    "Asia/Jerusalem": "耶路撒冷 特拉维夫 以色列",
    "Europe/London": "伦敦 英国",
    "Europe/Dublin": "都柏林 爱尔兰",
    "Europe/Paris": "巴黎 法国",
    "Europe/Berlin": "柏林 慕尼黑 法兰克福 德国",
    "Europe/Amsterdam": "阿姆斯特丹 荷兰",
    "Europe/Zurich": "苏黎世 瑞士",
    "Europe/Vienna": "维也纳 奥地利",
    "Europe/Rome": "罗马 米兰 意大利",
    "Europe/Madrid": "马德里 巴塞罗那 西班牙",
    "Europe/Stockholm": "斯德哥尔摩 瑞典",
    "Europe/Helsinki": "赫尔辛基 芬兰",
    "Europe/Warsaw": "华沙 波兰",
    "Europe/Istanbul": "伊斯坦布尔 土耳其",
    "Europe/Moscow": "莫斯科",
    "Africa/Cairo": "开罗 埃及",
    "Africa/Johannesburg": "约翰内斯堡 南非",
    "America/New_York": "纽约 波士顿 华盛顿 迈阿密",
    "America/Toronto": "多伦多 蒙特利尔 渥太华",
    "America/Chicago": "芝加哥 休斯敦 达拉斯 奥斯汀",
    "America/Denver": "丹佛",
    "America/Los_Angeles": "洛杉矶 旧金山 西雅图 圣何塞 硅谷",
    "America/Vancouver": "温哥华",
    "America/Sao_Paulo": "圣保罗",
    "America/Mexico_City": "墨西哥城",
    "Australia/Sydney": "悉尼 堪培拉",
    "Australia/Melbourne": "墨尔本",
    "Australia/Perth": "珀斯",
    "Pacific/Auckland": "奥克兰 新西兰",
    "Pacific/Honolulu": "檀香山 夏威夷",
}
CITIES = {name: zone for zone, names in _BY_ZONE.items() for name in names.split()}

#: What is offered without asking: enough for most readers.
SHORT_LIST = (
    *("Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore", "Asia/Tokyo"),
    *("Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Australia/Sydney"),
)

#: More places, by latitude and longitude, where the one city of a large zone lies far away.
PLACES = (
    ("Asia/Shanghai", 39.9, 116.4),
    ("Asia/Shanghai", 41.8, 123.4),
    ("Asia/Shanghai", 45.8, 126.5),
    ("Asia/Shanghai", 40.8, 111.7),
    ("Asia/Shanghai", 36.1, 120.4),
    ("Asia/Shanghai", 36.1, 103.8),
    ("Asia/Shanghai", 34.3, 108.9),
    ("Asia/Shanghai", 30.6, 114.3),
    ("Asia/Shanghai", 30.7, 104.1),
    ("Asia/Shanghai", 29.7, 91.1),
    ("Asia/Shanghai", 25.0, 102.7),
    ("Asia/Shanghai", 23.1, 113.3),
    ("Asia/Kolkata", 28.6, 77.2),
    ("Asia/Kolkata", 19.1, 72.9),
    ("Asia/Kolkata", 13.0, 77.6),
    ("Asia/Kolkata", 17.4, 78.5),
    ("Asia/Kolkata", 26.9, 80.9),
)
