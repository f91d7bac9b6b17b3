//! What is there by now: the ids that the API has answered.

use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::HashMap;

/// The ids of everything that was made, by the keys of the content.
#[derive(Debug, Default)]
pub(super) struct World {
    /// The accounts of people.
    pub(super) accounts: HashMap<String, String>,
    pub(super) communities: HashMap<String, String>,
    pub(super) organisations: HashMap<String, String>,
    pub(super) indicators: HashMap<String, String>,
    /// The measurements of an indicator, by the place of their value.
    pub(super) measurements: HashMap<(String, usize), String>,
    /// By the place of the issue in the content.
    pub(super) issues: HashMap<usize, Known>,
}

/// An issue with what belongs to it.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) id: String,
    pub(super) tasks: Vec<KnownTask>,
    pub(super) commitments: Vec<KnownCommitment>,
}

#[derive(Debug)]
pub(super) struct KnownTask {
    pub(super) key: Option<String>,
    pub(super) id: String,
    /// The key of the organisation that has it.
    pub(super) holder: Option<String>,
    /// The keys of organisations with the ids of their offers, the latest last.
    pub(super) offers: Vec<(String, String)>,
}

#[derive(Debug)]
pub(super) struct KnownCommitment {
    pub(super) who: String,
    /// The key of the organisation that gives it.
    pub(super) org: Option<String>,
    pub(super) id: String,
}

impl World {
    /// The id of an organisation.
    pub(super) fn organisation(&self, key: &str) -> Result<&str> {
        find(&self.organisations, key, "organisation")
    }

    /// The account of a person.
    pub(super) fn account(&self, key: &str) -> Result<&str> {
        find(&self.accounts, key, "person")
    }

    /// The id of a community.
    pub(super) fn community(&self, slug: &str) -> Result<&str> {
        find(&self.communities, slug, "community")
    }

    /// The id of an indicator.
    pub(super) fn indicator(&self, key: &str) -> Result<&str> {
        find(&self.indicators, key, "indicator")
    }

    /// What is known of the issue at that place of the content.
    pub(super) fn issue(&self, place: usize) -> Result<&Known> {
        self.issues.get(&place).context("the issue is not reported yet")
    }
}

impl Known {
    /// The task of a key, or the latest.
    pub(super) fn task(&self, key: Option<&str>) -> Result<&KnownTask> {
        let mut latest_first = self.tasks.iter().rev();
        let task = latest_first.find(|task| key.is_none() || task.key.as_deref() == key);
        task.with_context(|| format!("there is no task {key:?}"))
    }

    /// The same, to be changed.
    pub(super) fn task_mut(&mut self, key: Option<&str>) -> Result<&mut KnownTask> {
        let mut latest_first = self.tasks.iter_mut().rev();
        let task = latest_first.find(|task| key.is_none() || task.key.as_deref() == key);
        task.with_context(|| format!("there is no task {key:?}"))
    }

    /// The latest commitment, of a giver where one is named: an organisation, or a person on
    /// their own.
    pub(super) fn commitment(&self, giver: Option<&str>) -> Result<&KnownCommitment> {
        let fits = |one: &&KnownCommitment| giver.is_none_or(|giver| one.org.as_ref().unwrap_or(&one.who) == giver);
        self.commitments.iter().rev().find(fits).with_context(|| format!("there is no commitment of {giver:?}"))
    }
}

impl KnownTask {
    /// The latest offer, of an organisation where one is named.
    pub(super) fn offer(&self, org: Option<&str>) -> Result<&(String, String)> {
        let fits = |offer: &&(String, String)| org.is_none_or(|org| offer.0 == org);
        self.offers.iter().rev().find(fits).context("there is no such offer")
    }
}

fn find<'a>(ids: &'a HashMap<String, String>, key: &str, what: &str) -> Result<&'a str> {
    ids.get(key).map(String::as_str).with_context(|| format!("there is no {what} {key} yet"))
}

/// The `id` of what was answered.
pub(super) fn id(answer: &Value) -> Result<String> {
    Ok(answer.get("id").and_then(Value::as_str).context("what was made has an id")?.to_owned())
}
