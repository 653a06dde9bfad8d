//! The hosts that may be asked, and no others.

/// A host that may be asked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Host {
    /// Kiro's account service in one of its regions (`interfaces.md` §1.1).
    Kiro(KiroRegion),
    /// Kilo's service (`interfaces.md` §4).
    Kilo,
}

/// Where Kiro keeps accounts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum KiroRegion {
    /// N. Virginia.
    #[default]
    UsEast1,
    /// Frankfurt.
    EuCentral1,
    /// The government's, east.
    UsGovEast1,
    /// The government's, west.
    UsGovWest1,
}

impl KiroRegion {
    const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::UsEast1, "us-east-1", "q.us-east-1.amazonaws.com"),
        (Self::EuCentral1, "eu-central-1", "q.eu-central-1.amazonaws.com"),
        (Self::UsGovEast1, "us-gov-east-1", "q.us-gov-east-1.amazonaws.com"),
        (Self::UsGovWest1, "us-gov-west-1", "q.us-gov-west-1.amazonaws.com"),
    ];

    /// The region of a profile: the fourth part of its ARN (`interfaces.md` §1.1). None for a region that
    /// isn't known: nothing is sent to a host that nobody vouched for.
    pub fn of_profile(arn: &str) -> Option<Self> {
        let name = arn.split(':').nth(3)?;
        Self::ALL.iter().find(|(_, known, _)| *known == name).map(|(region, _, _)| *region)
    }

    fn host(self) -> &'static str {
        Self::ALL.iter().find(|(region, _, _)| *region == self).map_or("", |(_, _, host)| host)
    }
}

impl Host {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kiro(region) => region.host(),
            Self::Kilo => "api.kilo.ai",
        }
    }

    /// The host of that name, if it is one that may be asked.
    pub fn named(name: &str) -> Option<Self> {
        let kiro = KiroRegion::ALL.into_iter().map(|(region, _, _)| Self::Kiro(region));
        kiro.chain([Self::Kilo]).find(|host| host.name() == name)
    }

    /// The largest answer that is read of it, in MiB, after decoding: one person's figures are a few KiB, a month of a large
    /// team's usage by user and model is a few MiB.
    pub const fn most_mebibytes(self) -> u64 {
        match self {
            Self::Kiro(_) => 1,
            Self::Kilo => 16,
        }
    }

    /// Whose it is: what people call it, and where they sign in.
    pub const fn vendor(self) -> &'static str {
        match self {
            Self::Kiro(_) => "Kiro",
            Self::Kilo => "Kilo",
        }
    }
}
