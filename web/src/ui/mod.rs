//! Components that know no feature. Each wires its own roles and labels; none fetches anything.

mod button;
pub mod chart;
mod chips;
mod dialog;
mod fields;
mod form;
mod icon;
mod id;
pub mod intl;
mod load;
mod menu;
mod status;
mod table;
mod tabs;
mod time;
mod toast;
mod trap;

#[cfg(debug_assertions)]
mod gallery;

pub use button::{Button, ButtonLink, Kind, Link};
pub use chips::{Avatar, Badge, Count, SectorChip, StateChip, Tone, initials};
pub use dialog::{Confirm, Dialog, DialogState};
pub use fields::{CheckField, CheckGroup, Choice, DateField, Input, RadioGroup, SelectField, TextArea, TextField};
pub use form::{Form, FormFaults, Submit, use_submit};
#[cfg(debug_assertions)]
pub use gallery::GalleryPage;
pub use icon::Icon;
pub use id::fresh_id;
pub use load::{load, load_pages};
pub use menu::{Menu, MenuButton, MenuLink};
pub use status::{Empty, Failed, Lines, Skeleton};
pub use table::{Column, Table};
pub use tabs::{Tab, Tabs};
pub use time::{Day, Time};
pub use toast::{ToastRegion, Toasts, provide_toasts, use_toasts};
pub use trap::Trap;
