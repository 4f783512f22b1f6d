/** The statements of a schema. One ends at a semicolon at the end of a line; a trigger ends with its own `end`. */
export function statementsOf(schema: string): string[] {
  const statements: string[] = []
  let open = ''
  for (const piece of schema.split(/;[ \t]*\n/)) {
    open = open === '' ? piece.trim() : `${open};\n${piece}`
    if (/^create trigger\b/i.test(open) && !/\bend\s*$/i.test(open)) continue
    if (open !== '') statements.push(open.trimEnd())
    open = ''
  }
  return statements
}
