//! Photos and documents. They are uploaded first, by anyone, and named by what they belong to with
//! the claim that the upload answered; what nobody claims within a day is deleted. Pictures are
//! drawn anew, so nothing of what was sent is ever served; PDF files are kept as they came and only
//! ever downloaded. Who may see a file follows from what it belongs to.

mod attach;
mod find;
mod format;
mod storage;
mod sweep;
mod upload;
mod visible;

pub use attach::{Subject, claim, hide, links, move_to, release, show};
pub use storage::Storage;
pub use sweep::{delete_stored, sweep};

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;

/// The operations on files.
pub fn routes(config: &mut impl crate::http::routes::Routes) {
    config.service(upload::create_upload).service(find::find_file);
}
