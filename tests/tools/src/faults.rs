//! What the emulator does wrong when it is told to.

use crate::written::write;
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// What goes wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// The connection is closed without a word.
    Refuse,
    /// No answer comes.
    Silence,
    /// The answer breaks off.
    HalfBody,
    /// A page instead of JSON.
    WrongType,
    /// The token is refused.
    Unauthorized,
    /// The same, as some hosts say it.
    BearerInvalid,
    /// The account is managed elsewhere.
    NotSupported,
    /// The account is suspended.
    Suspended,
    /// Too many questions, with a header in seconds or as a date, or without one.
    Throttled(Option<&'static str>),
    /// Too many questions, by the exception alone.
    ThrottlingException,
    /// There is no such question.
    NotFound,
    /// The server fails.
    Server,
    /// It points to another port of this machine.
    Redirect(u16),
    /// A small answer that grows beyond every bound when it is unpacked.
    GzipBomb,
    /// An answer without end.
    GiantBody,
    /// Numbers have become texts.
    ChangedSchema,
    /// It takes the switch and doesn't turn it.
    IgnoresTheSwitch,
    /// A byte of the answer now and then, and no end.
    Trickle(Duration),
    /// A byte of the answer's head now and then, and no end.
    HeadTrickle(Duration),
    /// A head without end.
    EndlessHead,
    /// "Go on", again and again, and no answer.
    GoesOn,
    /// Something that is no answer of any web server.
    Garbage,
    /// A shorter answer than it says.
    TooShort,
    /// A longer answer than it says.
    TooLong,
    /// A packed answer that breaks off, whole as far as lengths tell.
    CutGzip,
    /// Pieces of which no length can be read.
    BadChunks,
    /// Pieces of one byte without end.
    EndlessChunks,
    /// No body at all, where there should be one.
    Empty,
    /// The connection is torn down before the question was read.
    Reset,
    /// Whatever a test wants it to say: a status, with headers of its own after a line's end, and a body.
    Says(&'static str, &'static str),
}

fn exception(stream: &mut TcpStream, status: &str, kind: &str, reason: Option<&str>) -> std::io::Result<()> {
    let body =
        json!({"__type": format!("com.amazon.aws.codewhisperer#{kind}"), "message": "no", "reason": reason});
    write(stream, status, "application/x-amz-json-1.0", body.to_string().as_bytes())
}

/// Answers wrongly.
pub(crate) fn faulty(stream: &mut TcpStream, fault: Fault) -> std::io::Result<()> {
    match fault {
        // What wasn't read of the question tears the connection down as it is closed.
        Fault::Refuse | Fault::Reset => Ok(()),
        Fault::Silence => {
            // Until the client gives up and hangs up.
            let mut rest = Vec::new();
            stream.read_to_end(&mut rest).map(|_| ())
        }
        Fault::HalfBody => {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"usageBreakdownList\":[{")
        }
        Fault::WrongType => write(stream, "200 OK", "text/html", b"<html><body>Please sign in</body></html>"),
        Fault::Unauthorized => exception(stream, "401 Unauthorized", "UnrecognizedClientException", None),
        Fault::BearerInvalid => write(
            stream,
            "403 Forbidden",
            "application/json",
            br#"{"__type":"AccessDeniedException","message":"The bearer token included in the request is invalid"}"#,
        ),
        Fault::NotSupported => {
            exception(stream, "403 Forbidden", "AccessDeniedException", Some("FEATURE_NOT_SUPPORTED"))
        }
        Fault::Suspended => {
            exception(stream, "403 Forbidden", "AccessDeniedException", Some("TEMPORARILY_SUSPENDED"))
        }
        Fault::Throttled(after) => {
            let header = after.map(|after| format!("retry-after: {after}\r\n")).unwrap_or_default();
            write!(stream, "HTTP/1.1 429 Too Many Requests\r\n{header}content-length: 0\r\n\r\n")
        }
        Fault::ThrottlingException => {
            exception(stream, "400 Bad Request", "ThrottlingException", Some("DAILY_REQUEST_COUNT"))
        }
        Fault::NotFound => write(stream, "404 Not Found", "application/json", br#"{"error":"not found"}"#),
        Fault::Server => exception(stream, "500 Internal Server Error", "InternalServerException", None),
        Fault::Redirect(port) => write!(
            stream,
            "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:{port}/elsewhere\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        ),
        Fault::GzipBomb => packed(stream, &gzip_of_zeros(64)),
        Fault::GiantBody => endless(stream, "content-type: application/json\r\n\r\n", &vec![b' '; 1 << 16]),
        Fault::ChangedSchema => write(
            stream,
            "200 OK",
            "application/json",
            br#"{"usageBreakdownList":[{"resourceType":"CREDIT","currentUsage":"12 credits","usageLimit":"many"}]}"#,
        ),
        Fault::Trickle(every) => drip(stream, "content-type: application/json\r\n\r\n", every),
        Fault::HeadTrickle(every) => drip(stream, "x-slow: ", every),
        Fault::EndlessHead => endless(stream, "", format!("x-more: {}\r\n", "y".repeat(1_000)).as_bytes()),
        Fault::GoesOn => loop {
            stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        },
        Fault::Garbage => stream.write_all(b"\x16\x03\x01\x00\x00 SSH-2.0-\0\0\r\n\r\n{}"),
        Fault::TooShort => stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n{}"),
        Fault::TooLong => {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{\"usageBreakdownList\":[]}")
        }
        Fault::CutGzip => {
            let whole = gzip_of_zeros(1);
            packed(stream, &whole[..whole.len() / 2])
        }
        Fault::BadChunks => {
            stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nmany\r\n{}\r\n0\r\n\r\n")
        }
        Fault::EndlessChunks => endless(stream, "transfer-encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
        Fault::Empty => write(stream, "200 OK", "application/json", b""),
        Fault::IgnoresTheSwitch => write(stream, "200 OK", "application/json", b"{}"),
        Fault::Says(status, body) => write(stream, status, "application/json", body.as_bytes()),
    }
}

/// An answer that begins so, then a byte every now and then until the client gives up.
fn drip(stream: &mut TcpStream, begins: &str, every: Duration) -> std::io::Result<()> {
    write!(stream, "HTTP/1.1 200 OK\r\n{begins}")?;
    loop {
        stream.write_all(b" ")?;
        std::thread::park_timeout(every);
    }
}

/// An answer that begins so, then the same again and again until the client gives up.
fn endless(stream: &mut TcpStream, begins: &str, again: &[u8]) -> std::io::Result<()> {
    write!(stream, "HTTP/1.1 200 OK\r\n{begins}")?;
    loop {
        stream.write_all(again)?;
    }
}

/// An answer that says it is gzip.
fn packed(stream: &mut TcpStream, body: &[u8]) -> std::io::Result<()> {
    let length = body.len();
    write!(stream, "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {length}\r\n\r\n")?;
    stream.write_all(body)
}

/// So many mebibytes of zeros as gzip: members of one mebibyte each, one after the other.
fn gzip_of_zeros(mebibytes: usize) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![0; 1 << 20];
    for _ in 0..mebibytes {
        packer.write_all(&zeros).expect("memory");
    }
    packer.finish().expect("memory")
}
