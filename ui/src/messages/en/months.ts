/** The months of an account that is looked at month by month, in every view. */
export const months = {
  title: "Month",
  before: (month: string) => `Show ${month}, the month before`,
  after: (month: string) => `Show ${month}, the month after`,
  noneBefore: "No earlier month is known",
  noneAfter: "No later month is known",
};
