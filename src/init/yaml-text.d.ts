/** Workflows of examples/ are built in as texts: what is shown and what `init` writes are one. */
declare module '*.yml' {
  const text: string;
  export default text;
}
