//! The binary `spilno`.

/// A list of fifty makes some thousand small allocations: the system's allocator took a fifth of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> anyhow::Result<()> {
    api::cli::run()
}
