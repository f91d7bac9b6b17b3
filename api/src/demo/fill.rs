//! Filling an empty place, once and wholly.
//!
//! Nobody has a password until everything is there, and then all get one, the main coordinator
//! last: so a fill that was cut short never passes for a demo. In a data folder of its own what is
//! left of it is cleared away and it begins anew; of any other database it only tells. So it need
//! not wait for the disk at every step either, but once, before the passwords.

use crate::{
    account::admin::{self, NewUser},
    auth::keys::Keys,
    clock::Clock,
    config::Config,
    db::{self, Database, sql},
    demo::{
        calls::{Call, Calls},
        content::{self, Content},
        ground::{Present, clear, look_around, present},
        passwords::{keep_passwords, parse, told},
        place,
        steps::{self, Scene},
        timeline::{self, RECENT, What},
        world::{self, Known, World},
    },
    http::server,
    jobs,
    state::AppState,
};
use actix_web::{
    dev::{Service, ServiceResponse},
    test,
    web::Data,
};
use anyhow::{Context, Result, bail};
use chrono::TimeDelta;
use serde_json::{Value, json};
use shared::{account::Email, demo::DemoRole, text::Lang, time::Timestamp};

/// Fills an empty place; a demo that is there already keeps everything but passwords that are not
/// the one given. A step that the API refuses is left out and logged: tests see to it that there
/// is none. While it fills, `progress` hears what part is done, in percent.
///
/// # Errors
/// When the place has other data, or cannot be written to.
pub async fn fill(config: &Config, password: &str, progress: impl Fn(usize)) -> Result<()> {
    for refused in fill_at(config, password, Clock::system().now(), progress).await? {
        tracing::warn!("{refused}");
    }
    Ok(())
}

/// The same for a moment that is taken for now; what the API has refused.
pub(super) async fn fill_at(
    config: &Config,
    password: &str,
    now: Timestamp,
    progress: impl Fn(usize),
) -> Result<Vec<String>> {
    parse(password)?;
    look_around(config)?;
    let database = open(config).await?;
    let present = present(&database).await?;
    if present == Present::Demo {
        keep_passwords(config, database, password).await?;
        return Ok(Vec::new());
    }
    database.close().await;
    match present {
        Present::Other => {
            bail!("there is other data in {}: the demo wants a place of its own", config.database_url())
        }
        Present::CutShort => clear(config)?,
        Present::Nothing | Present::Demo => {}
    }
    let refused = tell_everything(config, now, progress).await?;
    db::settle(&config.database_url())?;
    keep_passwords(config, open(config).await?, password).await?;
    Ok(refused)
}

/// Everything but the passwords; what the API has refused.
async fn tell_everything(config: &Config, now: Timestamp, progress: impl Fn(usize)) -> Result<Vec<String>> {
    let database = db::connect_hastily(&config.database_url()).await?;
    db::migrate(&database).await?;
    let content = Content::read()?;
    content.check()?;
    let moments = timeline::of(&content, now)?;
    let start = moments.first().context("something happens")?.at - TimeDelta::hours(1);
    let keys = Keys::load(&config.secret_file(), config.secret_file.is_none())?;
    let state = Data::new(AppState::new(config.clone(), Clock::standing_at(start), database, keys)?);
    let service = test::init_service(server::app(state.clone())).await;
    let mut filling = Filling {
        state: state.clone(),
        calls: Calls::new(state.clone(), service),
        world: World::default(),
        content,
        now,
    };
    filling.people().await?;
    let mut refused = Vec::new();
    let many = moments.len();
    for (done, moment) in moments.into_iter().enumerate() {
        let percent = done * 100 / many;
        if percent.is_multiple_of(10) && percent > done.saturating_sub(1) * 100 / many {
            progress(percent);
        }
        // The clock may be a little ahead: each call takes a second.
        state.clock.advance(moment.at.since(state.clock.now()).max(TimeDelta::zero()));
        if let Err(error) = filling.happen(moment.what).await {
            refused.push(format!("{}: {error:#}", filling.tell(moment.what)));
        }
        if filling.is_recent() {
            jobs::run_due(&state).await?;
        }
    }
    drop(filling);
    state.db.clone().close().await;
    Ok(refused)
}

async fn open(config: &Config) -> Result<Database> {
    let database = db::connect(&config.database_url()).await?;
    db::migrate(&database).await?;
    Ok(database)
}

/// The work of filling: everybody calls the API, and time passes in between.
struct Filling<S> {
    state: Data<AppState>,
    calls: Calls<S>,
    world: World,
    content: Content,
    /// The real time.
    now: Timestamp,
}

impl<S> Filling<S>
where
    S: Service<actix_http::Request, Response = ServiceResponse, Error = actix_web::Error>,
{
    async fn people(&mut self) -> Result<()> {
        // In the order of the file, which gives each their place among the callers.
        for person in &self.content.people {
            let email = Email::parse(&content::address(&person.key)).map_err(told)?;
            let main_coordinator = person.sign_in == Some(DemoRole::Main);
            let user =
                NewUser { email: &email, name: &person.name, password: None, language: Lang::Uk, main_coordinator };
            let account = admin::create(&self.state, user).await?;
            self.calls.meet(&person.key, account);
            self.world.accounts.insert(person.key.clone(), account.to_string());
        }
        Ok(())
    }

    /// What went wrong where.
    fn tell(&self, what: What) -> String {
        match what {
            What::Report(n) | What::Step(n, _) => {
                let title = self.content.issues.get(n).map(|issue| issue.title.as_str());
                format!("{what:?} of {}", title.unwrap_or_default())
            }
            _ => format!("{what:?}"),
        }
    }

    async fn happen(&mut self, what: What) -> Result<()> {
        let (calls, world, content) = (&mut self.calls, &mut self.world, &self.content);
        let (day, today) = (self.state.clock.now().to_utc().date_naive(), self.now.to_utc().date_naive());
        let gone = "the content has it";
        match what {
            What::Community(n) => calls.admit(world, content, content.communities.get(n).context(gone)?).await,
            What::Organisation(n) => calls.register(world, content, content.organisations.get(n).context(gone)?).await,
            What::Indicator(n) => {
                calls.add_indicator(world, content, content.indicators.get(n).context(gone)?, day, today).await
            }
            What::Measure(n, place) => {
                calls.measure(world, content, content.indicators.get(n).context(gone)?, place, today).await
            }
            What::Correct(n, place) => {
                calls.correct(world, content, content.indicators.get(n).context(gone)?, place).await
            }
            What::Report(n) => self.report(n).await,
            What::Step(n, place) => self.step(n, place).await,
            What::Tick => self.tick().await,
        }
    }

    async fn report(&mut self, n: usize) -> Result<()> {
        let issue = self.content.issues.get(n).context("the content has it")?;
        let mut photos = Vec::new();
        for view in 0..issue.photos {
            photos.push(
                self.calls
                    .upload(&issue.by, pictures::draw(&issue.category, place::number(&issue.title), view, false)?)
                    .await?,
            );
        }
        let body = json!({
            "title": issue.title,
            "description": issue.text,
            "category": issue.category,
            "place": place::of(self.content.community(&issue.community)?, &issue.place),
            "photos": photos,
            "affected": issue.affected,
            "naming": issue.naming,
        });
        let acting_for = issue.org.as_deref().map(|org| self.world.organisation(org)).transpose()?;
        let call =
            Call::post(&issue.by, format!("/communities/{}/issues", issue.community), body).acting_for(acting_for);
        let id = world::id(&self.calls.call(call).await?)?;
        self.world.issues.insert(n, Known { id, ..Known::default() });
        Ok(())
    }

    async fn step(&mut self, n: usize, place: usize) -> Result<()> {
        let issue = self.content.issues.get(n).context("the content has it")?;
        let step = issue.then.get(place).context("the content has it")?;
        let today = self.state.clock.now().to_utc().date_naive();
        let takers = {
            let known = self.world.issue(n)?;
            Scene { content: &self.content, world: &self.world, issue, known, step, today }.takers()?
        };
        for taker in takers {
            let photos = self.evidence(n, place, &taker.who).await?;
            let issue = self.content.issues.get(n).context("the content has it")?;
            let step = issue.then.get(place).context("the content has it")?;
            let known = self.world.issue(n)?;
            let scene = Scene { content: &self.content, world: &self.world, issue, known, step, today };
            let answer = self.calls.call(scene.call(&taker, &photos)?).await?;
            steps::learn(self.world.issues.get_mut(&n).context("it is reported")?, step, &taker, &answer)?;
        }
        Ok(())
    }

    /// Photos of the same place: mended, unless somebody objects.
    async fn evidence(&mut self, n: usize, place: usize, who: &str) -> Result<Vec<Value>> {
        let issue = self.content.issues.get(n).context("the content has it")?;
        let step = issue.then.get(place).context("the content has it")?;
        let mended = step.verb != content::Verb::Object;
        let mut photos = Vec::new();
        for view in 0..step.photos {
            photos.push(
                self.calls
                    .upload(who, pictures::draw(&issue.category, place::number(&issue.title), view, mended)?)
                    .await?,
            );
        }
        Ok(photos)
    }

    /// Whether mails are written now.
    fn is_recent(&self) -> bool {
        self.now.since(self.state.clock.now()) <= TimeDelta::days(RECENT)
    }

    /// Time does its part. Mails of long ago are not written: they would be thousands of files, and
    /// nobody looks for them; those of the last two weeks are there to be read.
    async fn tick(&mut self) -> Result<()> {
        if !self.is_recent() {
            let tx = self.state.write_as_system().await?;
            sql::execute(&*tx, "DELETE FROM job WHERE kind = 'send_mail' AND state = 'ready'", []).await?;
            tx.commit().await?;
        }
        Ok(jobs::run_due(&self.state).await?)
    }
}
