//! The binary `spilno`.

fn main() -> anyhow::Result<()> {
    api::cli::run()
}
