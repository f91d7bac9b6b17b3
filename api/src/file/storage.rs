//! Where the content of files lies: a folder, or a bucket of an S3-compatible store.

use crate::config::Config;
use anyhow::{Context, Result, bail};
use bytes::Bytes;
use futures_util::{TryStreamExt, stream::BoxStream};
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, aws::AmazonS3Builder, local::LocalFileSystem, path::Path};
use shared::ids::FileId;
use std::{fmt, path::PathBuf, sync::Arc};
use tokio::sync::Semaphore;
use url::Url;

/// In which size a file is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    Full,
    Large,
    Thumb,
}

impl Size {
    pub(super) const ALL: [Size; 3] = [Size::Full, Size::Large, Size::Thumb];

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Size::Full => "full",
            Size::Large => "large",
            Size::Thumb => "thumb",
        }
    }
}

/// Content on its way out, and how many bytes it has.
pub(super) struct Content {
    pub(super) bytes: u64,
    pub(super) stream: BoxStream<'static, object_store::Result<Bytes>>,
}

/// The store of files.
pub struct Storage {
    store: Arc<dyn ObjectStore>,
    /// What all keys begin with.
    prefix: Path,
    /// Pictures decoded at a time: each takes up to a quarter of a gigabyte.
    pub(super) decoding: Semaphore,
    /// Uploads read at a time: each takes up to ten megabytes.
    pub(super) uploading: Semaphore,
}

impl fmt::Debug for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Storage({}/{})", self.store, self.prefix)
    }
}

impl Storage {
    /// Opens the store that the settings name; a folder is made when it is not there.
    pub fn open(config: &Config) -> Result<Self> {
        let (store, prefix): (Arc<dyn ObjectStore>, Path) = match &config.files_url {
            None => (folder(config.data_dir.join("files"))?, Path::default()),
            Some(url) if url.scheme() == "file" => match url.to_file_path() {
                Ok(path) => (folder(path)?, Path::default()),
                Err(()) => bail!("SPILNO_FILES_URL: {url} names no folder"),
            },
            Some(url) if url.scheme() == "s3" => (
                s3(url).context("SPILNO_FILES_URL")?,
                Path::parse(url.path().trim_matches('/')).context("SPILNO_FILES_URL")?,
            ),
            Some(url) => bail!("SPILNO_FILES_URL begins with {}:, but s3: or file: is known", url.scheme()),
        };
        Ok(Self { store, prefix, decoding: Semaphore::new(2), uploading: Semaphore::new(32) })
    }

    fn key(&self, id: FileId, size: Size) -> Path {
        let name = id.to_string();
        // The last digits are random, so that folders fill evenly.
        let folder = name.get(name.len().saturating_sub(2)..).unwrap_or_default().to_owned();
        self.prefix.clone().join(folder).join(format!("{name}.{}", size.as_str()))
    }

    pub(super) async fn put(&self, id: FileId, size: Size, content: Vec<u8>) -> Result<()> {
        self.store.put(&self.key(id, size), PutPayload::from(content)).await.context("store a file")?;
        Ok(())
    }

    /// The content; nothing when it is not there.
    pub(super) async fn get(&self, id: FileId, size: Size) -> Result<Option<Content>> {
        match self.store.get(&self.key(id, size)).await {
            Ok(found) => Ok(Some(Content { bytes: found.meta.size, stream: found.into_stream() })),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error).context("read a file"),
        }
    }

    /// What lies in the store, by names that are the same in every store.
    pub(crate) async fn names(&self) -> Result<Vec<String>> {
        let within = |path: &Path| path.prefix_match(&self.prefix).map(|parts| parts.collect::<Path>().to_string());
        let found: Vec<_> = self.store.list(Some(&self.prefix)).try_collect().await.context("list the files")?;
        Ok(found.iter().filter_map(|meta| within(&meta.location)).collect())
    }

    /// What lies under one of the [`names`](Self::names); nothing when it is gone.
    pub(crate) async fn read(&self, name: &str) -> Result<Option<Bytes>> {
        match self.store.get(&self.named(name)?).await {
            Ok(found) => Ok(Some(found.bytes().await.context("read a file")?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error).context("read a file"),
        }
    }

    /// Puts back what lay under a name.
    pub(crate) async fn write(&self, name: &str, content: Vec<u8>) -> Result<()> {
        self.store.put(&self.named(name)?, PutPayload::from(content)).await.context("store a file")?;
        Ok(())
    }

    fn named(&self, name: &str) -> Result<Path> {
        Ok(self.prefix.parts().chain(Path::parse(name)?.parts()).collect())
    }

    /// Deletes the file in every size; what is not there is deleted already.
    pub(super) async fn delete(&self, id: FileId) -> Result<()> {
        for size in Size::ALL {
            match self.store.delete(&self.key(id, size)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error).context("delete a file"),
            }
        }
        Ok(())
    }
}

fn folder(path: PathBuf) -> Result<Arc<dyn ObjectStore>> {
    std::fs::create_dir_all(&path).with_context(|| format!("make the folder {}", path.display()))?;
    // What is acknowledged is on disk.
    Ok(Arc::new(LocalFileSystem::new_with_prefix(path).context("open the folder of files")?.with_fsync(true)))
}

/// `s3://[key:secret@]bucket[/prefix][?region=…&endpoint=…]`: the query's names are those of
/// `object_store`, and what is not given is taken from the usual `AWS_…` variables.
fn s3(url: &Url) -> Result<Arc<dyn ObjectStore>> {
    let mut builder = AmazonS3Builder::from_env().with_bucket_name(url.host_str().context("no bucket is named")?);
    if let Some(secret) = url.password() {
        builder = builder.with_access_key_id(decoded(url.username())).with_secret_access_key(decoded(secret));
    }
    for (name, value) in url.query_pairs() {
        builder = builder.with_config(name.parse().with_context(|| format!("no option {name}"))?, value);
    }
    Ok(Arc::new(builder.build()?))
}

/// What percent-encoding stands for.
fn decoded(text: &str) -> String {
    url::form_urlencoded::parse(text.replace('+', "%2B").as_bytes()).map(|(name, _)| name.into_owned()).collect()
}
