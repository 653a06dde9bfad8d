//! The model's own calendar: nanoseconds since 1970 and the days of the proleptic Gregorian calendar.

/// Nanoseconds since the beginning of 1970, UTC.
pub type Time = i128;

/// A second.
pub const SECOND: Time = 1_000_000_000;
/// A day of 24 hours.
pub const DAY: Time = 86_400 * SECOND;

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The days of a month, 1 to 12.
pub const fn length(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Midnight of a date.
pub fn midnight(year: i64, month: i64, day: i64) -> Time {
    // So many days, and so many leap days, lie before a year.
    let leap_days = |year: i64| (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400;
    let mut days = 365 * (year - 1970) + leap_days(year) - leap_days(1970);
    for earlier in 1..month {
        days += length(year, earlier);
    }
    Time::from(days + day - 1) * DAY
}

/// Year, month and day of a moment not before 1970.
pub fn date(time: Time) -> (i64, i64, i64) {
    let since_1970 = i64::try_from(time.div_euclid(DAY)).expect("a date");
    let mut year = 1970 + since_1970 / 366;
    let first = |year: i64| i64::try_from(midnight(year, 1, 1) / DAY).expect("a date");
    while first(year + 1) <= since_1970 {
        year += 1;
    }
    let mut days = since_1970 - first(year);
    let mut month = 1;
    while days >= length(year, month) {
        days -= length(year, month);
        month += 1;
    }
    (year, month, days + 1)
}

/// The month after.
pub const fn next_month(year: i64, month: i64) -> (i64, i64) {
    if month == 12 { (year + 1, 1) } else { (year, month + 1) }
}

/// The calendar month around a moment: its first instant and the next month's.
pub fn month_around(time: Time) -> (Time, Time) {
    let (year, month, _) = date(time);
    let (next_year, next) = next_month(year, month);
    (midnight(year, month, 1), midnight(next_year, next, 1))
}

/// A moment as the contract writes it in scenarios.
pub fn read(text: &str) -> Time {
    let part = |from: usize, to: usize| text[from..to].parse::<i64>().expect("a number");
    let mut time = midnight(part(0, 4), part(5, 7), part(8, 10));
    time += Time::from(part(11, 13) * 3600 + part(14, 16) * 60 + part(17, 19)) * SECOND;
    let mut rest = &text[19..];
    if let Some(fraction) = rest.strip_prefix('.') {
        let digits: String = fraction.chars().take_while(char::is_ascii_digit).collect();
        let padded = format!("{digits:0<9}");
        time += padded[..9].parse::<Time>().expect("nanoseconds");
        rest = &fraction[digits.len()..];
    }
    if rest != "Z" {
        let minutes: Time =
            rest[1..3].parse::<Time>().expect("hours") * 60 + rest[4..6].parse::<Time>().expect("minutes");
        let east = minutes * 60 * SECOND;
        time += if rest.starts_with('-') { east } else { -east };
    }
    time
}

/// A moment as the contract writes it in statements: whole seconds with Z.
pub fn write(time: Time) -> String {
    let (year, month, day) = date(time);
    let seconds = time.rem_euclid(DAY) / SECOND;
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}
