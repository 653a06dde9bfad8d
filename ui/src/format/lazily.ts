/** Makes a value when it is first asked for: Intl's formatters are dear, and not all are on the first screen. */
export function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
