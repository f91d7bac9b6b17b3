//! System packages: installed where we may, otherwise named in the error.

use crate::command;
use anyhow::{Context, Result, bail};
use std::path::Path;

/// What `find` finds; if nothing, after installing `packages` for it.
///
/// # Errors
/// It is not there and this is not Debian as root; the message has the command to type.
pub(super) fn find_or_install<T>(name: &str, packages: &[&str], find: impl Fn() -> Option<T>) -> Result<T> {
    if let Some(found) = find() {
        return Ok(found);
    }
    install(name, packages)?;
    find().with_context(|| format!("{name} was installed ({}), but is not where it should be", packages.join(" ")))
}

/// Installs packages of Debian.
pub(super) fn install(name: &str, packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    if !Path::new("/etc/debian_version").is_file() || !is_root()? {
        bail!(
            "{name} is missing. Install it and try again; on Debian and Ubuntu:\n    sudo apt-get install --no-install-recommends {list}"
        );
    }
    eprintln!("      installing {list}");
    let apt = |arguments: &[&str]| {
        let mut apt_get = command::program("apt-get");
        command::run(apt_get.env("DEBIAN_FRONTEND", "noninteractive").args(arguments))
    };
    apt(&["update", "-qq"])?;
    apt(&[&["install", "-qq", "--yes", "--no-install-recommends"], packages].concat())
}

pub(crate) fn is_root() -> Result<bool> {
    Ok(command::output(command::program("id").arg("-u"))?.trim() == "0")
}
