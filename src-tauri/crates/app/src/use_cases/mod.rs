//! Every use case, in a line each, on two pages by who reads them: what is asked of the records, and what changes them or
//! asks somebody outside. Where it is done stands in the line.

mod asking;
mod changing;
