//! One request, again and again, by `wrk`.

use super::{Scenario, server::Server};
use crate::command;
use anyhow::{Context, Result, bail};
use std::{fs, path::Path};

/// Requests at the same time.
const CONNECTIONS: &str = "8";

/// What came of it.
#[derive(Debug, PartialEq)]
pub(super) struct Loaded {
    /// Requests a second.
    pub(super) rate: f64,
    /// Half of them were answered within this time, as `wrk` writes it: `1.20ms`.
    pub(super) p50: String,
    pub(super) p99: String,
    /// The server's own time for each, in microseconds.
    pub(super) cpu_micros: u64,
}

/// Repeats the request for some seconds, after a second of getting warm.
pub(super) fn run(wrk: &Path, server: &Server, scenario: &Scenario, seconds: u32, folder: &Path) -> Result<Loaded> {
    let script = folder.join("request.lua");
    fs::write(&script, lua(scenario))?;
    let load = |seconds: u32| {
        let mut wrk = command::program(wrk);
        wrk.args(["--latency", "--threads", "1", "--connections", CONNECTIONS, "--script"]).arg(&script);
        command::output(wrk.args(["--duration", &format!("{seconds}s")]).arg(server.url(&scenario.path)))
    };
    load(1)?;
    let before = server.cpu_micros()?;
    let printed = load(seconds)?;
    let spent = server.cpu_micros()? - before;
    if let Some(failed) = printed.lines().find(|line| line.contains("Non-2xx") || line.contains("Socket errors")) {
        bail!("{}: {}", scenario.name, failed.trim());
    }
    read(&printed, spent).with_context(|| format!("{}: wrk printed\n{printed}", scenario.name))
}

/// The request in the language of `wrk`'s scripts.
fn lua(scenario: &Scenario) -> String {
    let mut script = format!("wrk.method = {:?}\n", scenario.method);
    for (name, value) in &scenario.headers {
        script.push_str(&format!("wrk.headers[{name:?}] = {value:?}\n"));
    }
    if let Some(body) = &scenario.body {
        script.push_str(&format!("wrk.headers[\"Content-Type\"] = \"application/json\"\nwrk.body = [==[{body}]==]\n"));
    }
    script
}

fn read(printed: &str, spent: u64) -> Option<Loaded> {
    let after = |label: &str| printed.lines().find_map(|line| line.trim().strip_prefix(label)).map(str::trim);
    let requests: u64 = printed.lines().find_map(|line| line.trim().split_once(" requests in ")?.0.parse().ok())?;
    Some(Loaded {
        rate: after("Requests/sec:")?.parse().ok()?,
        p50: after("50%")?.to_owned(),
        p99: after("99%")?.to_owned(),
        cpu_micros: spent.checked_div(requests)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_wrk_prints_is_read() {
        let printed = "Running 5s test @ http://127.0.0.1:1/\n  Latency Distribution\n     50%    1.20ms\n     75%    1.50ms\n     99%    4.10ms\n  \
                       1000 requests in 5.00s, 1.00MB read\nRequests/sec:    200.50\n";
        let loaded = Loaded { rate: 200.5, p50: "1.20ms".to_owned(), p99: "4.10ms".to_owned(), cpu_micros: 500 };

        assert_eq!(read(printed, 500_000), Some(loaded));
        assert_eq!(read("", 1), None);
    }

    #[test]
    fn a_request_is_written_for_wrk() {
        let scenario = Scenario {
            name: String::new(),
            method: "POST".to_owned(),
            path: String::new(),
            headers: vec![("If-None-Match".to_owned(), "\"v1\"".to_owned())],
            body: Some(serde_json::json!({ "a": 1 })),
            statements: 1,
            bare_micros: 1,
        };

        let script = lua(&scenario);

        assert!(script.contains("wrk.headers[\"If-None-Match\"] = \"\\\"v1\\\"\""), "{script}");
        assert!(script.contains("wrk.body = [==[{\"a\":1}]==]"), "{script}");
    }
}
