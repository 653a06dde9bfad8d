//! Seats and the members on them (T1, T2).

use crate::refusal::RefusalReason;
use hashbrown::HashSet;
use std::sync::Arc;

/// What is paid for, what will be, and who sits there.
#[derive(Clone, Debug)]
pub(super) struct Seats {
    /// Paid for in the running cycle.
    pub(super) paid: u64,
    /// Paid for from the next cycle on: fewer when a removal is scheduled.
    pub(super) next_cycle: u64,
    /// Shared, so that a preview copies the team without its members.
    members: Arc<HashSet<Box<str>>>,
}

impl Seats {
    pub(super) fn new(seats: u64) -> Self {
        Self { paid: seats, next_cycle: seats, members: Arc::default() }
    }

    /// How many members there are.
    pub(super) fn assigned(&self) -> u64 {
        u64::try_from(self.members.len()).unwrap_or(u64::MAX)
    }

    /// Adds seats: scheduled removals are taken back first, free of charge. How many are new.
    pub(super) fn add(&mut self, count: u64) -> u64 {
        let taken_back = count.min(self.paid.saturating_sub(self.next_cycle));
        let new = count.saturating_sub(taken_back);
        self.next_cycle = self.next_cycle.saturating_add(count);
        self.paid = self.paid.saturating_add(new);
        new
    }

    /// Schedules a removal. The members may not exceed what is left, and one seat is left at least; the
    /// members are checked first.
    pub(super) fn remove(&mut self, count: u64) -> Result<(), RefusalReason> {
        // Below zero there is no seat left even for nobody.
        let left = self.next_cycle.checked_sub(count).ok_or(RefusalReason::MembersStillAssigned)?;
        if self.assigned() > left {
            return Err(RefusalReason::MembersStillAssigned);
        }
        if left == 0 {
            return Err(RefusalReason::LastSeat);
        }
        self.next_cycle = left;
        Ok(())
    }

    pub(super) fn add_member(&mut self, member: &str) -> Result<(), RefusalReason> {
        if self.members.contains(member) {
            return Err(RefusalReason::AlreadyAMember);
        }
        if self.assigned() >= self.next_cycle {
            return Err(RefusalReason::NoFreeSeat);
        }
        Arc::make_mut(&mut self.members).insert(member.into());
        Ok(())
    }

    pub(super) fn remove_member(&mut self, member: &str) -> Result<(), RefusalReason> {
        if !self.members.contains(member) {
            return Err(RefusalReason::NotAMember);
        }
        Arc::make_mut(&mut self.members).remove(member);
        Ok(())
    }

    /// The next cycle begins: scheduled removals take effect.
    pub(super) fn renew(&mut self) {
        self.paid = self.next_cycle;
    }
}
