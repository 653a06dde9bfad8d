//! A desktop around the window: its tray and its notifications, played on the rig's own session bus.
#![expect(
    clippy::used_underscore_binding,
    clippy::unused_self,
    clippy::needless_pass_by_value,
    reason = "the protocols decide what is asked and how"
)]

use headroom_app::{Paths, instance};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};
// The bus is asked in the blocking way, which a runtime's own threads may not do by themselves.
use tokio::task::block_in_place;
use zbus::blocking::{Connection, Proxy, connection};
use zbus::message::Header;
use zbus::zvariant::{OwnedValue, Structure, Value};
use zbus::{interface, proxy::CacheProperties};

const PATIENCE: Duration = Duration::from_mins(3);

/// What was told: heading and text.
pub type Told = (String, String);

#[derive(Default)]
struct Seen {
    items: Vec<String>,
    told: Vec<Told>,
}

#[derive(Default)]
struct Noticed {
    seen: Mutex<Seen>,
    changed: Condvar,
}

impl Noticed {
    fn look<T>(&self, look: impl FnOnce(&mut Seen) -> T) -> T {
        let found = look(&mut self.seen.lock().expect("one at a time"));
        self.changed.notify_all();
        found
    }
}

/// What `GetLayout` answers: a revision, then an entry with its properties and those below it.
type Layout = (u32, (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>));

/// What a tooltip is on the bus: an icon's name, its pictures, a heading and a text.
type ToolTip = (String, Vec<(i32, i32, Vec<u8>)>, String, String);

/// Keeps the icons that programs put into the tray.
struct Watcher(Arc<Noticed>);

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, #[zbus(header)] header: Header<'_>, service: &str) {
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        let name = if service.starts_with('/') { sender } else { service.to_owned() };
        self.0.look(|seen| seen.items.push(name));
    }

    fn register_status_notifier_host(&self, _service: &str) {}

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        self.0.look(|seen| seen.items.clone())
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

/// Takes notifications.
struct Notifications(Arc<Noticed>);

#[interface(name = "org.freedesktop.Notifications")]
impl Notifications {
    #[expect(clippy::too_many_arguments, reason = "the protocol's own question")]
    fn notify(
        &self,
        _program: &str,
        _replaces: u32,
        _icon: &str,
        summary: &str,
        body: &str,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _timeout: i32,
    ) -> u32 {
        self.0.look(|seen| {
            seen.told.push((summary.to_owned(), body.to_owned()));
            u32::try_from(seen.told.len()).expect("few")
        })
    }

    fn close_notification(&self, _id: u32) {}

    fn get_capabilities(&self) -> Vec<String> {
        vec!["body".to_owned()]
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        ("rig".to_owned(), "rig".to_owned(), "1".to_owned(), "1.2".to_owned())
    }
}

/// The desktop; it ends with the value.
pub struct Desktop {
    connection: Connection,
    noticed: Arc<Noticed>,
}

impl Desktop {
    /// A desktop on the session bus at that address.
    pub fn on(bus: &str) -> Self {
        let noticed = Arc::new(Noticed::default());
        let build = || {
            connection::Builder::address(bus)
                .and_then(|builder| builder.name("org.kde.StatusNotifierWatcher"))
                .and_then(|builder| builder.name("org.freedesktop.Notifications"))
                .and_then(|builder| builder.serve_at("/StatusNotifierWatcher", Watcher(Arc::clone(&noticed))))
                .and_then(|builder| {
                    builder.serve_at("/org/freedesktop/Notifications", Notifications(Arc::clone(&noticed)))
                })
                .and_then(connection::Builder::build)
                .expect("a desktop on the bus")
        };
        let connection = block_in_place(build);
        Self { connection, noticed }
    }

    /// Looks until there is an answer: again whenever something was noticed, and now and then for what nobody tells.
    fn until<T>(&self, what: &str, look: impl Fn() -> Option<T>) -> T {
        let began = Instant::now();
        loop {
            if let Some(found) = look() {
                return found;
            }
            assert!(began.elapsed() < PATIENCE, "{what} does not come");
            let seen = self.noticed.seen.lock().expect("one at a time");
            drop(self.noticed.changed.wait_timeout(seen, Duration::from_millis(50)).expect("one at a time"));
        }
    }

    /// What was told so far.
    pub fn told(&self) -> Vec<Told> {
        self.noticed.look(|seen| seen.told.clone())
    }

    /// Waits until such a thing was told.
    pub fn wait_until_told(&self, wanted: impl Fn(&Told) -> bool) {
        block_in_place(|| self.until("a notification", || self.told().iter().any(&wanted).then_some(())));
    }

    fn item(&self, path: &'static str, interface: &'static str) -> Proxy<'static> {
        let name = self.until("an icon in the tray", || self.noticed.look(|seen| seen.items.last().cloned()));
        zbus::blocking::proxy::Builder::<Proxy<'_>>::new(&self.connection)
            .destination(name)
            .and_then(|builder| builder.path(path))
            .and_then(|builder| builder.interface(interface))
            .map(|builder| builder.cache_properties(CacheProperties::No))
            .and_then(zbus::blocking::proxy::Builder::build)
            .expect("an icon")
    }

    /// Waits until the newest icon's title is that.
    pub fn wait_for_title(&self, wanted: &str) {
        let title = || {
            let item = self.item("/StatusNotifierItem", "org.kde.StatusNotifierItem");
            item.get_property::<String>("Title").ok()
        };
        block_in_place(|| self.until(wanted, || title().filter(|title| title.contains(wanted))));
    }

    /// Waits until the newest icon's tooltip has that heading; its text.
    pub fn wait_for_tooltip(&self, heading: &str) -> String {
        let tip = || {
            let item = self.item("/StatusNotifierItem", "org.kde.StatusNotifierItem");
            item.get_property::<ToolTip>("ToolTip").ok()
        };
        block_in_place(|| self.until(heading, || tip().filter(|tip| tip.2 == heading))).3
    }

    /// Waits until the program has left the bus and its data folder, not only the tray: a start before that would wake
    /// the one that ends.
    pub fn wait_until_left(&self, data: &Path) {
        let paths = Paths::new(data.to_owned(), None);
        let left = || {
            let bus = zbus::blocking::fdo::DBusProxy::new(&self.connection).expect("the bus");
            let names = bus.list_names().expect("names");
            let left = names.iter().all(|name| !name.ends_with(".SingleInstance"));
            (left && instance::lock(&paths).expect("a folder").is_some()).then_some(())
        };
        block_in_place(|| self.until("the program's end", left));
    }

    /// The entries of the icon's menu with their numbers.
    pub fn menu(&self) -> Vec<(i32, String)> {
        block_in_place(|| self.entries())
    }

    fn entries(&self) -> Vec<(i32, String)> {
        let menu = self.item("/MenuBar", "com.canonical.dbusmenu");
        let (_, layout): Layout =
            menu.call("GetLayout", &(0_i32, 1_i32, Vec::<String>::new())).expect("a menu");
        let entry = |value: &OwnedValue| {
            let parts = <&Structure<'_>>::try_from(value).ok()?.fields();
            let number = i32::try_from(parts.first()?).ok()?;
            let properties: HashMap<String, Value<'_>> = parts.get(1)?.try_clone().ok()?.try_into().ok()?;
            let label =
                properties.get("label").and_then(|label| String::try_from(label.try_clone().ok()?).ok());
            Some((number, label.unwrap_or_default()))
        };
        layout.2.iter().filter_map(entry).collect()
    }

    /// Chooses an entry of the menu.
    pub fn choose(&self, label: &str) {
        block_in_place(|| {
            let entries = self.entries();
            let (number, _) = entries.iter().find(|(_, name)| name == label).expect(label);
            let menu = self.item("/MenuBar", "com.canonical.dbusmenu");
            // Who is told to quit may have gone before it answers.
            menu.call_noreply("Event", &(*number, "clicked", Value::from(0_i32), 0_u32)).expect("a click");
        });
    }
}
