//! What a declaration of commands stands for.

/// Commands, each a line of documentation or more, the lane it runs in, what it is given and what it answers:
///
/// ```text
/// /// How an account of any kind stands.
/// Answer fn overview(host, account: AccountNumber) -> Standing { host.headroom()?.standing(account) }
/// ```
macro_rules! commands {
    ($(
        $(#[doc = $doc:literal])+
        $lane:ident fn $name:ident($host:ident $(, $argument:ident: $given:ty)* $(,)?) -> $answer:ty $body:block
    )*) => {
        $(
            $(#[doc = $doc])+
            fn $name($host: &dyn Host $(, $argument: $given)*) -> Result<$answer, AppError> $body
        )*

        /// All of them.
        pub(super) const COMMANDS: &[Command] = &[$(
            Command {
                name: stringify!($name),
                lane: Lane::$lane,
                call: |host, _given| {
                    let answer = $name(host $(, _given.take(stringify!($argument))?)*)?;
                    Ok(serde_json::to_string(&answer)?)
                },
            },
        )*];

        /// What each command is given and what it answers, in TypeScript.
        pub fn signatures(config: &Config) -> Vec<Signature> {
            vec![$(
                Signature {
                    name: stringify!($name),
                    documentation: &[$($doc),+],
                    lane: stringify!($lane),
                    arguments: vec![$(Argument::of::<$given>(stringify!($argument), config)),*],
                    answer: <$answer as TS>::name(config),
                },
            )*]
        }

        /// Writes the TypeScript of every type that crosses to the window, or comes from it.
        pub fn export_types(config: &Config) -> Result<(), ExportError> {
            $(
                $(signature::export::<<$given as FromWindow>::Crosses>(config)?;)*
                signature::export::<$answer>(config)?;
            )*
            signature::export::<AppError>(config)
        }
    };
}
