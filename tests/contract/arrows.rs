//! Which file of a crate uses which: by its imports and by the paths in its code, each followed through whatever hands a
//! name on to the file that declares it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A module's names from the crate's root: `["scenario", "field"]`; the root itself has none.
pub(crate) type Module = Vec<String>;

/// From each file to those that it uses, with the paths by which it does.
pub(crate) type Arrows = BTreeMap<Module, BTreeMap<Module, BTreeSet<String>>>;

/// Every module of a crate with its text.
pub(crate) fn modules(folder: &Path) -> BTreeMap<Module, String> {
    let mut found = BTreeMap::new();
    walk(folder, &Module::new(), &mut found);
    found
}

fn walk(folder: &Path, at: &Module, found: &mut BTreeMap<Module, String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let within = |name: String| at.iter().cloned().chain([name]).collect::<Module>();
        if path.is_dir() {
            // Each program of a package is a crate of its own.
            if name != "bin" {
                walk(&path, &within(name), found);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let module = match name.as_str() {
                // A program beside a library is another crate.
                "main" if folder.join("lib.rs").exists() => continue,
                "lib" | "mod" | "main" => at.clone(),
                "tests" => continue,
                _ => within(name),
            };
            found.insert(module, fs::read_to_string(&path).expect("text"));
        }
    }
}

/// The words and signs of a text, without comments and without what stands in quotes.
fn tokens(text: &str) -> Vec<String> {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let letters: Vec<char> = text.chars().collect();
    let mut found: Vec<String> = Vec::new();
    let mut at = 0;
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    while let Some(&letter) = letters.get(at) {
        let rest = &letters[at..];
        at += match letter {
            '/' if rest.starts_with(&['/', '/']) => {
                rest.iter().position(|&letter| letter == '\n').unwrap_or(rest.len())
            }
            '"' => {
                let length = quoted(rest);
                let text: String = rest[1..length.saturating_sub(1).max(1)].iter().collect();
                // As attributes name types.
                if ["crate::", "super::"].iter().any(|root| text.contains(root)) {
                    found.extend(tokens(&text));
                }
                length
            }
            'r' | 'b' if raw(rest).is_some() => raw(rest).expect("just seen"),
            // A letter in quotes, or the name of a lifetime.
            '\'' if rest.get(1) == Some(&'\\') => {
                3 + rest[3..].iter().position(|&letter| letter == '\'').map_or(0, |more| more + 1)
            }
            '\'' if rest.get(2) == Some(&'\'') => 3,
            '\'' => 1 + rest[1..].iter().position(|&letter| !is_word(letter)).unwrap_or(0),
            ':' if rest.starts_with(&[':', ':']) => {
                found.push("::".to_owned());
                2
            }
            _ if is_word(letter) => {
                let length = rest.iter().position(|&letter| !is_word(letter)).unwrap_or(rest.len());
                found.push(rest[..length].iter().collect());
                length
            }
            _ => {
                if !letter.is_whitespace() {
                    found.push(letter.to_string());
                }
                1
            }
        };
    }
    found
}

/// How long a text in quotes is.
fn quoted(rest: &[char]) -> usize {
    let mut at = 1;
    while let Some(&letter) = rest.get(at) {
        at += if letter == '\\' { 2 } else { 1 };
        if letter == '"' {
            break;
        }
    }
    at
}

/// How long a raw text is, or one of bytes, if one begins here.
fn raw(rest: &[char]) -> Option<usize> {
    let opening = rest.iter().position(|letter| !['r', 'b', '#'].contains(letter))?;
    if rest.get(opening) != Some(&'"') {
        return None;
    }
    let hashes = rest[..opening].iter().filter(|&&letter| letter == '#').count();
    if !rest[..opening].contains(&'r') {
        return Some(opening + quoted(&rest[opening..]));
    }
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let within = &rest[opening + 1..];
    let length = within.windows(end.len()).position(|part| part == end.as_slice())?;
    Some(opening + 1 + length + end.len())
}

/// An import: what it names, what it is called here, and whether it is handed on.
struct Import {
    path: Vec<String>,
    called: String,
    handed_on: bool,
}

/// What a file declares, imports and names in its code.
#[derive(Default)]
struct Read {
    declared: BTreeSet<String>,
    /// Macros that stand at the crate's root, wherever they are written.
    exported: BTreeSet<String>,
    imports: Vec<Import>,
    paths: BTreeSet<Vec<String>>,
}

const DECLARES: [&str; 9] =
    ["struct", "enum", "union", "fn", "trait", "type", "const", "static", "macro_rules"];

fn read(text: &str) -> Read {
    let tokens = tokens(text);
    let word = |at: usize| tokens.get(at).map_or("", String::as_str);
    let is_name = |word: &str| word.starts_with(|letter: char| letter.is_alphabetic() || letter == '_');
    let mut found = Read::default();
    let (mut depth, mut at) = (0_usize, 0);
    while at < tokens.len() {
        let before = at.checked_sub(1).map_or("", word);
        match word(at) {
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            "use" if word(at + 1) != "<" => {
                let length = tokens[at..].iter().position(|word| word == ";").unwrap_or(1);
                let handed_on = before == "pub" || before == ")";
                leaves(&tokens[at + 1..at + length], &[], handed_on, &mut found.imports);
                at += length;
            }
            name if depth == 0 && DECLARES.contains(&name) => {
                let is_macro = name == "macro_rules";
                let named = word(if is_macro { at + 2 } else { at + 1 });
                if is_name(named) && !DECLARES.contains(&named) {
                    found.declared.insert(named.to_owned());
                    let opening = at.saturating_sub(4);
                    if is_macro && tokens[opening..at].iter().any(|word| word == "macro_export") {
                        found.exported.insert(named.to_owned());
                    }
                }
            }
            // `pub(in a::b)` says who sees it and uses nothing.
            name if is_name(name) && word(at + 1) == "::" => {
                let mut path = vec![name.to_owned()];
                let mut end = at;
                while word(end + 1) == "::" && is_name(word(end + 2)) {
                    path.push(word(end + 2).to_owned());
                    end += 2;
                }
                let starts = !["::", ".", "in"].contains(&before) && (before != "$" || name == "crate");
                if starts || (before == "in" && at.checked_sub(2).map_or("", word) != "(") {
                    found.paths.insert(path);
                }
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Every path that a tree of imports names: `a::{b, c::d}` names `a::b` and `a::c::d`.
fn leaves(tree: &[String], before: &[String], handed_on: bool, found: &mut Vec<Import>) {
    let group = tree.iter().position(|word| word == "{");
    let Some(group) = group else {
        let mut parts = tree.split(|word| word == "as");
        let names = parts.next().unwrap_or_default().iter().filter(|word| *word != "::").cloned();
        let mut path: Vec<String> = before.iter().cloned().chain(names).collect();
        if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        let called = parts.next().and_then(<[String]>::first).or(path.last()).cloned();
        if let Some(called) = called.filter(|_| !tree.is_empty()) {
            found.push(Import { path, called, handed_on });
        }
        return;
    };
    let names = tree[..group].iter().filter(|word| *word != "::").cloned();
    let before: Vec<String> = before.iter().cloned().chain(names).collect();
    let inner = &tree[group + 1..tree.len() - 1];
    let (mut depth, mut from) = (0, 0);
    for (at, word) in inner.iter().map(String::as_str).chain([","]).enumerate() {
        match word {
            "{" => depth += 1,
            "}" => depth -= 1,
            "," if depth == 0 => {
                leaves(&inner[from..at], &before, handed_on, found);
                from = at + 1;
            }
            _ => {}
        }
    }
}

/// Where a path leads to.
enum Leads {
    /// To what this file declares.
    To(Module),
    /// To a module itself, from which nothing is taken yet.
    Into(Module),
}

struct Crate {
    files: BTreeMap<Module, Read>,
    macros: BTreeMap<String, Module>,
}

impl Crate {
    /// Where a path leads that stands in a module; nowhere, if it leads out of the crate.
    fn lead(&self, at: &Module, path: &[String], deep: usize) -> Option<Leads> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => self.follow(&Module::new(), rest, deep),
            "self" => self.follow(at, rest, deep),
            "super" => {
                let mut parent = at[..at.len().checked_sub(1)?].to_vec();
                let mut rest = rest;
                while rest.first().is_some_and(|next| next == "super") {
                    parent.pop()?;
                    rest = &rest[1..];
                }
                self.follow(&parent, rest, deep)
            }
            name if self.knows(at, name) => self.follow(at, path, deep),
            _ => None,
        }
    }

    fn knows(&self, at: &Module, name: &str) -> bool {
        let child = [at.as_slice(), &[name.to_owned()]].concat();
        let read = &self.files[at];
        self.files.contains_key(&child)
            || read.declared.contains(name)
            || read.imports.iter().any(|import| import.called == name)
    }

    /// Where the rest of a path leads from a module on.
    fn follow(&self, at: &Module, rest: &[String], deep: usize) -> Option<Leads> {
        let Some((name, more)) = rest.split_first() else { return Some(Leads::Into(at.clone())) };
        let read = self.files.get(at)?;
        let child = [at.as_slice(), std::slice::from_ref(name)].concat();
        let is_here = read.declared.contains(name);
        let is_imported = read.imports.iter().any(|import| import.called == *name);
        // At a path's end a function that is called as a module is meant.
        if self.files.contains_key(&child) && !(more.is_empty() && (is_here || is_imported)) {
            return self.follow(&child, more, deep);
        }
        if is_here {
            return Some(Leads::To(at.clone()));
        }
        if let Some(from) = self.macros.get(name).filter(|_| at.is_empty()) {
            return Some(Leads::To(from.clone()));
        }
        let globs = read.imports.iter().filter(|import| import.called == "*");
        let through_all = globs.filter_map(|import| {
            let whole = &import.path[..import.path.len().checked_sub(1)?];
            let Leads::Into(module) = self.lead(at, whole, deep.checked_sub(1)?)? else { return None };
            self.knows(&module, name).then(|| self.follow(&module, rest, deep - 1)).flatten()
        });
        match read.imports.iter().find(|import| import.called == *name) {
            // What is imported under its own name from itself leads nowhere else.
            Some(import) => self.lead(at, &[import.path.as_slice(), more].concat(), deep.checked_sub(1)?),
            None => through_all.into_iter().next().or_else(|| Some(Leads::To(at.clone()))),
        }
    }
}

/// Every arrow between the files of a crate. To declare a child, and to hand on what stands in it, is none.
pub(crate) fn arrows(all: &BTreeMap<Module, String>) -> Arrows {
    let files: BTreeMap<_, _> = all.iter().map(|(module, text)| (module.clone(), read(text))).collect();
    let exported = |(module, read): (&Module, &Read)| -> Vec<(String, Module)> {
        read.exported.iter().map(|name| (name.clone(), module.clone())).collect()
    };
    let macros = files.iter().flat_map(exported).collect();
    let of = Crate { files, macros };
    let mut found = Arrows::new();
    for (module, read) in &of.files {
        let mut used: BTreeMap<Module, BTreeSet<String>> = BTreeMap::new();
        let imported = read.imports.iter().map(|import| (&import.path, import.handed_on));
        for (path, handed_on) in imported.chain(read.paths.iter().map(|path| (path, false))) {
            let whole = path.strip_suffix(&["*".to_owned()]);
            let target = match of.lead(module, whole.unwrap_or(path), 20) {
                Some(Leads::To(target)) => target,
                Some(Leads::Into(target)) if whole.is_some() => target,
                _ => continue,
            };
            if target != *module && !(handed_on && target.starts_with(module)) {
                used.entry(target).or_default().insert(path.join("::"));
            }
        }
        found.insert(module.clone(), used);
    }
    found
}
