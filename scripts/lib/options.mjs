/** Reads `NAME … --option N …`; numbers only, because nothing else is needed. */
export function readOptions(args) {
  const names = []
  const numbers = {}
  for (let at = 0; at < args.length; at++) {
    const option = /^--([a-z]+)(?:=(.*))?$/.exec(args[at])
    if (!option) {
      names.push(args[at])
      continue
    }
    const text = option[2] ?? args[++at]
    if (text === undefined || !/^\d+$/.test(text.replaceAll('_', ''))) {
      throw new Error(`--${option[1]} wants a whole number, not ${JSON.stringify(text ?? '')}`)
    }
    numbers[option[1]] = Number(text.replaceAll('_', ''))
  }
  return { names, numbers }
}
