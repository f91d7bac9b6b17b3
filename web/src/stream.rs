//! What others do while one looks: changes, as the server tells them.
//!
//! A browser opens six connections to a server at most, so one tab holds the stream (the lock named
//! `NAME`) and passes on what it hears to the others. It opens a moment after the first paint, only
//! where something listens, and closes after a minute with the tab hidden; a visible tab takes it over.

use crate::{
    api::{changes, locks},
    focus, json, session,
    ui::Button,
};
use gloo_timers::{callback::Timeout, future::TimeoutFuture};
use js_sys::{Date, Promise};
use leptos::prelude::*;
use serde::Deserialize;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{BroadcastChannel, EventSource, HtmlTextAreaElement, MessageEvent, VisibilityState};

/// Of the lock and of the channel between tabs.
const NAME: &str = "spilno-stream";
/// What a tab says to have the stream opened anew: another person is signed in.
const AGAIN: &str = "again";
/// A change of which nothing is known.
const ANYTHING: &str = "{}";
const AFTER_PAINT_MS: u32 = 1_000;
/// Several things change together: one reading after the last of them is enough.
const QUIET_MS: u32 = 400;
const HIDDEN_MS: u32 = 60_000;
const RETRY_MS: u32 = 20_000;
const HANDOVER_MS: u32 = 2_000;

/// As much of a change as decides who has to read again. Nothing known means that anything may have
/// changed, as after a gap.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Told {
    pub community: Option<String>,
    pub issue: Option<String>,
    pub thing: Option<String>,
    pub id: Option<String>,
}

type Listener = Rc<dyn Fn(&Told)>;

thread_local! {
    static LISTENERS: RefCell<Vec<(u32, Listener)>> = const { RefCell::new(Vec::new()) };
    static CHANNEL: RefCell<Option<BroadcastChannel>> = const { RefCell::new(None) };
    static SOURCE: RefCell<Option<EventSource>> = const { RefCell::new(None) };
    /// Ends the wait of the tab that holds the stream.
    static LET_GO: RefCell<Option<js_sys::Function>> = const { RefCell::new(None) };
    /// Whether this tab holds the lock or waits for it.
    static QUEUED: Cell<bool> = const { Cell::new(false) };
    /// Whether the page has been painted, and was looked at within the last minute.
    static AWAKE: Cell<bool> = const { Cell::new(false) };
    static REFUSED: Cell<bool> = const { Cell::new(false) };
    /// Whether something was told while nobody looked.
    static MISSED: Cell<bool> = const { Cell::new(false) };
    static HIDING: RefCell<Option<Timeout>> = const { RefCell::new(None) };
    static BEGUN: Cell<bool> = const { Cell::new(false) };
    /// Whether what is read next was asked for.
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// Counts the changes that concern the page: read it in a resource to have that read again. A change of
/// which nothing is known concerns everybody.
pub fn use_changes(concerns: impl Fn(&Told) -> bool + 'static) -> ReadSignal<u32> {
    let (count, set_count) = signal(0);
    let waiting = RefCell::new(None::<Timeout>);
    let heard: Listener = Rc::new(move |told| {
        if *told == Told::default() || concerns(told) {
            let later = Timeout::new(QUIET_MS, move || {
                set_count.try_update(|count| *count += 1);
            });
            waiting.replace(Some(later));
        }
    });
    let id = listen(heard);
    on_cleanup(move || {
        LISTENERS.with_borrow_mut(|listeners| listeners.retain(|(other, _)| *other != id));
        // The next page may listen too.
        Timeout::new(AFTER_PAINT_MS, settle).forget();
    });
    count
}

fn listen(heard: Listener) -> u32 {
    thread_local! {
        static NEXT: Cell<u32> = const { Cell::new(0) };
    }
    let id = NEXT.replace(NEXT.get().wrapping_add(1));
    LISTENERS.with_borrow_mut(|listeners| listeners.push((id, heard)));
    if BEGUN.replace(true) {
        settle();
    } else {
        Timeout::new(AFTER_PAINT_MS, begin).forget();
    }
    id
}

/// Once in the life of the page.
fn begin() {
    if let Ok(channel) = BroadcastChannel::new(NAME) {
        let heard = Closure::<dyn Fn(MessageEvent)>::new(|message: MessageEvent| match message.data().as_string() {
            Some(text) if text == AGAIN => reopen(),
            Some(text) => tell(&text),
            None => (),
        });
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        heard.forget();
        CHANNEL.set(Some(channel));
    }
    let seen = Closure::<dyn Fn()>::new(|| {
        if is_seen() {
            HIDING.take();
            let slept = !AWAKE.replace(true);
            if MISSED.replace(false) || slept {
                tell(ANYTHING);
            }
            settle();
        } else {
            HIDING.set(Some(Timeout::new(HIDDEN_MS, || {
                AWAKE.set(false);
                settle();
            })));
        }
    });
    let _ = document().add_event_listener_with_callback("visibilitychange", seen.as_ref().unchecked_ref());
    seen.forget();
    session::when_another(person_changed);
    AWAKE.set(is_seen());
    settle();
}

/// Takes the stream or leaves it, as is wanted now.
fn settle() {
    let wanted = is_wanted();
    if wanted && !QUEUED.replace(true) {
        let asked = Date::now();
        leptos::task::spawn_local(async move {
            locks::alone(NAME, hold(asked)).await;
            QUEUED.set(false);
            if is_wanted() {
                let later = if REFUSED.replace(false) { RETRY_MS } else { 0 };
                Timeout::new(later, settle).forget();
            }
        });
    } else if !wanted {
        let_go();
    }
}

fn is_wanted() -> bool {
    AWAKE.get() && LISTENERS.with_borrow(|listeners| !listeners.is_empty())
}

fn let_go() {
    if let Some(source) = SOURCE.take() {
        source.close();
    }
    if let Some(let_go) = LET_GO.take() {
        let _ = let_go.call0(&JsValue::UNDEFINED);
    }
}

/// Holds the stream until it is let go.
async fn hold(asked: f64) {
    if !is_wanted() {
        return;
    }
    // Another tab had it until now, and something may have fallen between the two.
    if Date::now() - asked > f64::from(HANDOVER_MS) {
        say(ANYTHING);
        tell(ANYTHING);
    }
    let until = Promise::new(&mut |resolve, _| LET_GO.set(Some(resolve)));
    open();
    let _ = JsFuture::from(until).await;
}

fn open() {
    let Some(source) = changes::open_stream() else { return };
    let heard = Closure::<dyn Fn(MessageEvent)>::new(|message: MessageEvent| {
        if let Some(text) = message.data().as_string() {
            say(&text);
            tell(&text);
        }
    });
    source.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    heard.forget();
    let failed = Closure::<dyn Fn()>::new(|| {
        // The browser tries again by itself after a gap, not after a refusal.
        let refused =
            SOURCE.with_borrow(|source| source.as_ref().is_some_and(|one| one.ready_state() == EventSource::CLOSED));
        if refused {
            REFUSED.set(true);
            let_go();
        }
    });
    source.set_onerror(Some(failed.as_ref().unchecked_ref()));
    failed.forget();
    SOURCE.set(Some(source));
}

/// Another person is signed in, or nobody: the stream is of whoever is.
fn person_changed() {
    say(AGAIN);
    reopen();
}

/// Opens the stream anew. Only the tab that holds it has something to do.
fn reopen() {
    if let Some(source) = SOURCE.take() {
        source.close();
        open();
        // What happened in between is not told again.
        say(ANYTHING);
        tell(ANYTHING);
    }
}

fn say(text: &str) {
    CHANNEL.with_borrow(|channel| {
        if let Some(channel) = channel {
            let _ = channel.post_message(&text.into());
        }
    });
}

fn is_seen() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

/// Has everything that listens in this tab hear of it; a hidden tab hears when it is seen again.
fn tell(text: &str) {
    if !is_seen() {
        MISSED.set(true);
        return;
    }
    let Ok(told) = json::read::<Told>(text) else { return };
    let listeners: Vec<Listener> =
        LISTENERS.with_borrow(|listeners| listeners.iter().map(|(_, heard)| Rc::clone(heard)).collect());
    listeners.iter().for_each(|heard| heard(&told));
}

/// Reads anew with each change that is counted.
pub fn on_change(changes: ReadSignal<u32>, read: impl Fn() + 'static) {
    Effect::new(move |before: Option<u32>| {
        let now = changes.get();
        if before.is_some_and(|before| before != now) {
            read();
        }
        now
    });
}

/// Has a page read again what it shows when something changed; unless somebody is writing on it, for
/// then what is typed would be lost: it says so and waits to be asked.
#[component]
pub fn Live(changes: ReadSignal<u32>, #[prop(into)] refetch: Callback<()>) -> impl IntoView {
    let waits = RwSignal::new(false);
    on_change(changes, move || {
        if is_being_written_on() {
            waits.set(true);
        } else {
            refetch.run(());
        }
    });
    let show = move || {
        waits.set(false);
        ask();
        refetch.run(());
    };
    view! {
        <div class="live" role="status">
            <Show when=move || waits.get()>
                <div class="note row between">
                    <p>{t!(TasksChanged)}</p>
                    <Button small=true icon="refresh-cw" on_press=show>{t!(TasksShowChanges)}</Button>
                </div>
            </Show>
        </div>
    }
}

/// What is read next was asked for by who looks: it is shown whatever they are doing.
pub fn ask() {
    ASKED.set(true);
}

/// Reads what a page shows. What nobody asked for is shown only when nobody is writing, be it that they
/// began while it was on its way: what is typed would be lost with what it is typed into.
pub fn read<T>(reading: impl Future<Output = T>) -> impl Future<Output = T> {
    let asked = ASKED.replace(false);
    async move {
        let read = reading.await;
        while !asked && is_being_written_on() {
            TimeoutFuture::new(QUIET_MS).await;
        }
        focus::keep();
        read
    }
}

/// A dialog or a menu is open, somebody is in a field, or a text was begun.
fn is_being_written_on() -> bool {
    let page = document();
    let at_work = "dialog[open], .menu-list:popover-open, main :is(input, textarea, select):focus";
    let open = page.query_selector(at_work).ok().flatten().is_some();
    let texts = page.query_selector_all("main textarea").ok();
    let begun = texts.is_some_and(|texts| {
        (0..texts.length())
            .filter_map(|at| texts.item(at)?.dyn_into::<HtmlTextAreaElement>().ok())
            .any(|text| !text.value().is_empty())
    });
    open || begun
}
