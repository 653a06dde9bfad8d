//! The one list of things that each have a name.

/// Declares the list of all and the way from a name to its thing. A name without a thing doesn't compile, so nothing
/// is ever taken for something else.
macro_rules! one_list {
    ($(#[$doc:meta])* $all:ident: $what:ty, by $name:ident in $find:ident { $($variant:ident => $thing:expr,)+ }) => {
        $(#[$doc])*
        pub(crate) const $all: &[&'static $what] = &[$(&$thing),+];

        /// The one of that name.
        pub(crate) const fn $find(name: $name) -> &'static $what {
            match name {
                $($name::$variant => &$thing,)+
            }
        }
    };
}
