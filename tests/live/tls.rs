//! The way out to the vendors as it really is: TLS through a proxy, which is played here on loopback. Whoever stands there with
//! a certificate that isn't the vendor's, or with none, gets no byte of a token.

use super::kilo::{desk as kilo_desk, emulator as kilo_emulator};
use super::short_key::ShortKey;
use super::{NOW, account_at_kiro, desk as kiro_desk};
use acceptance::fixture;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::version::{TLS12, TLS13};
use rustls::{ServerConfig, ServerConnection, SupportedProtocolVersion};
use std::fs;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;
use tools::emulator::{Emulator, Team};

const TOKEN: &str = "made-up-token-that-stays-within-tls";
/// What a test itself says when whoever it watches has ended.
const OVER: &str = "it is over\r\n\r\n";

/// What stands behind a proxy.
#[derive(Clone, Copy, Debug)]
enum Behind {
    /// A server with this certificate, which speaks this version of TLS.
    Server(&'static str, &'static SupportedProtocolVersion),
    /// One that wants a version that nobody should speak any more: 1 for TLS 1.0, 2 for TLS 1.1.
    Older(u8),
    /// Nothing: the proxy itself says this to `CONNECT`.
    Says(&'static str),
    /// It connects, and then somebody answers in plain text.
    Plain,
}

/// What came to the proxy.
#[derive(Default, Debug)]
struct Came {
    /// Each `CONNECT`.
    asked: String,
    /// What came after it, as it came.
    raw: Vec<u8>,
    /// What it was once TLS was taken off.
    told: Vec<u8>,
}

/// A connection that notes what it reads.
struct Noting<'s>(&'s TcpStream, Vec<u8>);

impl Read for Noting<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.0.read(buffer)?;
        self.1.extend_from_slice(&buffer[..length]);
        Ok(length)
    }
}

impl Write for Noting<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn server(certificate: &str, version: &'static SupportedProtocolVersion) -> ServerConfig {
    let bytes = |name: &str| fs::read(fixture("servers").join(name)).expect("a certificate");
    let server = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&[version])
        .expect("a version")
        .with_no_client_auth();
    if certificate == "short" {
        return server.with_cert_resolver(Arc::new(ShortKey::of_the_fixtures()));
    }
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(bytes("key.der")));
    let chain = vec![CertificateDer::from(bytes(&format!("{certificate}.der")))];
    server.with_single_cert(chain, key).expect("a certificate and its key")
}

fn head(connection: &mut impl Read) -> io::Result<Vec<u8>> {
    let (mut bytes, mut byte) = (Vec::new(), [0]);
    while !bytes.ends_with(b"\r\n\r\n") && connection.read(&mut byte)? > 0 {
        bytes.push(byte[0]);
    }
    Ok(bytes)
}

fn serve(stream: &TcpStream, behind: Behind, came: &mut Came) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_mins(1)))?;
    let mut noting = Noting(stream, Vec::new());
    came.asked = String::from_utf8_lossy(&head(&mut noting)?).into_owned();
    if came.asked == OVER {
        return Ok(());
    }
    noting.1.clear();
    let answer = "HTTP/1.1 401 Unauthorized\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
    let outcome = match behind {
        Behind::Says(says) => noting.write_all(says.as_bytes()),
        Behind::Plain => {
            noting.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
            noting.write_all(answer.as_bytes()).and_then(|()| noting.read(&mut [0; 4096]).map(drop))
        }
        Behind::Older(minor) => {
            noting.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
            _ = noting.read(&mut [0; 4096])?;
            // A ServerHello of that version, with the one cipher suite that those have.
            let hello = [&[2, 0, 0, 38, 3, minor][..], &[7; 32], &[0, 0, 0x2f, 0]].concat();
            let length = u8::try_from(hello.len()).expect("short");
            noting.write_all(&[&[22, 3, minor, 0, length][..], &hello].concat())?;
            noting.read(&mut [0; 4096]).map(drop)
        }
        Behind::Server(certificate, version) => {
            noting.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
            let mut tls = ServerConnection::new(Arc::new(server(certificate, version))).expect("a server");
            let mut within = rustls::Stream::new(&mut tls, &mut noting);
            let asked = head(&mut within);
            asked.and_then(|asked| {
                came.told = asked;
                within.write_all(answer.as_bytes())?;
                within.flush()
            })
        }
    };
    came.raw = noting.1;
    outcome
}

/// Whoever plays a proxy serves one after the other: when this has come to it, everything before it has.
fn say_it_is_over(address: SocketAddr) {
    TcpStream::connect(address).and_then(|mut stream| stream.write_all(OVER.as_bytes())).expect("it listens");
}

/// Plays a proxy, and what is behind it.
fn proxy(behind: Behind) -> (SocketAddr, Receiver<Came>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let (sender, came) = channel();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut came = Came::default();
            // Whoever finds something wrong with it hangs up.
            _ = serve(&stream, behind, &mut came);
            if sender.send(came).is_err() {
                return;
            }
        }
    });
    (address, came)
}

/// A home in which somebody is signed in, whose figures were asked for before.
struct Home {
    folder: TempDir,
    host: &'static str,
}

impl Home {
    fn write(name: &str, text: &str, folder: &Path) {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn kiro() -> Self {
        let (desk, _) = kiro_desk(&Emulator::of(account_at_kiro(), NOW, 0));
        let folder = tempfile::tempdir().expect("a folder");
        desk.headroom.back_up(&folder.path().join("headroom.db")).expect("copied");
        let login = format!(
            r#"{{"accessToken":"{TOKEN}","expiresAt":"2099-01-01T00:00:00Z","authMethod":"social"}}"#
        );
        Self::write(".aws/sso/cache/kiro-auth-token.json", &login, folder.path());
        Self { folder, host: "q.us-east-1.amazonaws.com" }
    }

    fn kilo() -> Self {
        let (desk, _) = kilo_desk(&kilo_emulator(Team::of_three(NOW)), TOKEN);
        let folder = tempfile::tempdir().expect("a folder");
        desk.headroom.back_up(&folder.path().join("headroom.db")).expect("copied");
        let login = format!(r#"{{"kilo":{{"type":"api","key":"{TOKEN}"}}}}"#);
        Self::write(".local/share/kilo/auth.json", &login, folder.path());
        Self { folder, host: "api.kilo.ai" }
    }

    /// Asks by the real program, through a proxy that these variables name.
    fn refresh(&self, variables: &[(&str, String)]) -> Output {
        let home = self.folder.path();
        // A copy of its own each time: whoever failed just now isn't asked again at once.
        let data = home.join("data");
        _ = fs::remove_dir_all(&data);
        fs::create_dir_all(&data).expect("made");
        fs::copy(home.join("headroom.db"), data.join("headroom.db")).expect("copied");
        let mut command = Command::new(tools::programs::built("measured-headroom"));
        command
            .arg("refresh")
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", home)
            .env("HEADROOM_DATA_DIR", data);
        command.env("SSL_CERT_FILE", fixture("servers").join("trusted.pem"));
        command.envs(variables.iter().map(|(name, value)| (name, value))).current_dir(home);
        command.output().expect("it runs")
    }

    /// What came to a proxy while it asked once, and what it said.
    fn through(&self, behind: Behind, variable: &str, begin: &str) -> (Vec<Came>, String) {
        let (address, came) = proxy(behind);
        let output = self.refresh(&[(variable, format!("{begin}{address}"))]);
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        say_it_is_over(address);
        let came: Vec<_> = came.iter().take_while(|came| came.asked != OVER).collect();
        for came in &came {
            assert!(!holds(&came.raw, TOKEN) && !came.asked.contains(TOKEN), "{behind:?}: {came:?}");
            assert!(came.asked.starts_with(&format!("CONNECT {}:443 ", self.host)), "{behind:?}: {came:?}");
            assert!(
                came.raw.first().is_none_or(|first| *first == 22),
                "nothing but TLS: {behind:?}: {came:?}"
            );
        }
        assert!(!said.contains(TOKEN) && !said.is_empty(), "{behind:?}: {said}");
        (came, said)
    }
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|part| part == text.as_bytes())
}

const HTTP: &str = "http:\u{2f}/";

#[test]
fn whoever_has_the_vendors_certificate_is_asked() {
    for home in [Home::kiro(), Home::kilo()] {
        for version in [&TLS12, &TLS13] {
            let (came, said) = home.through(Behind::Server("good", version), "HTTPS_PROXY", HTTP);
            let asked = came.iter().filter(|came| holds(&came.told, &format!("Bearer {TOKEN}"))).count();
            assert!(asked > 0, "{version:?}: {came:?}: {said}");
            assert!(said.contains("sign in again"), "{said}");
        }
    }
}

#[test]
fn whoever_has_another_certificate_or_none_gets_no_token() {
    let certificates =
        ["unknown", "self-signed", "another-name", "expired", "not-yet", "sha1", "short-authority"];
    let mut wrong: Vec<_> = certificates
        .into_iter()
        .flat_map(|certificate| [&TLS12, &TLS13].map(|version| Behind::Server(certificate, version)))
        .collect();
    wrong.extend([Behind::Server("short", &TLS12), Behind::Older(1), Behind::Older(2), Behind::Plain]);
    for home in [Home::kiro(), Home::kilo()] {
        for behind in &wrong {
            let (came, said) = home.through(*behind, "HTTPS_PROXY", HTTP);
            assert!(!came.is_empty(), "{behind:?}: {said}");
            assert!(came.iter().all(|came| came.told.is_empty()), "{behind:?}: {came:?}");
            assert!(!said.contains("sign in again"), "{behind:?} is believed: {said}");
        }
    }
}

#[test]
fn a_proxy_that_says_something_else_gets_no_token_and_is_not_believed() {
    let home = Home::kilo();
    for says in [
        "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm=\"x\"\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 401 Unauthorized\r\ncontent-length: 2\r\n\r\n{}",
        "HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n",
        "SSH-2.0-OpenSSH_9.2\r\n\r\n",
        "",
    ] {
        let (came, said) = home.through(Behind::Says(says), "HTTPS_PROXY", HTTP);
        assert!(!came.is_empty() && !said.contains("sign in again"), "{says:?}: {said}");
    }
}

#[test]
fn each_variable_that_names_a_proxy_leads_there() {
    let home = Home::kilo();
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        let (came, said) = home.through(Behind::Says("HTTP/1.1 500 No\r\n\r\n"), variable, HTTP);
        assert!(!came.is_empty(), "{variable}: {said}");
    }
    let with_name = format!("{HTTP}ada:secret@");
    let (came, said) = home.through(Behind::Server("good", &TLS13), "HTTPS_PROXY", &with_name);
    assert!(
        came.iter().any(|came| came.asked.to_lowercase().contains("proxy-authorization: basic")),
        "{said}"
    );
    assert!(came.iter().all(|came| !holds(&came.told, "secret")), "the proxy's password goes no further");
    assert!(!said.contains("secret"), "{said}");
}

/// What is no proxy for web pages is given nothing, or a greeting of TLS or SOCKS at most.
#[test]
fn a_proxy_of_another_kind_gets_no_token() {
    for home in [Home::kiro(), Home::kilo()] {
        for scheme in ["socks4", "socks4a", "socks5", "socks5h", "https", "file", "ftp"] {
            for variable in ["HTTPS_PROXY", "ALL_PROXY"] {
                let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
                let address = listener.local_addr().expect("an address");
                let (sender, came) = channel();
                thread::spawn(move || {
                    for mut stream in listener.incoming().flatten() {
                        let mut bytes = vec![0; 4096];
                        let length = stream.read(&mut bytes).unwrap_or_default();
                        // It hangs up.
                        if sender.send(bytes[..length].to_vec()).is_err() {
                            return;
                        }
                    }
                });
                let output = home.refresh(&[(variable, format!("{scheme}:\u{2f}/{address}"))]);
                let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
                let which = format!("{variable}, {scheme}: {said}");
                assert!(
                    !said.contains(TOKEN) && !said.is_empty() && !said.contains("sign in again"),
                    "{which}"
                );
                say_it_is_over(address);
                for came in came.iter().take_while(|came| came != OVER.as_bytes()) {
                    assert!(!holds(&came, TOKEN), "{which}: {came:?}");
                    assert!(came.first().is_none_or(|first| [4, 5, 22].contains(first)), "{which}: {came:?}");
                }
            }
        }
    }
}
