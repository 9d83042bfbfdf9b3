"""Places whose time zones are offered without asking, or are found by where somebody is."""

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

#: The zones of a country, the one first that most people live by. A country that is not here has those of
#: tzdata; where nearly all live by one clock, it is the only one.
ZONES_OF_COUNTRIES = {
    "AU": (
        *("Australia/Sydney", "Australia/Brisbane", "Australia/Perth", "Australia/Adelaide"),
        *("Australia/Darwin", "Australia/Eucla", "Australia/Lord_Howe"),
    ),
    "BR": ("America/Sao_Paulo", "America/Manaus", "America/Rio_Branco", "America/Noronha"),
    "CA": (
        *("America/Toronto", "America/Vancouver", "America/Edmonton", "America/Winnipeg"),
        *("America/Halifax", "America/Regina", "America/St_Johns", "America/Whitehorse"),
    ),
    "CL": ("America/Santiago",),
    "CN": ("Asia/Shanghai",),
    "EC": ("America/Guayaquil",),
    "ES": ("Europe/Madrid",),
    "ID": ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"),
    "MX": (
        *("America/Mexico_City", "America/Tijuana", "America/Cancun", "America/Hermosillo"),
        *("America/Mazatlan", "America/Ciudad_Juarez"),
    ),
    "NZ": ("Pacific/Auckland",),
    "PT": ("Europe/Lisbon",),
    "RU": (
        *("Europe/Moscow", "Asia/Yekaterinburg", "Asia/Novosibirsk", "Europe/Samara", "Asia/Krasnoyarsk"),
        *("Asia/Irkutsk", "Asia/Vladivostok", "Asia/Omsk", "Asia/Yakutsk", "Europe/Kaliningrad"),
        *("Asia/Magadan", "Asia/Kamchatka"),
    ),
    "UA": ("Europe/Kyiv",),
    "US": (
        *("America/New_York", "America/Los_Angeles", "America/Chicago", "America/Denver", "America/Phoenix"),
        *("America/Anchorage", "Pacific/Honolulu"),
    ),
    "UZ": ("Asia/Tashkent",),
}
