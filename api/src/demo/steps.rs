//! The steps of an issue as calls: who makes each, what it says, and what its answer teaches.

use crate::demo::{
    calls::Call,
    content::{Content, Issue, Step, Verb},
    setup::MAIN,
    world::{self, Known, KnownCommitment, KnownTask, World},
};
use actix_web::http::Method;
use anyhow::{Context, Result};
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use shared::commitment::CommitmentKind;

/// What a step needs to be looked up.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) content: &'a Content,
    pub(super) world: &'a World,
    pub(super) issue: &'a Issue,
    pub(super) known: &'a Known,
    pub(super) step: &'a Step,
    pub(super) today: NaiveDate,
}

/// Who takes a step.
#[derive(Debug, Clone)]
pub(super) struct Taker {
    pub(super) who: String,
    /// The key of the organisation they act for.
    pub(super) org: Option<String>,
}

impl Scene<'_> {
    /// Each of those who take the step: whoever is named, else the one whose business it is.
    pub(super) fn takers(&self) -> Result<Vec<Taker>> {
        if self.step.all.is_empty() {
            return Ok(vec![self.taker()?]);
        }
        Ok(self.step.all.iter().map(|who| Taker { who: who.clone(), org: self.step.org.clone() }).collect())
    }

    fn taker(&self) -> Result<Taker> {
        let community = self.content.community(&self.issue.community)?;
        let person = |who: &str| {
            Ok::<_, anyhow::Error>(Taker { who: self.step.who.as_deref().unwrap_or(who).to_owned(), org: None })
        };
        let acting = |org: &str| {
            let owner = &self.content.organisation(org)?.owner;
            Ok::<_, anyhow::Error>(Taker {
                who: self.step.who.clone().unwrap_or_else(|| owner.clone()),
                org: Some(org.to_owned()),
            })
        };
        // An offer names the organisation it goes to.
        let to = matches!(self.step.verb, Verb::Offer | Verb::Withdraw | Verb::Grant | Verb::Deny);
        if let Some(org) = self.step.org.as_deref().filter(|_| !to) {
            return acting(org);
        }
        match self.step.verb {
            Verb::Accept | Verb::Decline | Verb::Duplicate | Verb::Serve => person(&community.moderator),
            Verb::Support | Verb::Follow | Verb::Comment | Verb::Flag => person(&self.issue.by),
            Verb::Appeal | Verb::Confirm | Verb::Object | Verb::Promise => person(&self.issue.by),
            Verb::DecideAppeal => person(MAIN),
            Verb::DecideObjection => person(&community.facilitator),
            Verb::Take | Verb::Refuse => acting(&self.known.task(self.task())?.offer(None)?.0),
            Verb::Assign | Verb::Block | Verb::Unblock | Verb::Start | Verb::Done | Verb::Release => {
                acting(self.known.task(self.task())?.holder.as_deref().context("nobody has the task")?)
            }
            Verb::TakeBack | Verb::Deliver => {
                let given = self.known.commitment(self.step.who.as_deref())?;
                given.org.as_deref().map_or_else(|| person(&given.who), acting)
            }
            _ => person(&community.coordinator),
        }
    }

    fn task(&self) -> Option<&str> {
        self.step.task.as_deref()
    }

    fn words(&self) -> Result<&str> {
        self.step.words.as_deref().context("the step needs words")
    }

    fn day(&self) -> Option<NaiveDate> {
        let days = self.step.within.and_then(|days| u64::try_from(days).ok())?;
        self.today.checked_add_days(Days::new(days))
    }

    /// The call of the step, made by `taker`, with the photos they uploaded.
    pub(super) fn call(&self, taker: &Taker, photos: &[Value]) -> Result<Call> {
        let acting_for = taker.org.as_deref().map(|org| self.world.organisation(org)).transpose()?;
        let (method, path, body) = self.request(taker, photos)?;
        Ok(Call { method, ..Call::post(&taker.who, path, body) }.acting_for(acting_for))
    }

    fn request(&self, taker: &Taker, photos: &[Value]) -> Result<(Method, String, Value)> {
        let step = self.step;
        let issue = |verb: &str| format!("/issues/{}{verb}", self.known.id);
        let task = |verb: &str| Ok::<_, anyhow::Error>(format!("/tasks/{}{verb}", self.known.task(self.task())?.id));
        let offer = |verb: &str| {
            let org = step.org.as_deref().or(taker.org.as_deref());
            Ok::<_, anyhow::Error>(format!("/offers/{}{verb}", self.known.task(self.task())?.offer(org)?.1))
        };
        let commitment = |verb: &str| {
            let by_giver = matches!(step.verb, Verb::TakeBack | Verb::Deliver);
            let giver = if by_giver { taker.org.as_deref().or(Some(&taker.who)) } else { step.of.as_deref() };
            let given = self.known.commitment(giver)?;
            Ok::<_, anyhow::Error>(format!("/commitments/{}{verb}", given.id))
        };
        let reason = || Ok::<_, anyhow::Error>(json!({ "reason": self.words()? }));
        let nothing = || json!({});
        let (path, body) = match step.verb {
            Verb::Accept => (issue("/accept"), nothing()),
            Verb::Decline => (issue("/decline"), json!({ "reason": step.reason, "words": self.words()? })),
            Verb::Appeal => (issue("/appeal"), reason()?),
            Verb::DecideAppeal => (issue("/decide_appeal"), self.decision()?),
            Verb::Support => (issue("/support"), nothing()),
            Verb::Follow => (issue("/follow"), nothing()),
            Verb::Comment => (issue("/comments"), json!({ "text": self.words()? })),
            Verb::Flag => (
                "/flags".to_owned(),
                json!({ "thing": "issue", "id": self.known.id, "reason": "other", "words": self.words()? }),
            ),
            Verb::Duplicate => (issue("/duplicate"), json!({ "of": self.other_issue()? })),
            Verb::Resolve => (issue("/resolve"), json!({ "statement": self.words()?, "photos": photos })),
            Verb::Confirm => (issue("/confirm"), nothing()),
            Verb::Object => (issue("/object"), json!({ "words": self.words()?, "photos": photos })),
            Verb::DecideObjection => (issue("/decide_objection"), self.decision()?),
            Verb::Task | Verb::Propose => (issue("/tasks"), self.new_task()?),
            Verb::Offer | Verb::Ask => (task("/offers")?, self.new_offer()?),
            Verb::Take | Verb::Grant => (offer("/accept")?, nothing()),
            Verb::Refuse | Verb::Deny => (offer("/decline")?, reason()?),
            Verb::Withdraw => (offer("/withdraw")?, nothing()),
            Verb::Start => (task("/start")?, nothing()),
            Verb::Done => (task("/done")?, json!({ "note": self.words()?, "evidence": photos })),
            Verb::Verify => (task("/verify")?, nothing()),
            Verb::Return => (task("/return")?, reason()?),
            Verb::Release => (task("/release")?, reason()?),
            Verb::Recall => (task("/recall")?, reason()?),
            Verb::Cancel => (task("/cancel")?, reason()?),
            Verb::Promise => (
                step.task.as_ref().map_or_else(|| Ok(issue("/commitments")), |_| task("/commitments"))?,
                self.promise(),
            ),
            Verb::Welcome => (commitment("/accept")?, nothing()),
            Verb::Reject => (commitment("/decline")?, reason()?),
            Verb::TakeBack => (commitment("/withdraw")?, reason()?),
            Verb::Deliver => {
                (commitment("/deliver")?, json!({ "amount": step.amount, "note": self.words()?, "evidence": photos }))
            }
            Verb::Receive => (commitment("/confirm")?, nothing()),
            Verb::Serve => {
                let indicator = self.world.indicator(step.indicator.as_deref().context("it serves an indicator")?)?;
                return Ok((Method::PATCH, issue(""), json!({ "indicator": indicator })));
            }
            Verb::Assign => {
                let member = step.of.as_deref().context("somebody is to do it")?;
                return Ok((Method::PATCH, task("")?, json!({ "assignee": self.world.account(member)? })));
            }
            Verb::Block => return Ok((Method::PATCH, task("")?, json!({ "blocked": self.words()? }))),
            Verb::Unblock => return Ok((Method::PATCH, task("")?, json!({ "blocked": null }))),
        };
        Ok((Method::POST, path, body))
    }

    fn decision(&self) -> Result<Value> {
        Ok(
            json!({ "upheld": self.step.upheld.context("a decision is one way or the other")?, "reason": self.words()? }),
        )
    }

    fn other_issue(&self) -> Result<&str> {
        let key = self.step.of.as_deref();
        let place = self.content.issues.iter().position(|issue| key.is_some() && issue.key.as_deref() == key);
        Ok(&self.world.issue(place.with_context(|| format!("there is no issue {key:?}"))?)?.id)
    }

    fn new_task(&self) -> Result<Value> {
        let step = self.step;
        let indicator = step.indicator.as_deref().map(|key| self.world.indicator(key)).transpose()?;
        Ok(json!({
            "title": step.title,
            "result": step.words.as_deref().unwrap_or_default(),
            "sector": step.sector,
            "due": self.day(),
            "indicator": indicator,
        }))
    }

    fn new_offer(&self) -> Result<Value> {
        let asked = self.step.verb == Verb::Offer;
        let org = self.step.org.as_deref().filter(|_| asked).map(|org| self.world.organisation(org)).transpose()?;
        Ok(json!({
            "organisation": org,
            "answer_by": self.day(),
            "note": self.step.words.as_deref().unwrap_or_default(),
        }))
    }

    fn promise(&self) -> Value {
        let step = self.step;
        json!({
            "kind": step.kind,
            "amount": step.amount,
            "currency": (step.kind == Some(CommitmentKind::Money)).then_some("UAH"),
            "unit": step.unit,
            "words": step.words.as_deref().unwrap_or_default(),
        })
    }
}

/// Remembers what the answer to a step has made or changed.
pub(super) fn learn(known: &mut Known, step: &Step, taker: &Taker, answer: &Value) -> Result<()> {
    let key = step.task.as_deref();
    match step.verb {
        Verb::Task | Verb::Propose => {
            let offers = match (&taker.org, answer.pointer("/offers/0")) {
                (Some(org), Some(offer)) => vec![(org.clone(), world::id(offer)?)],
                _ => Vec::new(),
            };
            known.tasks.push(KnownTask { key: step.task.clone(), id: world::id(answer)?, holder: None, offers });
        }
        Verb::Offer | Verb::Ask => {
            let org = step.org.clone().context("an offer names its organisation")?;
            known.task_mut(key)?.offers.push((org, world::id(answer)?));
        }
        Verb::Take | Verb::Grant => {
            let task = known.task_mut(key)?;
            let org = step.org.as_deref().or(taker.org.as_deref());
            task.holder = Some(task.offer(org)?.0.clone());
        }
        Verb::Release | Verb::Recall => known.task_mut(key)?.holder = None,
        Verb::Promise => {
            let (who, org) = (taker.who.clone(), taker.org.clone());
            known.commitments.push(KnownCommitment { who, org, id: world::id(answer)? });
        }
        _ => {}
    }
    Ok(())
}
