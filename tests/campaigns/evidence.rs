//! What the campaigns found so far, as `docs/evidence.md` has it: written anew after every run, so that whoever goes on
//! another day goes on from there, and what was found adds up.

use crate::{CAMPAIGNS, Campaign, Found};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// A campaign as a whole.
pub struct Plan {
    pub name: &'static str,
    pub run: Campaign,
    /// What is tried.
    pub about: &'static str,
    /// How often it is to be tried at one state of the code.
    pub asked: u64,
    /// How much of it is one run.
    pub at_once: u64,
}

/// Runs with one seed after the other, of one commit and day.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Runs {
    campaign: String,
    commit: String,
    day: String,
    seeds: (u64, u64),
    at_once: u64,
    tried: u64,
    failed: u64,
    seconds: u64,
}

/// Seeds below are those of the tests.
const FIRST_SEED: u64 = 2;

impl Runs {
    fn read(line: &str) -> Option<Self> {
        let cells: Vec<_> = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").collect();
        let [campaign, commit, day, seeds, at_once, tried, failed, seconds] = cells[..] else { return None };
        let (first, last) = seeds.split_once("–").unwrap_or((seeds, seeds));
        let number = |text: &str| text.replace(',', "").parse().ok();
        Some(Self {
            campaign: campaign.to_owned(),
            commit: commit.to_owned(),
            day: day.to_owned(),
            seeds: (number(first)?, number(last)?),
            at_once: number(at_once)?,
            tried: number(tried)?,
            failed: number(failed)?,
            seconds: number(seconds.strip_suffix(" s")?)?,
        })
    }

    fn written(&self) -> String {
        let (first, last) = self.seeds;
        let seeds = if first == last { first.to_string() } else { format!("{first}–{last}") };
        format!(
            "| {} | {} | {} | {seeds} | {} | {} | {} | {} s |",
            self.campaign,
            self.commit,
            self.day,
            grouped(self.at_once),
            grouped(self.tried),
            grouped(self.failed),
            grouped(self.seconds)
        )
    }

    /// Adds what comes right after it.
    fn add(&mut self, next: &Self) -> bool {
        let same = |runs: &Self| (runs.campaign.clone(), runs.commit.clone(), runs.day.clone(), runs.at_once);
        let follows = same(self) == same(next) && self.seeds.1 + 1 == next.seeds.0;
        if follows {
            self.seeds.1 = next.seeds.1;
            self.tried += next.tried;
            self.failed += next.failed;
            self.seconds += next.seconds;
        }
        follows
    }
}

/// 10000 as "10,000".
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Everything that was found, and what is said of it before that.
struct Evidence {
    introduction: String,
    runs: Vec<Runs>,
}

const SUMMARY: &str = "## So far\n";

impl Evidence {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap_or_default();
        let introduction = text.split(SUMMARY).next().unwrap_or_default().to_owned();
        Self { introduction, runs: text.lines().filter_map(Runs::read).collect() }
    }

    fn written(&self, plans: &[Plan]) -> String {
        let mut text = format!(
            "{}{SUMMARY}\n| campaign | what is tried | asked for | tried at the newest commit | tried in all | failed at the newest |\n|---|---|---|---|---|---|\n",
            self.introduction
        );
        for plan in plans {
            let own = || self.runs.iter().filter(|runs| runs.campaign == plan.name);
            let newest = own().next_back().map(|runs| runs.commit.clone()).unwrap_or_default();
            let of_newest = || own().filter(|runs| runs.commit == newest);
            _ = writeln!(
                text,
                "| {} | {} | {} | {} | {} | {} |",
                plan.name,
                plan.about,
                grouped(plan.asked),
                grouped(of_newest().map(|runs| runs.tried).sum()),
                grouped(own().map(|runs| runs.tried).sum()),
                grouped(of_newest().map(|runs| runs.failed).sum())
            );
        }
        text.push_str(
            "\n## Runs\n\n| campaign | commit | day | seeds | tries a seed | tried | failed | took |\n|---|---|---|---|---|---|---|---|\n",
        );
        for runs in &self.runs {
            text.push_str(&runs.written());
            text.push('\n');
        }
        text
    }

    fn next_seed(&self, campaign: &str) -> u64 {
        let last = self.runs.iter().filter(|runs| runs.campaign == campaign).map(|runs| runs.seeds.1).max();
        last.map_or(FIRST_SEED, |last| last + 1)
    }

    fn tried(&self, campaign: &str, commit: &str) -> u64 {
        let own = self.runs.iter().filter(|runs| runs.campaign == campaign && runs.commit == commit);
        own.map(|runs| runs.tried).sum()
    }

    fn add(&mut self, next: Runs) {
        if !self.runs.iter_mut().any(|runs| runs.add(&next)) {
            self.runs.push(next);
        }
    }
}

/// Goes on with every campaign, or one that is named, until each has as many tries at this commit as it is asked for, or
/// that much time is over; writes down what was found after each run. Whether nothing failed.
pub fn go_on(path: &Path, commit: &str, day: &str, longest: Duration, only: Option<&str>) -> bool {
    let began = Instant::now();
    let mut well = true;
    let wanted = |plan: &&Plan| only.is_none_or(|name| name == plan.name);
    // In turn, so that a short time has some of each.
    loop {
        let mut evidence = Evidence::read(path);
        let left: Vec<_> = CAMPAIGNS
            .iter()
            .filter(wanted)
            .filter(|plan| evidence.tried(plan.name, commit) < plan.asked)
            .collect();
        if left.is_empty() || began.elapsed() > longest {
            return well;
        }
        for plan in left {
            let seed = evidence.next_seed(plan.name);
            let run_began = Instant::now();
            let found = crate::tried(plan, seed, plan.at_once);
            well &= found.failed.is_empty();
            let seconds = run_began.elapsed().as_secs();
            evidence.add(runs(plan, commit, day, seed, &found, seconds));
            fs::write(path, evidence.written(&CAMPAIGNS)).expect("the evidence can be written");
            if began.elapsed() > longest {
                return well;
            }
        }
    }
}

fn runs(plan: &Plan, commit: &str, day: &str, seed: u64, found: &Found, seconds: u64) -> Runs {
    Runs {
        campaign: plan.name.to_owned(),
        commit: commit.to_owned(),
        day: day.to_owned(),
        seeds: (seed, seed),
        at_once: plan.at_once,
        tried: found.tried,
        failed: u64::try_from(found.failed.len()).expect("few"),
        seconds,
    }
}
