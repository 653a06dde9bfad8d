//! Pages of a PDF: text that can be selected, laid out line by line, with a footer on each.

use super::language::Reader;
use super::phrases::Phrase;
use crate::error::{AppError, ErrorCode};
use headroom_exact::say;
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};
use rustybuzz::{Face, UnicodeBuffer};

/// A4 in points, and what stays free around the text.
const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
pub(super) const MARGIN: f32 = 56.0;
pub(super) const RIGHT: f32 = WIDTH - MARGIN;
/// Text ends here; the footer is below.
const BOTTOM: f32 = HEIGHT - 92.0;
/// The column of descriptions ends here, the column of amounts begins behind it.
const TEXT_WIDTH: f32 = 360.0;

/// Where the second text of a row begins, and how large rows are.
const MIDDLE: f32 = MARGIN + 210.0;
const SMALL: f32 = 9.5;

const VERSION: &str = env!("CARGO_PKG_VERSION");

const REGULAR: &[u8] = include_bytes!("../../fonts/NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../fonts/NotoSans-Bold.ttf");

/// Of what a document is made and by what.
pub(super) struct Made<'a> {
    /// What the document is called.
    pub title: &'a str,
    /// When it is made, RFC 3339.
    pub at: &'a str,
    /// What stands at the foot of each page, above its number.
    pub foot: &'static Phrase,
    /// What stands before the number.
    pub aside: &'a str,
    pub reader: Reader,
}

#[derive(Clone, Copy)]
pub(super) enum Weight {
    Regular,
    Bold,
}

#[derive(Clone, Copy)]
pub(super) enum Ink {
    Dark,
    Soft,
}

/// Something drawn on a page.
enum Mark {
    Text { x: f32, y: f32, size: f32, weight: Weight, ink: Ink, text: String },
    Line { y: f32 },
}

/// The two fonts, to draw with and to measure with.
struct Fonts {
    regular: Font,
    bold: Font,
    regular_face: Face<'static>,
    bold_face: Face<'static>,
}

impl Fonts {
    fn built_in() -> Option<Self> {
        Some(Self {
            regular: Font::new(REGULAR.into(), 0)?,
            bold: Font::new(BOLD.into(), 0)?,
            regular_face: Face::from_slice(REGULAR, 0)?,
            bold_face: Face::from_slice(BOLD, 0)?,
        })
    }

    const fn face(&self, weight: Weight) -> &Face<'static> {
        match weight {
            Weight::Regular => &self.regular_face,
            Weight::Bold => &self.bold_face,
        }
    }

    /// What the font has, with a mark for what it hasn't. A dash stands for the minus sign, which it hasn't.
    fn shown(&self, weight: Weight, text: &str) -> String {
        let known = |character: char| self.face(weight).glyph_index(character).is_some();
        let shown = |character: char| match character {
            character if known(character) => character,
            '\u{2212}' => '\u{2013}',
            _ => '\u{FFFD}',
        };
        text.chars().map(shown).collect()
    }

    #[expect(clippy::cast_precision_loss, reason = "advances of a font are small numbers")]
    fn width(&self, weight: Weight, size: f32, text: &str) -> f32 {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let face = self.face(weight);
        let shaped = rustybuzz::shape(face, &[], buffer);
        let advance: i32 = shaped.glyph_positions().iter().map(|position| position.x_advance).sum();
        advance as f32 * size / face.units_per_em() as f32
    }

    /// Text in lines that fit, a new one where one ends in it; a word that is too long is broken.
    fn lines(&self, weight: Weight, size: f32, text: &str, width: f32) -> Vec<String> {
        text.split('\n').flat_map(|line| self.fitting(weight, size, line, width)).collect()
    }

    fn fitting(&self, weight: Weight, size: f32, text: &str, width: f32) -> Vec<String> {
        let fits = |line: &str| self.width(weight, size, line) <= width;
        let mut lines = vec![String::new()];
        // An amount and its sign stay in one line.
        let words = text.split(|letter: char| letter.is_whitespace() && letter != '\u{a0}');
        for word in words.filter(|word| !word.is_empty()) {
            let line = lines.pop().unwrap_or_default();
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if fits(&longer) {
                lines.push(longer);
                continue;
            }
            if !line.is_empty() {
                lines.push(line);
            }
            let mut piece = String::new();
            for character in word.chars() {
                piece.push(character);
                if !fits(&piece) && piece.chars().count() > 1 {
                    piece.pop();
                    lines.push(std::mem::take(&mut piece));
                    piece.push(character);
                }
            }
            lines.push(piece);
        }
        lines
    }
}

/// Pages in the making: what is drawn on each, and how far down the last is written.
pub(super) struct Pages<'f> {
    fonts: &'f Fonts,
    /// What they are written in.
    pub reader: Reader,
    marks: Vec<Vec<Mark>>,
    y: f32,
}

impl Pages<'_> {
    fn draw(&mut self, mark: Mark) {
        if let Some(page) = self.marks.last_mut() {
            page.push(mark);
        }
    }

    /// Moves down; to a new page where `needed` doesn't fit any more.
    pub fn down(&mut self, by: f32, needed: f32) {
        self.y += by;
        if self.y + needed > BOTTOM {
            self.marks.push(Vec::new());
            self.y = MARGIN + 14.0;
        }
    }

    pub fn put(&mut self, x: f32, size: f32, weight: Weight, ink: Ink, text: &str) {
        let text = self.fonts.shown(weight, text);
        let y = self.y;
        self.draw(Mark::Text { x, y, size, weight, ink, text });
    }

    fn put_right(&mut self, size: f32, weight: Weight, text: &str) {
        let x = RIGHT - self.fonts.width(weight, size, &self.fonts.shown(weight, text));
        self.put(x, size, weight, Ink::Dark, text);
    }

    /// A paragraph over `width`, from the next line on.
    pub fn paragraph(&mut self, size: f32, ink: Ink, width: f32, text: &str) {
        for line in self.fonts.lines(Weight::Regular, size, text, width) {
            self.down(size * 1.45, 0.0);
            self.put(MARGIN, size, Weight::Regular, ink, &line);
        }
    }

    pub fn rule(&mut self, space: f32) {
        self.down(space, 0.0);
        let y = self.y;
        self.draw(Mark::Line { y });
    }

    /// What the document is called, and the name of what it is about below.
    pub fn title(&mut self, title: &str, about: &str) {
        self.put(MARGIN, 20.0, Weight::Bold, Ink::Dark, title);
        self.down(26.0, 0.0);
        self.put(MARGIN, 12.5, Weight::Bold, Ink::Dark, about);
    }

    /// What follows is called so; a part of that stays with it.
    pub fn heading(&mut self, heading: &str) {
        self.down(34.0, 80.0);
        self.put(MARGIN, 12.5, Weight::Bold, Ink::Dark, heading);
        self.rule(9.0);
    }

    /// Two texts beside each other and an amount, in as many lines as they need.
    pub fn row(&mut self, weight: Weight, left: &str, middle: &str, amount: &str) {
        let (left, middle) = (
            self.fonts.lines(weight, SMALL, left, MIDDLE - MARGIN - 12.0),
            self.fonts.lines(weight, SMALL, middle, TEXT_WIDTH + MARGIN - MIDDLE),
        );
        let more = left.len().max(middle.len()).saturating_sub(1);
        for index in 0..=more {
            // A row stays on one page.
            let (by, needed) = if index == 0 { (16.0, 14.0 + 12.0 * as_length(more)) } else { (12.0, 0.0) };
            self.down(by, needed);
            for (x, lines) in [(MARGIN, &left), (MIDDLE, &middle)] {
                if let Some(line) = lines.get(index) {
                    self.put(x, SMALL, weight, Ink::Dark, line);
                }
            }
            if index == 0 {
                self.put_right(SMALL, weight, amount);
            }
        }
    }

    /// A description with its amount on its first line, and how it comes about below.
    pub fn amount(&mut self, weight: Weight, title: &str, detail: &str, amount: &str) {
        let lines = self.fonts.lines(weight, 10.5, title, TEXT_WIDTH);
        for (index, line) in lines.iter().enumerate() {
            self.down(if index == 0 { 19.0 } else { 14.0 }, 16.0);
            self.put(MARGIN, 10.5, weight, Ink::Dark, line);
            if index == 0 {
                self.put_right(10.5, weight, amount);
            }
        }
        if !detail.is_empty() {
            self.paragraph(9.0, Ink::Soft, TEXT_WIDTH, detail);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "the lines of a row are few")]
fn as_length(lines: usize) -> f32 {
    lines.min(10) as f32
}

fn fill(ink: Ink) -> Fill {
    let color = match ink {
        Ink::Dark => rgb::Color::new(22, 33, 29),
        Ink::Soft => rgb::Color::new(81, 96, 90),
    };
    Fill { paint: color.into(), ..Fill::default() }
}

fn made(text: &str) -> Option<DateTime> {
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<u8>().ok();
    let year = text.get(..4)?.parse().ok()?;
    Some(
        DateTime::new(year)
            .month(part(5..7)?)
            .day(part(8..10)?)
            .hour(part(11..13)?)
            .minute(part(14..16)?)
            .second(part(17..19)?)
            .utc_offset_hour(0)
            .utc_offset_minute(0),
    )
}

/// A document of what `write` puts onto its pages.
pub(super) fn pdf(of: &Made<'_>, write: impl FnOnce(&mut Pages<'_>)) -> Result<Vec<u8>, AppError> {
    let failed = || AppError::new(ErrorCode::Outside, say!("pdf-not-made"));
    let fonts = Fonts::built_in().ok_or_else(failed)?;
    let mut pages = Pages { fonts: &fonts, reader: of.reader, marks: vec![Vec::new()], y: MARGIN + 14.0 };
    write(&mut pages);
    let mut document = Document::new();
    let mut metadata = Metadata::new()
        .title(of.title.to_owned())
        .creator(format!("Headroom {VERSION}"))
        .language(of.reader.language.tag().to_owned());
    if let Some(made) = made(of.at) {
        metadata = metadata.creation_date(made);
    }
    document.set_metadata(metadata);
    let count = pages.marks.len();
    let page_of = &of.reader.phrases().statement.page;
    let foot = of.foot.with(&[("version", VERSION), ("at", &of.reader.moment(of.at))]);
    let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(failed)?;
    for (number, marks) in (1_u32..).zip(&pages.marks) {
        let mut page = document.start_page_with(settings.clone());
        let mut surface = page.surface();
        let number = page_of.with(&[("number", &number.to_string()), ("count", &count.to_string())]);
        let footer = [foot.clone(), format!("{} {number}", of.aside)];
        draw(&mut surface, &fonts, marks);
        surface.set_fill(Some(fill(Ink::Soft)));
        for (line, y) in footer.iter().zip([HEIGHT - 62.0, HEIGHT - 50.0]) {
            let at = Point::from_xy(MARGIN, y);
            surface.draw_text(at, fonts.regular.clone(), 8.0, line, false, TextDirection::Auto);
        }
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|_| failed())
}

fn draw(surface: &mut Surface<'_>, fonts: &Fonts, marks: &[Mark]) {
    for mark in marks {
        match mark {
            Mark::Text { x, y, size, weight, ink, text } => {
                let font = match weight {
                    Weight::Regular => fonts.regular.clone(),
                    Weight::Bold => fonts.bold.clone(),
                };
                surface.set_fill(Some(fill(*ink)));
                surface.draw_text(Point::from_xy(*x, *y), font, *size, text, false, TextDirection::Auto);
            }
            Mark::Line { y } => {
                let mut path = PathBuilder::new();
                if let Some(line) = Rect::from_xywh(MARGIN, *y, RIGHT - MARGIN, 0.6) {
                    path.push_rect(line);
                }
                surface.set_fill(Some(fill(Ink::Soft)));
                if let Some(path) = path.finish() {
                    surface.draw_path(&path);
                }
            }
        }
    }
}
