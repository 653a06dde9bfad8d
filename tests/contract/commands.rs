//! A command is declared in one place: what Tauri grants and both sides of the window's door are written from there.

use crate::{same_or_update, same_or_update_file, window_words};
use acceptance::root;
use headroom_app::commands::{Argument, Signature, camel_case, export_types, signatures};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use ts_rs::Config;

const DECLARED: &str = "src-tauri/crates/app/src/commands/table.rs";
/// Prettier's, which looks at these files as at any other.
const WIDTH: usize = 120;

fn declared() -> Vec<Signature> {
    let declared = signatures(&Config::new());
    assert!(declared.len() > 40, "only {} commands are declared", declared.len());
    declared
}

fn read_json(path: &str) -> Value {
    let text = fs::read_to_string(root().join(path)).expect(path);
    serde_json::from_str(&text).expect(path)
}

#[test]
fn the_windows_types_are_those_of_the_commands() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = Config::new().with_out_dir(folder.path());
    export_types(&config).expect("every type can be written");
    let mut generated = crate::files(folder.path());
    assert!(generated.len() > 20, "only {} types were written", generated.len());
    generated.insert("Words.ts".to_owned(), window_words::window_type());
    same_or_update(&root().join("ui/src/ipc/bindings"), &generated);
}

#[test]
fn the_manifest_names_exactly_the_commands_there_are() {
    let names = lines(declared().iter().map(|command| format!("    \"{}\",", command.name)));
    let text = format!(
        "// Written by `make generate` from {DECLARED}.

/// Every command of the window.
pub const COMMANDS: &[&str] = &[
{names}];
"
    );
    same_or_update_file(&root().join("src-tauri/manifest.rs"), &text);
}

#[test]
fn the_window_is_granted_exactly_the_commands_there_are() {
    let permissions: Vec<_> =
        declared().iter().map(|command| format!("allow-{}", command.name.replace('_', "-"))).collect();
    let capability = json!({
        "identifier": "main",
        "description": "What the window may ask for: its own commands and nothing of the system. Written by `make generate`.",
        "windows": ["main"],
        "permissions": permissions,
    });
    // As Prettier writes it: in the order given here, what fits in a line on one.
    let head = ["identifier", "description", "windows"];
    let head = lines(head.iter().map(|key| format!("  \"{key}\": {},", capability[key])));
    let granted: Vec<_> = permissions.iter().map(|name| format!("    \"{name}\"")).collect();
    let text = format!("{{\n{head}  \"permissions\": [\n{}\n  ]\n}}\n", granted.join(",\n"));
    assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), capability);
    same_or_update_file(&root().join("src-tauri/capabilities/main.json"), &text);

    let files: Vec<_> = crate::files(&root().join("src-tauri/capabilities")).into_keys().collect();
    assert_eq!(files, ["main.json"], "no other capability");
    let security = &read_json("tauri.conf.json")["app"]["security"];
    assert_eq!(security["capabilities"], json!(["main"]));
}

#[test]
fn the_windows_door_is_that_of_the_commands() {
    let commands = declared();
    let folder = root().join("ui/src/ipc");
    same_or_update_file(&folder.join("backend.ts"), &backend(&commands));
    same_or_update_file(&folder.join("tauri.ts"), &tauri(&commands));
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.fold(String::new(), |text, line| text + &line + "\n")
}

/// A list as TypeScript's style has it.
fn styled(of: &str) -> String {
    of.strip_prefix("Array<").and_then(|rest| rest.strip_suffix('>')).map_or(of.to_owned(), |item| {
        let item = styled(item);
        if item.contains('|') { format!("({item})[]") } else { format!("{item}[]") }
    })
}

/// The types of ours that are named in it.
fn named(of: &str) -> impl Iterator<Item = &str> {
    of.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.starts_with(|letter: char| letter.is_uppercase()) && *word != "Array")
}

fn backend(commands: &[Signature]) -> String {
    let mut imports = BTreeSet::new();
    let mut methods = String::new();
    for command in commands {
        imports.extend(named(&command.answer));
        imports.extend(command.arguments.iter().flat_map(|argument| named(&argument.of)));
        methods.push_str(&documentation(command));
        methods.push_str(&method(command));
    }
    let lanes = commands.iter();
    let lanes = lines(
        lanes.map(|command| format!("  {}: \"{}\",", camel_case(command.name), command.lane.to_lowercase())),
    );
    let imports =
        lines(imports.iter().map(|name| format!("import type {{ {name} }} from \"./bindings/{name}\";")));
    format!(
        "/** What the window can ask for. The window knows only this; one file beside it knows Tauri. */
// Written by `make generate` from {DECLARED}.
{imports}
export interface Backend {{
{methods}}}

/** What each may have to wait for. */
export const lanes = {{
{lanes}}} as const satisfies Record<keyof Backend, string>;
"
    )
}

fn documentation(command: &Signature) -> String {
    let said: Vec<_> = command.documentation.iter().map(|line| line.trim()).collect();
    match said.as_slice() {
        [line] => format!("  /** {line} */\n"),
        _ => {
            format!("  /**\n{}   */\n", lines(said.iter().map(|line| format!("   * {line}"))))
        }
    }
}

fn method(command: &Signature) -> String {
    let typed = |argument: &Argument| {
        let of = styled(&argument.of);
        let of = if argument.is_told { format!("(what: {of}) => void") } else { of };
        format!("{}: {of}", camel_case(argument.name))
    };
    let arguments: Vec<_> = command.arguments.iter().map(typed).collect();
    let answer = if command.answer == "null" { "void".to_owned() } else { styled(&command.answer) };
    let name = camel_case(command.name);
    let line = format!("  {name}({}): Promise<{answer}>;\n", arguments.join(", "));
    if line.len() <= WIDTH + 1 {
        return line;
    }
    let arguments = lines(arguments.iter().map(|argument| format!("    {argument},")));
    format!("  {name}(\n{arguments}  ): Promise<{answer}>;\n")
}

fn tauri(commands: &[Signature]) -> String {
    let calls: String = commands.iter().map(call).collect();
    format!(
        "/** The real backend. The only file that imports Tauri. */
// Written by `make generate` from {DECLARED}.
import {{ Channel, invoke }} from \"@tauri-apps/api/core\";
import type {{ Backend }} from \"./backend\";

export const tauri: Backend = {{
{calls}}};
"
    )
}

fn call(command: &Signature) -> String {
    let names: Vec<_> = command.arguments.iter().map(|argument| camel_case(argument.name)).collect();
    let given: Vec<_> = command
        .arguments
        .iter()
        .zip(&names)
        .map(
            |(argument, name)| {
                if argument.is_told { format!("{name}: new Channel({name})") } else { name.clone() }
            },
        )
        .collect();
    let parameters = names.join(", ");
    let given = if given.is_empty() { String::new() } else { format!(", {{ {} }}", given.join(", ")) };
    let invoked = format!("invoke(\"{}\"{given}),", command.name);
    let line = format!("  {}: ({parameters}) => {invoked}\n", camel_case(command.name));
    if line.len() <= WIDTH + 1 {
        line
    } else {
        format!("  {}: ({parameters}) =>\n    {invoked}\n", camel_case(command.name))
    }
}
