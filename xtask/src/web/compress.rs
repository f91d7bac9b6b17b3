//! `.br` and `.gz` beside each file that gets clearly smaller by it (fonts do not).

use super::files;
use anyhow::Result;
use flate2::{Compression, write::GzEncoder};
use std::{ffi::OsString, fs, io::Write, path::Path};

pub(super) fn folder(folder: &Path) -> Result<()> {
    for file in files::walk(folder)? {
        let content = fs::read(&file)?;
        for (extension, packed) in [(".br", brotli(&content)?), (".gz", gzip(&content)?)] {
            if packed.len() + packed.len() / 20 < content.len() {
                let mut name = OsString::from(&file);
                name.push(extension);
                fs::write(name, packed)?;
            }
        }
    }
    Ok(())
}

/// With the most effort.
pub(super) fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let most = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &*content, &mut packed, &most)?;
    Ok(packed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}
