//! What the window starts with: accounts, forms, settings, where everything is from.

use super::{
    AccountNumber, AccountSummary, CatalogAbout, Facts, OrganisationView, OverviewView, PersonalView,
    PlanChoice, RecordNumber, RemovedAccount, Saying, Settings, TeamView, Vendor, VerdictView,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The window as a whole: what it needs before it shows a view.
#[derive(Clone, Debug, Serialize, TS)]
pub struct StartView {
    /// All accounts, real ones first.
    pub accounts: Vec<AccountSummary>,
    /// Accounts that are there twice.
    pub doubled: Vec<Doubled>,
    /// Accounts that were removed and can still be brought back, the last one first.
    pub removed: Vec<RemovedAccount>,
    /// How the account to show first stands; none when there is none, or its facts are missing.
    pub overview: Option<Standing>,
    /// Why nothing can be saved; none where something can.
    #[ts(as = "Option<Saying>")]
    pub not_writable: Option<headroom_exact::Saying>,
    /// That the vendors are played by an emulator, where somebody set one.
    #[ts(as = "Option<Saying>")]
    pub emulator: Option<headroom_exact::Saying>,
    /// Choices.
    pub settings: Settings,
    /// What those come to, in a sentence.
    pub settings_verdict: VerdictView,
    /// What the user should know, such as a setting that had to be replaced.
    #[ts(as = "Vec<Saying>")]
    pub notices: Vec<headroom_exact::Saying>,
    /// Said where the data is damaged and no copy of it is good: what can be read of it is shown, and nothing is written.
    #[ts(as = "Option<Saying>")]
    pub safe_mode: Option<headroom_exact::Saying>,
    /// What was found on this machine.
    pub found: Found,
    /// The form's choices and defaults for describing an account of one person.
    pub form: FactsForm,
    /// And for describing a team.
    pub team_form: TeamForm,
    /// About this app and its rules.
    pub about: About,
}

/// How an account of any kind stands.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Standing {
    /// Kiro for one person.
    KiroIndividual(Box<OverviewView>),
    /// Kiro for an organisation.
    KiroEnterprise(Box<OrganisationView>),
    /// Kilo for Teams.
    KiloTeams(Box<TeamView>),
    /// Kilo for one person.
    KiloPersonal(Box<PersonalView>),
}

/// Two accounts of one login: what is used there is recorded in both.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct Doubled {
    /// The account that was here first.
    pub first: AccountNumber,
    /// The other one, which should go.
    pub double: AccountNumber,
    /// How many of its tasks the first doesn't have: they would be lost with it.
    #[ts(type = "number")]
    pub only_here: u64,
    /// How many details, plan changes and turns of the overage switch were recorded of it: so would they.
    #[ts(type = "number")]
    pub recorded: u64,
}

/// What came of stating facts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct FactsSaved {
    /// Of which account, as it holds now.
    pub account: AccountSummary,
    /// Whether anything was stated that didn't hold already.
    pub changed: bool,
    /// Whether the plan wasn't sold when the owner first paid: since when it is held is to be stated, and what was charged
    /// before isn't known until then.
    pub since_is_missing: bool,
    /// The number of the record, by which it is taken back; none where nothing was recorded, or nothing was stated before.
    pub record: Option<RecordNumber>,
    /// The recorded plan changes that count no more, because another plan was stated: oldest first.
    pub replaced: Vec<RecordedChange>,
}

/// A plan change that was recorded.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct RecordedChange {
    /// The plan's name.
    pub plan: String,
    /// The day it was recorded: YYYY-MM-DD, UTC.
    pub on: String,
}

/// What was found on this machine.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, TS)]
pub struct Found {
    /// Sessions of Kiro's command line: their folder and how many files are in it.
    pub kiro_sessions: Option<FoundSessions>,
    /// Sessions of Kiro's IDE: their folder and how many there are.
    pub kiro_ide_sessions: Option<FoundSessions>,
    /// A login of Kiro's: the file it is in.
    pub kiro_login: Option<String>,
    /// Kiro's command line, which can be asked without a login: the program.
    pub kiro_command: Option<String>,
    /// A login of Kilo's: the file or the variable it is in, or the keyring.
    #[ts(as = "Option<super::Value>")]
    pub kilo_login: Option<headroom_exact::saying::Value>,
    /// Whether that is a key which somebody pasted.
    pub kilo_key: bool,
    /// Kilo's record of every request on this machine: the file.
    pub kilo_database: Option<String>,
}

/// A folder of sessions.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct FoundSessions {
    /// The folder.
    pub folder: String,
    /// How many session files it has.
    pub files: u32,
}

/// What the facts form offers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct FactsForm {
    /// The one that is in force today, which accounts go by that name none: for earlier months it is that of then (N1).
    pub in_force: PriceListChoice,
    /// The price lists that can be named for all months.
    pub price_lists: Vec<PriceListChoice>,
    /// The countries to choose from.
    pub countries: Vec<CountryChoice>,
    /// What it starts with.
    pub defaults: Facts,
    /// Today's date in UTC: no day may be later.
    pub today: String,
}

/// What the form about a team offers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct TeamForm {
    /// The price lists to choose from; the first is the usual one.
    pub price_lists: Vec<TeamPriceListChoice>,
    /// Today's date in UTC: no day may be later.
    pub today: String,
}

/// A price list for teams.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct TeamPriceListChoice {
    /// Its id.
    pub id: String,
    /// What it is called.
    #[ts(as = "Saying")]
    pub title: headroom_exact::Saying,
    /// What a seat can cost.
    pub seats: Vec<SeatChoice>,
    /// The tiers of Kilo Pass; empty where the list has none.
    pub passes: Vec<PassChoice>,
    /// Dollars that can be bought by themselves; empty where the list has no such thing.
    pub top_ups: Vec<String>,
    /// Whether there is a service fee, which a team can be exempt from.
    pub has_fee: bool,
}

/// A tier of Kilo Pass.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct PassChoice {
    /// Its id, such as `pro`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Dollars a pass and month, which is also the credits that stay.
    pub price: String,
    /// Dollars of credits more once those are spent.
    pub bonus: String,
}

/// What a seat can cost.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct SeatChoice {
    /// Its id, such as `monthly`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Dollars a seat for a cycle.
    pub price: String,
    /// The months of a cycle.
    pub months: u32,
}

/// A price list to choose.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct PriceListChoice {
    /// Its id.
    pub id: String,
    /// What it is called.
    #[ts(as = "Saying")]
    pub title: headroom_exact::Saying,
    /// Its plans, smallest first.
    pub plans: Vec<PlanChoice>,
    /// Whether it has overage; else it has add-on packs.
    pub overage: bool,
    /// Bonus credits of a sign-up, and the days they last (K2).
    pub bonus_credits: String,
    /// See `bonus_credits`.
    pub bonus_days: u32,
    /// Only sign-ups before this day get them: YYYY-MM-DD; none if all do (N2).
    pub bonus_before: Option<String>,
    /// Dollars that the first payment may be lower; none where there is no such thing (N3).
    pub first_payment_credit: Option<String>,
    /// The first day of payments that may be: YYYY-MM-DD.
    pub first_payment_from: Option<String>,
}

/// A country to choose.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct CountryChoice {
    /// Two letters.
    pub code: String,
    /// Its name in English.
    pub name: String,
    /// Whether paid plans are sold there (K12).
    pub paid_plans: bool,
}

/// About this app.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct About {
    /// Its version.
    pub version: String,
    /// Where its data is.
    pub database: String,
    /// Whether this build knows where to report a problem ([`Link::Tracker`]).
    pub tracker: bool,
    /// The catalogue that its price lists are from.
    pub catalog: CatalogAbout,
    /// The price lists it computes by.
    pub price_lists: Vec<PriceListAbout>,
}

/// Where a price list is from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct PriceListAbout {
    /// What it is called.
    #[ts(as = "Saying")]
    pub title: headroom_exact::Saying,
    /// When it was last compared with its sources: YYYY-MM-DD.
    pub checked_on: String,
    /// The vendor's pages it comes from.
    pub sources: Vec<SourcePage>,
}

/// A page that figures come from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct SourcePage {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// The date it gives for itself: YYYY-MM-DD.
    pub updated: Option<String>,
}

/// A page the window can open. The addresses are the shell's fixed list.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, TS)]
#[serde(tag = "to", rename_all = "kebab-case")]
pub enum Link {
    /// Where a vendor's accounts are looked after: what they have is bought, switches are turned.
    Account {
        /// Whose.
        vendor: Vendor,
    },
    /// Where problems are reported, where this build knows it.
    Tracker,
    /// A page that a price list comes from.
    Source {
        /// The list's position in [`About::price_lists`].
        list: u32,
        /// The page's position there.
        page: u32,
    },
}
