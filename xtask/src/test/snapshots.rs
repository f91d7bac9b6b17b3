//! Snapshots that no test looks at any more are mistaken for checks: they are found and refused.

use crate::workspace;
use anyhow::{Result, bail};
use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    process::{self, Command},
};

/// The list that insta writes of the snapshot files that tests looked at.
pub(super) struct References {
    list: PathBuf,
}

impl References {
    pub(super) fn new() -> Result<References> {
        let list = env::temp_dir().join(format!("spilno-snapshots-{}", process::id()));
        fs::write(&list, "")?;
        Ok(References { list })
    }

    /// Has the tests of this command write the list.
    pub(super) fn collect<'a>(&self, tests: &'a mut Command) -> &'a mut Command {
        tests.env("INSTA_SNAPSHOT_REFERENCES_FILE", &self.list)
    }

    /// # Errors
    /// A snapshot file below these folders is not on the list.
    pub(super) fn check(&self, folders: &[&str]) -> Result<()> {
        let list = fs::read_to_string(&self.list)?;
        let used: BTreeSet<PathBuf> = list.lines().filter_map(|line| fs::canonicalize(line).ok()).collect();
        let mut unused = Vec::new();
        for folder in folders {
            find(&workspace::root().join(folder), &mut |file| {
                if !fs::canonicalize(file).is_ok_and(|file| used.contains(&file)) {
                    unused.push(file.display().to_string());
                }
            })?;
        }
        if !unused.is_empty() {
            bail!("no test looks at these snapshots; delete them:\n    {}", unused.join("\n    "));
        }
        Ok(())
    }
}

impl Drop for References {
    fn drop(&mut self) {
        // Left behind it would only be a small file among temporary ones.
        let _ = fs::remove_file(&self.list);
    }
}

fn find(folder: &Path, found: &mut impl FnMut(&Path)) -> Result<()> {
    for entry in folder.read_dir()? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "snap") {
            found(&path);
        }
    }
    Ok(())
}
