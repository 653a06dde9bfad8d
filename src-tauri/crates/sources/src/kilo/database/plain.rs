//! A message in the form in which Kilo's programs write it, read from its bytes: no blanks between its parts, no letter of a name
//! written otherwise, each name once. Everything else goes the long way, through serde (`message`); what is read here is what is
//! read there.

use std::borrow::Cow;

/// What is deeper than this goes the long way.
const DEEPEST: u32 = 16;

/// What a message says of a request: texts and numbers as they stand there.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Said<'a> {
    pub(super) role: Option<Cow<'a, str>>,
    pub(super) model_id: Option<Cow<'a, str>>,
    pub(super) provider_id: Option<Cow<'a, str>>,
    /// A model with its provider, or what else stands under that name.
    pub(super) model: Option<&'a str>,
    pub(super) cost: Option<&'a str>,
    /// Input, output, reasoning, read from and written to the cache.
    pub(super) tokens: [Option<&'a str>; 5],
    /// When it was created, and completed, in milliseconds since 1970.
    pub(super) times: [Option<&'a str>; 2],
}

/// What a message says; none where it isn't written in the plain form, whatever else it is.
pub(super) fn said(text: &str) -> Option<Said<'_>> {
    let mut said = Said::default();
    let (mut tokens, mut time) = (None, None);
    let mut at = At { text, place: 0 };
    at.members(|at, name| match name {
        "role" => once(&mut said.role, Cow::Borrowed(at.plain_text()?)),
        "modelID" => once(&mut said.model_id, Cow::Borrowed(at.plain_text()?)),
        "providerID" => once(&mut said.provider_id, Cow::Borrowed(at.plain_text()?)),
        "model" => once(&mut said.model, at.anything()?),
        "cost" => once(&mut said.cost, at.number()?),
        "tokens" => once(&mut tokens, read_tokens(at, &mut said.tokens)?),
        "time" => {
            let [created, completed] = &mut said.times;
            let read = at.members(|at, name| match name {
                "created" => once(created, at.number()?),
                "completed" => once(completed, at.number()?),
                _ => at.pass(DEEPEST),
            });
            once(&mut time, read?)
        }
        _ => at.pass(DEEPEST),
    })?;
    at.is_at_the_end().then_some(said)
}

/// The provider and the id of a model.
pub(super) fn model(text: &str) -> Option<(Option<&str>, Option<&str>)> {
    let (mut provider, mut id) = (None, None);
    let mut at = At { text, place: 0 };
    at.members(|at, name| match name {
        "providerID" => once(&mut provider, at.plain_text()?),
        "id" => once(&mut id, at.plain_text()?),
        _ => at.pass(DEEPEST),
    })?;
    at.is_at_the_end().then_some((provider, id))
}

fn read_tokens<'a>(at: &mut At<'a>, tokens: &mut [Option<&'a str>; 5]) -> Option<()> {
    let [input, output, reasoning, read, write] = tokens;
    let mut cache = None;
    at.members(|at, name| match name {
        "input" => once(input, at.number()?),
        "output" => once(output, at.number()?),
        "reasoning" => once(reasoning, at.number()?),
        "cache" => {
            let of_cache = at.members(|at, name| match name {
                "read" => once(read, at.number()?),
                "write" => once(write, at.number()?),
                _ => at.pass(DEEPEST),
            });
            once(&mut cache, of_cache?)
        }
        _ => at.pass(DEEPEST),
    })
}

/// Puts there what stands under a name; what stands there again goes the long way.
fn once<T>(place: &mut Option<T>, value: T) -> Option<()> {
    place.replace(value).is_none().then_some(())
}

/// Of eight bytes, the highest bits of those which a text doesn't hold as they are; where there are some, perhaps of others behind them.
const fn ends_of_plain(eight: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGHEST: u64 = EACH << 7;
    const fn is_below(eight: u64, least: u64) -> u64 {
        eight.wrapping_sub(EACH.wrapping_mul(least)) & !eight & HIGHEST
    }
    const fn is(eight: u64, byte: u64) -> u64 {
        is_below(eight ^ EACH.wrapping_mul(byte), 1)
    }
    is_below(eight, 0x20) | is(eight, 0x22) | is(eight, 0x5c)
}

/// Where in a text somebody is. Each of its functions passes by what it reads; none where it isn't in the plain form.
struct At<'a> {
    text: &'a str,
    place: usize,
}

impl<'a> At<'a> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.place).copied()
    }

    fn next(&mut self) {
        self.place = self.place.saturating_add(1);
    }

    fn is_at_the_end(&self) -> bool {
        self.place == self.text.len()
    }

    /// Passes by this byte, if it stands here.
    fn passes(&mut self, byte: u8) -> bool {
        let stands = self.byte() == Some(byte);
        if stands {
            self.next();
        }
        stands
    }

    fn needs(&mut self, byte: u8) -> Option<()> {
        self.passes(byte).then_some(())
    }

    fn since(&self, begins: usize) -> Option<&'a str> {
        self.text.get(begins..self.place)
    }

    /// An object, of which somebody else reads what stands under each name.
    fn members(&mut self, mut read: impl FnMut(&mut Self, &'a str) -> Option<()>) -> Option<()> {
        self.needs(b'{')?;
        if self.passes(b'}') {
            return Some(());
        }
        loop {
            let name = self.plain_text()?;
            self.needs(b':')?;
            read(self, name)?;
            if self.passes(b'}') {
                return Some(());
            }
            self.needs(b',')?;
        }
    }

    /// Passes by what a text may hold as it is, up to a quotation mark, a backslash or what no text holds.
    fn pass_plain(&mut self) -> Option<u8> {
        let mut rest = self.text.as_bytes().get(self.place..)?;
        while let Some((eight, further)) = rest.split_first_chunk() {
            let ends = ends_of_plain(u64::from_le_bytes(*eight));
            if ends != 0 {
                break;
            }
            rest = further;
        }
        let is_end = |byte: &u8| matches!(byte, b'"' | b'\\' | ..=0x1f);
        let (far, byte) = rest.iter().enumerate().find(|(_, byte)| is_end(byte))?;
        let left = rest.len().checked_sub(far)?;
        self.place = self.text.len().checked_sub(left)?;
        Some(*byte)
    }

    /// A text that is written as it is.
    fn plain_text(&mut self) -> Option<&'a str> {
        self.needs(b'"')?;
        let begins = self.place;
        let byte = self.pass_plain()?;
        let text = self.since(begins)?;
        self.next();
        (byte == b'"').then_some(text)
    }

    /// A text that nobody needs.
    fn pass_text(&mut self) -> Option<()> {
        self.needs(b'"')?;
        loop {
            let byte = self.pass_plain()?;
            self.next();
            match byte {
                b'"' => return Some(()),
                b'\\' => {}
                _ => return None,
            }
            if !matches!(self.byte()?, b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') {
                return None;
            }
            self.next();
        }
    }

    /// The text of a number.
    fn number(&mut self) -> Option<&'a str> {
        let begins = self.place;
        self.pass_number()?;
        self.since(begins)
    }

    /// The text of anything that isn't null, which says nothing.
    fn anything(&mut self) -> Option<&'a str> {
        let begins = self.place;
        self.pass(DEEPEST)?;
        self.since(begins).filter(|text| *text != "null")
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let end = self.place.checked_add(word.len())?;
        let stands = self.text.as_bytes().get(self.place..end)? == word.as_bytes();
        self.place = end;
        stands.then_some(())
    }

    fn digits(&mut self) -> Option<()> {
        let begins = self.place;
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.next();
        }
        (self.place > begins).then_some(())
    }

    fn pass_number(&mut self) -> Option<()> {
        self.passes(b'-');
        if !self.passes(b'0') {
            self.digits()?;
        }
        if self.passes(b'.') {
            self.digits()?;
        }
        if self.passes(b'e') || self.passes(b'E') {
            _ = self.passes(b'+') || self.passes(b'-');
            self.digits()?;
        }
        Some(())
    }

    /// Anything.
    fn pass(&mut self, deepest: u32) -> Option<()> {
        let deepest = deepest.checked_sub(1)?;
        match self.byte()? {
            b'"' => self.pass_text(),
            b'{' => self.members(|at, _| at.pass(deepest)),
            b'[' => {
                self.next();
                if self.passes(b']') {
                    return Some(());
                }
                loop {
                    self.pass(deepest)?;
                    if self.passes(b']') {
                        return Some(());
                    }
                    self.needs(b',')?;
                }
            }
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => self.pass_number(),
        }
    }
}
