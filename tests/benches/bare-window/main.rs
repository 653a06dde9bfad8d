//! A bare Tauri window with an empty page: the yardstick of Headroom's start (`make bench`).

fn main() {
    let app = tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![painted])
        .build(tauri::generate_context!("tests/benches/bare-window/tauri.conf.json"));
    if let Ok(app) = app {
        app.run(|_, _| {});
    }
}

#[tauri::command(async)]
fn painted() {
    #[expect(clippy::print_stderr, reason = "whoever measures waits for this line")]
    {
        eprintln!("painted: a bare window");
    }
}
