//! A server's key of 1,024 bits, with which no library that is any good signs any more: so it is done by hand.

use acceptance::fixture;
use num_bigint::BigUint;
use rustls::crypto::ring::cipher_suite::TLS13_AES_128_GCM_SHA256;
use rustls::pki_types::CertificateDer;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::{CertifiedKey, Signer, SigningKey};
use rustls::{Error, SignatureAlgorithm, SignatureScheme, SupportedCipherSuite};
use std::fs;
use std::sync::Arc;

/// What stands before a hash in what is signed.
const SHA256: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0, 0x04,
    0x20,
];
/// Bytes of a signature.
const LENGTH: usize = 128;

/// A certificate with such a key.
#[derive(Debug)]
pub(super) struct ShortKey(Arc<CertifiedKey>);

#[derive(Clone, Debug)]
struct Key {
    modulus: BigUint,
    exponent: BigUint,
}

impl ShortKey {
    /// The one that the tests have.
    pub fn of_the_fixtures() -> Self {
        let bytes = |name: &str| fs::read(fixture("servers").join(name)).expect("a certificate and its key");
        let numbers = numbers(&bytes("short-key.der"));
        // The version, the modulus, the public exponent, the private one.
        let key = Key { modulus: numbers[1].clone(), exponent: numbers[3].clone() };
        assert_eq!(key.modulus.bits(), 1_024);
        Self(Arc::new(CertifiedKey::new(vec![CertificateDer::from(bytes("short.der"))], Arc::new(key))))
    }
}

/// The numbers in a list of them, as DER has it.
fn numbers(der: &[u8]) -> Vec<BigUint> {
    let part = |bytes: &[u8]| -> (usize, usize) {
        match bytes[1] {
            0x81 => (3, bytes[2].into()),
            0x82 => (4, usize::from(bytes[2]) << 8 | usize::from(bytes[3])),
            length => (2, length.into()),
        }
    };
    let mut rest = &der[part(der).0..];
    let mut numbers = Vec::new();
    while !rest.is_empty() {
        let (begins, length) = part(rest);
        numbers.push(BigUint::from_bytes_be(&rest[begins..begins + length]));
        rest = &rest[begins + length..];
    }
    numbers
}

impl ResolvesServerCert for ShortKey {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }
}

impl SigningKey for Key {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        offered
            .contains(&SignatureScheme::RSA_PKCS1_SHA256)
            .then(|| Box::new(self.clone()) as Box<dyn Signer>)
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::RSA
    }
}

impl Signer for Key {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        let SupportedCipherSuite::Tls13(suite) = TLS13_AES_128_GCM_SHA256 else {
            panic!("it is one of TLS 1.3")
        };
        let hash = suite.common.hash_provider.hash(message);
        let end = [&[0][..], &SHA256, hash.as_ref()].concat();
        let padded = [&[0, 1][..], &vec![0xff; LENGTH - 2 - end.len()], &end].concat();
        let signed = BigUint::from_bytes_be(&padded).modpow(&self.exponent, &self.modulus).to_bytes_be();
        Ok([vec![0; LENGTH - signed.len()], signed].concat())
    }

    fn scheme(&self) -> SignatureScheme {
        SignatureScheme::RSA_PKCS1_SHA256
    }
}

#[test]
fn its_signature_is_one() {
    let numbers = numbers(&fs::read(fixture("servers/short-key.der")).expect("a key"));
    let key = Key { modulus: numbers[1].clone(), exponent: numbers[3].clone() };
    let signed = BigUint::from_bytes_be(&key.sign(b"hello").expect("signed"));
    let opened = signed.modpow(&numbers[2], &numbers[1]).to_bytes_be();
    assert!(opened.starts_with(&[1, 0xff, 0xff]) && opened[opened.len() - 51..].starts_with(&SHA256));
}
