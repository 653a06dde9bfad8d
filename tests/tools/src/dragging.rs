//! Files that are dragged onto a window, as a file manager drags them: X's protocol for it, version 5.

use std::path::PathBuf;
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, PropMode,
    SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

const VERSION: u32 = 5;

x11rb::atom_manager! {
    Atoms: AtomsCookie {
        XdndAware,
        XdndEnter,
        XdndPosition,
        XdndStatus,
        XdndDrop,
        XdndFinished,
        XdndSelection,
        XdndActionCopy,
        TEXT_URI_LIST: b"text/uri-list",
    }
}

/// Somebody's hand with files in it.
struct Hand {
    connection: RustConnection,
    atoms: Atoms,
    root: Window,
    /// What the files are dragged from.
    source: Window,
    /// The window that they are dragged onto.
    onto: Window,
    list: String,
}

/// Drags files onto the window with that title and lets go; ends once the window says that it took them.
///
/// # Panics
///
/// Where there is no such window, or it takes no files.
pub(crate) fn drop_onto(display: &str, title: &str, paths: &[PathBuf]) {
    let (connection, screen) = RustConnection::connect(Some(display)).expect("the display");
    let atoms = Atoms::new(&connection).expect("asked").reply().expect("atoms");
    let root = connection.setup().roots[screen].root;
    let source = connection.generate_id().expect("an id");
    connection
        .create_window(0, source, root, 0, 0, 1, 1, 0, WindowClass::INPUT_OUTPUT, 0, &CreateWindowAux::new())
        .expect("a window");
    connection.set_selection_owner(source, atoms.XdndSelection, 0u32).expect("asked");
    let lines: Vec<_> = paths.iter().map(|path| format!("file://{}\r\n", encoded(path))).collect();
    let list = lines.concat();
    let mut hand = Hand { connection, atoms, root, source, onto: 0, list };
    hand.onto = hand.find(root, title).expect("the window takes what is dragged onto it");
    hand.drag();
}

/// A path as an address has it.
fn encoded(path: &std::path::Path) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte);
    let bytes = path.as_os_str().as_encoded_bytes().iter();
    bytes
        .map(|byte| if plain(*byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

impl Hand {
    /// The window with that title that says it takes what is dragged onto it.
    fn find(&self, within: Window, title: &str) -> Option<Window> {
        let property = |of: Window, name: Atom| {
            let reply =
                self.connection.get_property(false, of, name, AtomEnum::ANY, 0, 64).ok()?.reply().ok()?;
            (!reply.value.is_empty()).then_some(reply.value)
        };
        let is_it = property(within, self.atoms.XdndAware).is_some()
            && property(within, AtomEnum::WM_NAME.into()).is_some_and(|name| name == title.as_bytes());
        if is_it {
            return Some(within);
        }
        let children = self.connection.query_tree(within).ok()?.reply().ok()?.children;
        children.into_iter().find_map(|child| self.find(child, title))
    }

    fn send(&self, message: Atom, data: [u32; 5]) {
        let event = ClientMessageEvent::new(32, self.onto, message, data);
        self.connection.send_event(false, self.onto, EventMask::NO_EVENT, event).expect("sent");
        self.connection.flush().expect("sent");
    }

    /// Holds the files over the middle of the window.
    fn hold(&self) {
        let size = self.connection.get_geometry(self.onto).expect("asked").reply().expect("a size");
        let middle = |length: u16| i16::try_from(length / 2).expect("a screen");
        let (x, y) = (middle(size.width), middle(size.height));
        let at = self.connection.translate_coordinates(self.onto, self.root, x, y).expect("asked");
        let at = at.reply().expect("a place");
        let part = |at: i16| u32::from(at.unsigned_abs());
        let at = part(at.dst_x) << 16 | part(at.dst_y);
        self.send(self.atoms.XdndPosition, [self.source, 0, at, 0, self.atoms.XdndActionCopy]);
    }

    fn drag(&self) {
        self.send(self.atoms.XdndEnter, [self.source, VERSION << 24, self.atoms.TEXT_URI_LIST, 0, 0]);
        self.hold();
        let (mut is_told, mut is_dropped) = (false, false);
        loop {
            let event = self.connection.wait_for_event().expect("the display goes on");
            if let Event::SelectionRequest(asked) = &event {
                self.answer(asked);
                is_told = true;
                // Whether it takes them may depend on what they are.
                if !is_dropped {
                    self.hold();
                }
            }
            let Event::ClientMessage(message) = event else { continue };
            if message.type_ == self.atoms.XdndFinished {
                return;
            }
            if message.type_ == self.atoms.XdndStatus && !is_dropped {
                let [_, accepts, ..] = message.data.as_data32();
                is_dropped = is_told && accepts & 1 == 1;
                if is_dropped {
                    self.send(self.atoms.XdndDrop, [self.source, 0, 0, 0, 0]);
                } else {
                    self.hold();
                }
            }
        }
    }

    /// Says which files they are.
    fn answer(&self, asked: &SelectionRequestEvent) {
        let is_list = asked.target == self.atoms.TEXT_URI_LIST;
        if is_list {
            self.connection
                .change_property8(
                    PropMode::REPLACE,
                    asked.requestor,
                    asked.property,
                    asked.target,
                    self.list.as_bytes(),
                )
                .expect("said");
        }
        let event = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: asked.time,
            requestor: asked.requestor,
            selection: asked.selection,
            target: asked.target,
            property: if is_list { asked.property } else { 0 },
        };
        self.connection.send_event(false, asked.requestor, EventMask::NO_EVENT, event).expect("sent");
        self.connection.flush().expect("sent");
    }
}
