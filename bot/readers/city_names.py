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
