declare module 'json-bigint' {
  const jsonBigint: { parse(text: string): unknown }
  export default jsonBigint
}
