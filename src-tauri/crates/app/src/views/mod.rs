//! The answers that the window and the command line show, ready to be formatted.
//!
//! Amounts are decimal strings as the engine writes them, moments are RFC 3339 in UTC. Nobody who
//! receives these computes money, credits or dates. One file a view.

mod import;
mod invoice;
mod live;
mod overview;
mod plans;
mod start;

pub use crate::facts::Facts;
pub use import::{ImportView, SkippedFile};
pub use invoice::{InvoiceView, LineView, Span};
pub use live::{GrantView, QuotedView, RefreshView, SourceState, SourceView};
pub use overview::{
    BonusPool, DayView, OverageRequestView, OverageSwitch, OverageView, OverviewView, PaceView,
    PackOfferView, Pool, Pools, Provenance, RequestState, TimeLeft,
};
pub use plans::{
    BreakEven, BreakEvenStanding, ChargeRangeView, Comparison, PlanRow, PlanStanding, PlansView, ReceiptView,
    Waiting,
};
pub use start::{
    About, AccountNumber, AccountSummary, CountryChoice, FactsForm, Found, FoundSessions, Link, PlanChoice,
    PriceListAbout, PriceListChoice, Settings, SourcePage, StartView, Theme,
};

pub(crate) use invoice::{Naming, shown, span, text};
