//! The answers that the window and the command line show, ready to be formatted.
//!
//! Amounts are decimal strings as the engine writes them, moments are RFC 3339 in UTC. Nobody who
//! receives these computes money, credits or dates. One file a view.

mod account;
mod all_accounts;
mod axis;
mod breakdown;
mod catalog;
mod counted;
mod data;
mod desktop;
mod difference;
mod facts;
mod history;
mod import;
mod invoice;
mod invoices;
mod live;
mod organisation;
mod overview;
mod personal;
mod plans;
mod pools;
mod remaining;
mod reports;
mod saying;
mod settings;
mod shown;
mod spend;
mod spent_axis;
mod start;
mod team;
mod unreadable;
mod usage;
mod verdict;
mod what_if;
mod why;

pub use account::{AccountNumber, AccountSummary, Kind, PlanChoice, Vendor};
pub use all_accounts::{AccountCharge, ChargeLeftOut, ChargedNext, LeftOutCharge};
pub use axis::{AheadView, AxisBefore, AxisDayView, AxisView, RunsOutView, UsedFrom};
pub use breakdown::{Breakdown, BreakdownBy, BreakdownDay, BreakdownPart};
pub use catalog::{CatalogAbout, CatalogCheck, CatalogList, CatalogView};
pub use counted::{Bound, CountedDayView, CountedView, ElsewhereView};
pub use data::RestoredView;
pub use desktop::{Offers, TrayAccount, TrayChoice, TrayWords};
pub use difference::{
    DifferenceItem, DifferencePart, DifferenceReason, DifferenceRest, DifferenceRow, DifferenceView,
    PayerView,
};
pub use facts::{Facts, FactsChange, TeamFacts};
pub use history::{Detail, DetailChange, HistoryEntry, HistorySays, RemovedAccount};
pub use import::{
    ArrivedPart, ArrivedView, BadRowView, BillIssue, BillNews, DropView, ImportAmount, ImportFrom,
    ImportKind, ImportSessions, ImportView, NoticedView, ProgressView, SkippedFile, Unit,
};
pub use invoice::{InvoiceView, LineUnit, LineView, Span};
pub use invoices::UnknownCharge;
pub use invoices::{ChargeNote, ChargedPeriod, ExportForm, InvoicesView, QuotedCharge, QuotedOf};
pub use live::{
    Due, GrantView, LoginView, LoginsView, NotAsked, PlanChangeView, QuotedAllowance, QuotedView,
    RefreshView, SourceState, SourceView,
};
pub use organisation::{
    BillPart, BillPartView, BillView, BilledTwice, ByTheEndView, IdleBy, IdleLicence, MonthBeforeView,
    OrganisationGroup, OrganisationSource, OrganisationUser, OrganisationView, UserNamed, UserRisk,
};
pub use overview::{
    EstimatedView, GoneBefore, OverageRequestView, OverageSwitch, OverageView, OverviewView, PaceView,
    PacksAheadView, Pool, PoolKind, PoolSource, PoolUse, Pools, Provenance, RequestState, SharedPool,
    TimeLeft,
};
pub use personal::{BlockView, NextChargeView, OwnPassState, OwnPassView, OwnTopUpView, PersonalView};
pub use plans::{
    BreakEven, BreakEvenStanding, ChargeRangeView, ChargeTotal, Comparison, CostPoint, ModelView, ModelsView,
    MonthCosts, NetView, NextCycleView, PlanRefusal, PlanRow, PlanStanding, PlansView, ReceiptView,
    ReplayMonth, ReplayView, Waiting,
};
pub use pools::{
    AssumptionView, GrantStated, PackOfferView, PackStated, PoolState, PoolStated, RecordNumber, Recorded,
    Repriced, RepricedMonth, StatedPool, StatedPools,
};
pub use remaining::Remaining;
pub use reports::ReportView;
pub use saying::{Phrases, Saying, Value};
pub use settings::{AlertChoices, AlertKey, AlertSays, AlertView, Choice, Density, Settings, Theme};
pub use shown::ShownTable;
pub use spend::{LeftOutView, MachineView, SpendDay, SpendShare, SpendSource, SpendView, UntoldView};
pub use spent_axis::{SpentAxisDay, SpentAxisView, SpentMark, SpentMarkKind};
pub use start::{
    About, CountryChoice, Doubled, FactsForm, FactsSaved, Found, FoundSessions, Link, PassChoice,
    PriceListAbout, PriceListChoice, RecordedChange, SeatChoice, SourcePage, Standing, StartView, TeamForm,
    TeamPriceListChoice,
};
pub use team::{
    BurnView, DunningView, ExpiringView, MemberSeat, MemberView, PassMonthView, PassView, SeatChange,
    SeatReceipt, SeatRefusal, SeatsView, TeamView, TopUpReceipt, TopUpView, TopUpsView,
};
pub use unreadable::{RecordedAct, UnreadableRecord};
pub use usage::{
    UsageAhead, UsageAsked, UsageBar, UsageBy, UsageChange, UsageChosen, UsageGroup, UsageHour, UsageLayer,
    UsageLeads, UsageMark, UsageMost, UsagePart, UsageQuery, UsageRange, UsageRow, UsageRows, UsageSort,
    UsageStep, UsageView,
};
pub use verdict::{Act, Judgement, VerdictAct, VerdictView};
pub use what_if::{
    BreakEvenMark, ChoiceAsked, ChoiceView, Course, CourseDay, CoversView, PlannedChange, SavedWhatIf,
    UnfitView, WhatIf, WhatIfPlan, WhatIfView,
};
pub use why::{BalanceWhy, OrganisationWhy, OverviewWhy, WhyFrom, WhyLine, WhyView};

pub(crate) use invoice::{Naming, pass_name, shown, span, text};
