//! A ZIP as a program writes it.

use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::Write as _;

/// A ZIP of these files, each packed.
pub(super) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut whole, mut list) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let mut packing = DeflateEncoder::new(Vec::new(), Compression::fast());
        packing.write_all(bytes).expect("packed");
        let packed = packing.finish().expect("packed");
        let mut sum = flate2::Crc::new();
        sum.update(bytes);
        let length = |bytes: &[u8]| u32::try_from(bytes.len()).expect("small").to_le_bytes();
        let name_length = u16::try_from(name.len()).expect("short").to_le_bytes();
        let at = length(&whole);
        let mut common = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0];
        common.extend(sum.sum().to_le_bytes());
        common.extend(length(&packed));
        common.extend(length(bytes));
        common.extend(name_length);
        common.extend([0, 0]);
        whole.extend(b"PK\x03\x04");
        whole.extend(&common);
        whole.extend(name.as_bytes());
        whole.extend(packed);
        list.extend(b"PK\x01\x02\x14\x00");
        list.extend(&common);
        list.extend([0; 10]);
        list.extend(at);
        list.extend(name.as_bytes());
    }
    let count = u16::try_from(files.len()).expect("few").to_le_bytes();
    let (at, size) = (u32::try_from(whole.len()).expect("small"), u32::try_from(list.len()).expect("small"));
    whole.extend(list);
    whole.extend(b"PK\x05\x06\0\0\0\0");
    whole.extend([count, count].concat());
    whole.extend(size.to_le_bytes());
    whole.extend(at.to_le_bytes());
    whole.extend([0, 0]);
    whole
}
