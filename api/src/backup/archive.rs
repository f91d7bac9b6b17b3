//! Just enough of tar (POSIX ustar) for entries of our own.

use anyhow::{Context, Result, bail};
use std::{
    fs::File,
    io::{BufWriter, Read, Seek, SeekFrom, Write},
};

/// Everything in a tar is in blocks of so many bytes.
pub(super) const BLOCK: u64 = 512;

/// An entry's header. The longest name is 100 bytes, the largest size 8 GiB.
pub(super) fn header(name: &str, bytes: u64) -> Result<[u8; 512]> {
    let mut block = [0; 512];
    let mut put = |at: usize, text: &[u8]| -> Result<()> {
        block.get_mut(at..at + text.len()).context("too long for the archive")?.copy_from_slice(text);
        Ok(())
    };
    if name.len() > 100 || bytes >= 1 << 33 {
        bail!("{name} does not fit into the archive");
    }
    put(0, name.as_bytes())?;
    for (at, field) in [
        (100, "0000600"),
        (108, "0000000"),
        (116, "0000000"),
        (136, "00000000000"),
        (156, "0"),
        (257, "ustar\0"),
        (263, "00"),
    ] {
        put(at, field.as_bytes())?;
    }
    put(124, format!("{bytes:011o}").as_bytes())?;
    // The sum counts its own field as spaces.
    put(148, b"        ")?;
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    Ok(block)
}

/// How many zero bytes follow so many bytes of content.
fn padding(bytes: u64) -> u64 {
    bytes.next_multiple_of(BLOCK) - bytes
}

/// Writes an archive, entry by entry.
#[derive(Debug)]
pub(super) struct Writer {
    out: BufWriter<File>,
}

impl Writer {
    pub(super) fn new(file: File) -> Self {
        Self { out: BufWriter::new(file) }
    }

    /// An entry whose size is known when it ends.
    pub(super) fn entry(&mut self, name: &str) -> Result<Entry<'_>> {
        let begin = self.out.stream_position()?;
        self.out.write_all(&[0; 512])?;
        Ok(Entry { out: &mut self.out, name: name.to_owned(), begin, bytes: 0 })
    }

    /// An entry at once.
    pub(super) fn add(&mut self, name: &str, content: &[u8]) -> Result<()> {
        let mut entry = self.entry(name)?;
        entry.write(content)?;
        entry.end()
    }

    /// The file, with everything written to it.
    pub(super) fn into_file(self) -> Result<File> {
        Ok(self.out.into_inner()?)
    }
}

/// An entry that is being written.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    out: &'a mut BufWriter<File>,
    name: String,
    begin: u64,
    bytes: u64,
}

impl Entry<'_> {
    pub(super) fn write(&mut self, content: &[u8]) -> Result<()> {
        self.out.write_all(content)?;
        self.bytes += u64::try_from(content.len())?;
        Ok(())
    }

    /// Fills up the last block and writes the header, now that the size is known.
    pub(super) fn end(self) -> Result<()> {
        std::io::copy(&mut std::io::repeat(0).take(padding(self.bytes)), self.out)?;
        let end = self.out.stream_position()?;
        self.out.seek(SeekFrom::Start(self.begin))?;
        self.out.write_all(&header(&self.name, self.bytes)?)?;
        self.out.seek(SeekFrom::Start(end))?;
        Ok(())
    }
}

/// Where an entry's content lies.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) name: String,
    begin: u64,
    bytes: u64,
}

impl Found {
    /// The content, read piece by piece.
    pub(super) fn open<'a>(&self, mut archive: &'a File) -> Result<impl Read + use<'a>> {
        archive.seek(SeekFrom::Start(self.begin))?;
        Ok(archive.take(self.bytes))
    }

    /// The whole content.
    pub(super) fn read(&self, archive: &File) -> Result<Vec<u8>> {
        let mut content = Vec::new();
        self.open(archive)?.read_to_end(&mut content)?;
        Ok(content)
    }
}

/// The entries of an archive whose seal was found whole.
pub(super) fn entries(mut archive: &File) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    archive.seek(SeekFrom::Start(0))?;
    loop {
        let mut block = [0; 512];
        archive.read_exact(&mut block).context("the archive has no end")?;
        let Some(name) = block.split(|byte| *byte == 0).next().filter(|name| !name.is_empty()) else {
            return Ok(found);
        };
        let name = str::from_utf8(name)?.to_owned();
        let bytes = u64::from_str_radix(str::from_utf8(&block[124..135])?, 8).context("read the size of an entry")?;
        found.push(Found { name, begin: archive.stream_position()?, bytes });
        archive.seek(SeekFrom::Current(i64::try_from(bytes + padding(bytes))?))?;
    }
}
