//! The events of an organisation, as `scenario.md` writes them.

use super::{Action, Organisation, Seat};
use crate::catalog::Lists;
use crate::scenario::amounts::{consumed, paid_plan};
use crate::scenario::error::ScenarioError;
use crate::scenario::events::{Readable, moment, raw_event, unknown_type};
use crate::scenario::field::Field;
use headroom_exact::Moment;

raw_event! { profile, user, group, plan, enabled, credits, auto_credits, model, id }

impl Readable for Organisation {
    type Raw<'a> = RawEvent<'a>;
    type Reading = Lists;

    fn check<'a>(raw: Self::Raw<'a>, lists: &Lists) -> Result<(Moment, Self::Action<'a>), ScenarioError> {
        let at = moment(raw.at)?;
        let edition = lists.at(at);
        let kind = raw.kind.text("type")?;
        let seat = |profile: Field<'a>, user: Field<'a>| {
            Ok::<_, ScenarioError>(Seat { profile: profile.text("profile")?, user: user.text("user")? })
        };
        let group =
            |group: Field<'a>| Ok::<_, ScenarioError>(group.optional_text("group")?.unwrap_or_default());
        let action = match kind.as_ref() {
            "assign" => Action::Assign {
                seat: seat(raw.profile, raw.user)?,
                group: group(raw.group)?,
                plan: paid_plan(raw.plan, edition)?,
            },
            "unassign" => Action::Unassign { seat: seat(raw.profile, raw.user)?, group: group(raw.group)? },
            "set_overage" => Action::SetOverage {
                profile: raw.profile.text("profile")?,
                enabled: raw.enabled.flag("enabled")?,
            },
            "usage" => {
                let consumed = consumed(raw.credits, raw.auto_credits, raw.model, edition, at)?;
                Action::Usage {
                    seat: seat(raw.profile, raw.user)?,
                    credits: consumed.credits,
                    on_auto: consumed.on_auto,
                    id: raw.id.optional_text("id")?,
                }
            }
            other => return Err(unknown_type(other, vec!["assign", "unassign", "set_overage", "usage"])),
        };
        Ok((at, action))
    }
}
