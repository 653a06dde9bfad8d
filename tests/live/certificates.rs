//! Whoever answers in a vendor's place hears nothing, and what is wrong with them is said: on the program as it is built,
//! through a proxy of its own, with certificates made up for this (`tests/fixtures/tls`, good for a hundred years).

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;

const TOKEN: &str = "a-token-for-kiro-alone";

fn certificate(name: &str) -> PathBuf {
    acceptance::fixture("tls").join(format!("{name}.pem"))
}

/// A proxy that leads wherever somebody wants to go to itself, and keeps what it hears.
struct Proxy {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Proxy {
    /// With that certificate; without one it speaks in clear.
    fn with(certificate: Option<&Path>) -> Self {
        let server = certificate.map(|path| {
            let chain: Result<Vec<_>, _> = CertificateDer::pem_file_iter(path).expect("a file").collect();
            let key = PrivateKeyDer::from_pem_file(path).expect("a key");
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let server = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
            let server = server.expect("versions").with_no_client_auth();
            Arc::new(
                server.with_single_cert(chain.expect("certificates"), key).expect("they belong together"),
            )
        });
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let heard = Arc::new(Mutex::new(Vec::new()));
        let keep = Arc::clone(&heard);
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                // Whoever goes away early says enough by that.
                _ = serve(connection, server.clone(), &keep);
            }
        });
        Self { address, heard }
    }
}

/// The head of a request.
fn head(stream: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte)? > 0 {
        head.push(byte[0]);
    }
    Ok(head)
}

fn serve(
    mut stream: TcpStream,
    server: Option<Arc<ServerConfig>>,
    heard: &Mutex<Vec<u8>>,
) -> std::io::Result<()> {
    let keep = |bytes: &[u8]| heard.lock().expect("one at a time").extend_from_slice(bytes);
    // What is said to a proxy in clear counts too.
    keep(&head(&mut stream)?);
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
    let Some(server) = server else {
        let greeting = stream.read(&mut [0; 4096])?;
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n")?;
        // Whoever greeted has gone when there is no more to read.
        return if greeting > 0 { stream.read_to_end(&mut Vec::new()).map(drop) } else { Ok(()) };
    };
    let connection = ServerConnection::new(server).map_err(std::io::Error::other)?;
    let mut stream = StreamOwned::new(connection, stream);
    keep(&head(&mut stream)?);
    let refusal = br#"{"__type":"AccessDeniedException","message":"no such user"}"#;
    write!(
        stream,
        "HTTP/1.1 403 Forbidden\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        refusal.len()
    )?;
    stream.write_all(refusal)?;
    stream.flush()
}

/// What the command line says of a refresh through that proxy, trusting whom that file names.
fn refreshed(proxy: &Proxy, trusted: &Path) -> String {
    let home = tempfile::tempdir().expect("a folder");
    let cache = home.path().join(".aws/sso/cache");
    fs::create_dir_all(&cache).expect("a folder");
    let login =
        format!(r#"{{"accessToken":"{TOKEN}","expiresAt":"2099-01-01T00:00:00Z","authMethod":"social"}}"#);
    fs::write(cache.join("kiro-auth-token.json"), login).expect("written");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(tools::programs::built("measured-headroom"));
        command.args(arguments).env_clear().env("PATH", "/usr/bin:/bin").env("HOME", home.path());
        command.env("HEADROOM_DATA_DIR", home.path().join("data")).env("SSL_CERT_FILE", trusted);
        // Nobody is asked but the proxy, which is on this machine.
        command.env("HTTPS_PROXY", format!("http://{}", proxy.address));
        command.output().expect("it runs")
    };
    let stated = run(&["facts", "--plan", "pro", "--first-paid", "2026-01-05"]);
    assert!(stated.status.success(), "{stated:?}");
    let refreshed = run(&["refresh"]);
    assert!(!refreshed.status.success(), "{refreshed:?}");
    String::from_utf8(refreshed.stderr).expect("text")
}

#[test]
fn whoever_cant_be_trusted_hears_nothing_and_what_is_wrong_with_them_is_said() {
    let trusted = certificate("trusted");
    for (name, expected) in [
        (Some("unknown"), "nobody this machine trusts vouches for whoever answered in its place"),
        (Some("ended"), "the certificate that answered isn't valid today"),
        (Some("another"), "somebody else answered in its place"),
        (None, "whoever answered has no safe way to be spoken to"),
    ] {
        let proxy = Proxy::with(name.map(certificate).as_deref());
        let said = refreshed(&proxy, &trusted);
        assert!(
            said.starts_with("headroom: Nothing was sent to Kiro: ") && said.contains(expected),
            "{name:?}: {said}"
        );
        let heard = String::from_utf8_lossy(&proxy.heard.lock().expect("one at a time")).into_owned();
        assert!(
            heard.starts_with("CONNECT ") && !heard.contains("GET") && !heard.contains(TOKEN),
            "{name:?}: {heard}"
        );
    }
    // The same one, where nothing is wrong with it: it is spoken to.
    let proxy = Proxy::with(Some(&certificate("good")));
    let said = refreshed(&proxy, &trusted);
    assert!(said.contains("no such user"), "{said}");
    assert!(String::from_utf8_lossy(&proxy.heard.lock().expect("one at a time")).contains(TOKEN));
}
