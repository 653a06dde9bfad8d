//! What no source settles, where a figure rests on it (`docs/assumptions.md`).

use serde::Serialize;

/// An assumption, by its number there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub enum Assumption {
    /// Whether and how the first payment is lower (N3).
    #[serde(rename = "A1")]
    FirstPaymentCredit,
    /// Whether what a larger plan covers goes back to the packs that covered it (N5).
    #[serde(rename = "A2")]
    PacksGetBack,
    /// The fee on what an organisation buys of Kilo: it can be exempt.
    #[serde(rename = "A20")]
    FeeUnlessExempt,
    /// What an Enterprise seat of Kilo's costs.
    #[serde(rename = "A21")]
    EnterpriseSeat,
    /// Since when the fee is charged on Kilo Pass.
    #[serde(rename = "A22")]
    PassFeeFrom,
    /// What a part of a cycle of Kilo Pass costs and brings.
    #[serde(rename = "A23")]
    PassForPartOfACycle,
    /// What a Kilo Pass by the year costs.
    #[serde(rename = "A24")]
    PassByTheYear,
    /// How the credits of Kilo Pass are used.
    #[serde(rename = "A25")]
    PassCredits,
    /// When credits are bought by themselves.
    #[serde(rename = "A26")]
    AutomaticTopUp,
    /// Who bills a person's Kilo Pass, and what comes to its price.
    #[serde(rename = "A32")]
    OwnPass,
    /// What a person's purchases of Kilo's credits charged.
    #[serde(rename = "A33")]
    OwnPurchases,
    /// What the overage costs of which the vendor names credits and no charge.
    #[serde(rename = "A34")]
    OverageByPrice,
    /// Whether what the vendor charges as overage stays charged, where it says that the switch is off.
    #[serde(rename = "A35")]
    ChargedWhileOff,
}

/// What an assumption is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum About {
    /// One person's first payment.
    FirstPayment,
    /// One person's packs.
    Packs,
    /// One person's overage.
    Overage(OfOverage),
    /// What is bought of Kilo.
    Kilo,
}

/// What is assumed of one person's overage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OfOverage {
    /// See [`Assumption::OverageByPrice`].
    ByPrice,
    /// See [`Assumption::ChargedWhileOff`].
    ChargedWhileOff,
}

impl Assumption {
    /// What it is about: whoever words those of one kind of account needn't know the others one by one.
    pub const fn about(self) -> About {
        match self {
            Self::FirstPaymentCredit => About::FirstPayment,
            Self::PacksGetBack => About::Packs,
            Self::OverageByPrice => About::Overage(OfOverage::ByPrice),
            Self::ChargedWhileOff => About::Overage(OfOverage::ChargedWhileOff),
            Self::FeeUnlessExempt
            | Self::EnterpriseSeat
            | Self::PassFeeFrom
            | Self::PassForPartOfACycle
            | Self::PassByTheYear
            | Self::PassCredits
            | Self::AutomaticTopUp
            | Self::OwnPass
            | Self::OwnPurchases => About::Kilo,
        }
    }
}
