//! `spilno seed --issues N`: a large invented community in any database, for measuring.
//!
//! Rows are written in bulk and not through the API: what is measured is reading and writing
//! beside them, and a hundred thousand reports through every rule would take an hour. They are such
//! as the rules would have left, and the same for the same number, day and database.

mod bulk;
mod issues;
mod log;
mod words;
mod world;

use crate::{dashboard, state::AppState};
use anyhow::Result;
use sea_orm::ConnectionTrait;
use shared::{names::Slug, time::Timestamp};

/// So many issues are written in one transaction.
const CHUNK: u32 = 500;

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seeded {
    pub community: Slug,
    pub issues: u32,
    pub tasks: u32,
    pub comments: u32,
}

/// Makes a community with `issues` issues of the last two years, with their tasks, offers,
/// supporters and comments; tells about progress in between.
///
/// # Errors
/// When the database refuses.
pub async fn seed(app: &AppState, issues: u32, mut progress: impl FnMut(u32)) -> Result<Seeded> {
    let now = start_of_day(app.clock.now());
    let (world, mut rng) = world::found(app, now).await.map_err(told)?;
    let mut log = log::Log::default();
    let (mut tasks, mut comments, mut made) = (0, 0, 0);
    while made < issues {
        let many = CHUNK.min(issues - made);
        let mut rows = issues::Rows::default();
        for number in made + 1..=made + many {
            issues::make(&mut rows, &mut log, &world, &mut rng, (number, issues), now);
        }
        tasks += rows.tasks();
        comments += rows.comments();
        let tx = app.write_as_system().await.map_err(told)?;
        rows.write(&tx).await?;
        tx.commit().await.map_err(told)?;
        made += many;
        progress(made);
    }
    log.append(app, world.community).await.map_err(told)?;
    let tx = app.write_as_system().await.map_err(told)?;
    dashboard::recount(&tx, world.community).await.map_err(told)?;
    tx.commit().await.map_err(told)?;
    world::finish(app, &world, issues).await.map_err(told)?;
    // So that the first question is not answered without statistics.
    app.db.writer().execute_unprepared("ANALYZE").await?;
    Ok(Seeded { community: world.slug, issues, tasks, comments })
}

fn told(error: crate::http::error::Error) -> anyhow::Error {
    anyhow::anyhow!("{error}")
}

/// The days of one run are those of the next on the same day.
fn start_of_day(now: Timestamp) -> Timestamp {
    Timestamp(now.0 - now.0.rem_euclid(86_400_000))
}

#[cfg(test)]
mod tests;
