//! The seal: the last entry is the SHA-256 of everything before it, and everything after that hash
//! follows from it, so there is no byte that can change unnoticed.

use crate::backup::archive::header;
use anyhow::{Context, Result, bail};
use aws_lc_rs::digest;
use std::{
    fs::File,
    io::{Read, Seek, SeekFrom, Write},
};

const NAME: &str = "sha256";

/// A header, the hash in a block of its own, and the two empty blocks that end a tar.
const LENGTH: u64 = 4 * 512;

/// Seals an archive, and sees to it that it is on disk.
pub(super) fn seal(mut file: &File) -> Result<()> {
    let length = file.metadata()?.len();
    let seal = expected(file, length)?;
    file.seek(SeekFrom::Start(length))?;
    file.write_all(&seal)?;
    file.sync_all().context("bring the archive to disk")
}

/// Fails unless every byte of the archive is as it was sealed.
pub(super) fn check(mut file: &File) -> Result<()> {
    let length = file.metadata()?.len().checked_sub(LENGTH).context("this is no archive of ours, or it was cut off")?;
    let expected = expected(file, length)?;
    let mut found = Vec::new();
    file.seek(SeekFrom::Start(length))?;
    file.read_to_end(&mut found)?;
    if found != expected {
        bail!("this is no archive of ours, or it is damaged: its seal does not fit");
    }
    Ok(())
}

/// The seal of the first `length` bytes.
fn expected(mut file: &File, length: u64) -> Result<Vec<u8>> {
    let mut context = digest::Context::new(&digest::SHA256);
    let mut piece = vec![0; 1 << 16];
    file.seek(SeekFrom::Start(0))?;
    let mut rest = file.take(length);
    loop {
        let read = rest.read(&mut piece).context("read the archive")?;
        match piece.get(..read) {
            Some(bytes) if read > 0 => context.update(bytes),
            _ => break,
        }
    }
    let hash: String = context.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    let line = format!("{hash}\n");
    let mut seal = header(NAME, u64::try_from(line.len())?)?.to_vec();
    seal.extend(line.as_bytes());
    seal.resize(usize::try_from(LENGTH)?, 0);
    Ok(seal)
}
