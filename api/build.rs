//! Makes sure that the folder of the web app is there to embed, and that a release build notices a
//! new one. A debug build reads it from disk on each request and need not.

use std::{env, fs, path::Path};

#[expect(clippy::disallowed_methods, reason = "the environment is how cargo tells a build script")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dist = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../web/dist");
    fs::create_dir_all(&dist)?;
    println!("cargo::rerun-if-changed=build.rs");
    if env::var("PROFILE")? == "release" {
        println!("cargo::rerun-if-changed={}", dist.display());
    }
    Ok(())
}
