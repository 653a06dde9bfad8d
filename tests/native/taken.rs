//! What is taken along from the real window: WebKit puts a chart's picture where it can be pasted from.

use std::io::Write;
use std::process::{Command, Stdio};
use tools::rig::Rig;

/// How wide and high a PNG is, and how many colours it has, by whoever decodes it.
fn measured(png: &[u8]) -> [u32; 3] {
    let mut identify = Command::new("identify")
        .args(["-format", "%w %h %k", "png:-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("imagemagick is installed");
    identify.stdin.take().expect("its input").write_all(png).expect("it reads");
    let output = identify.wait_with_output().expect("it ends");
    assert!(output.status.success(), "it is a picture");
    let text = String::from_utf8(output.stdout).expect("text");
    let numbers: Vec<u32> = text.split(' ').map(|number| number.parse().expect("a number")).collect();
    numbers.try_into().expect("three numbers")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chart_is_copied_as_a_picture_by_ctrl_shift_c() {
    let rig = Rig::start("taken");
    let window = rig.open(&["--sample"]).await;
    window.wait_for("html[data-painted=yes]").await;
    window.wait_for("main figure svg polyline").await;
    assert!(rig.pasted("image/png").is_empty(), "nobody copied anything yet");
    let focus = ["search", "--sync", "--onlyvisible", "--name", "^Headroom$", "windowfocus", "--sync"];
    assert!(rig.hands(&[&focus[..], &["key", "ctrl+shift+c"]].concat()));
    window.wait_for_text("body", "The picture is copied.").await;
    let png = rig.pasted("image/png");
    assert!(png.starts_with(b"\x89PNG"), "{} bytes", png.len());
    let [width, height, colours] = measured(&png);
    assert!(width > 500 && height > 200, "{width} × {height}");
    assert!(colours > 20, "more than a ground: {colours} colours");
    window.close().await;
}
