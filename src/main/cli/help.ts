/** What `tidings --help` says. */
export const HELP = `Usage: tidings COMMAND [--workspace DIR] …

  serve [--port N] [--open]     opens the workspace in a browser on this machine; prints the address
  worker [--until-idle]         sends and does what is due without a window
  import FILE …                 imports contacts from a file
  call NAME JSON                makes any request of the contract: JSON in, JSON out
  contract                      lists every request with its input and output as JSON Schema
  ledger verify                 recomputes seals and invariants of the ledger from the raw rows

--workspace DIR names the folder with everything in it; it is made when missing. Without it, the
desktop application's own folder is used. tidings COMMAND --help says more.`

const DETAILS: Readonly<Record<string, string>> = {
  serve: `Usage: tidings serve [--workspace DIR] [--port N] [--open]

Opens the workspace on 127.0.0.1 and prints the address. The address works once, in one browser.
  --port N   listen on this port instead of any free one
  --open     open the address in the browser
When a running copy has the workspace already, prints a fresh address of that copy.`,
  worker: `Usage: tidings worker [--workspace DIR] [--until-idle]

Does what is due - plans, sends, imports - without a window, until it is stopped (Ctrl-C, SIGTERM).
  --until-idle   ends when nothing is due and nothing is under way`,
  import: `Usage: tidings import FILE [--workspace DIR] [--list NAME] [--map COLUMN=FIELD …] [--tag TAG …]
                      [--country CC] [--duplicates skip|fill_blanks|overwrite|make_new]

Imports contacts. Encoding, delimiter and columns are detected. Progress goes to stderr; the last line on stdout is JSON
with rows, created, updated, unchanged, duplicates, rejected and importId.
  --list NAME          put everybody on this list; made when missing
  --map COLUMN=FIELD   COLUMN is a heading or a number from 1; FIELD one of firstName, lastName, fullName, company, email,
                       phone, street, city, region, postalCode, country, latitude, longitude, timeZone, language,
                       birthday, leadStatus, leadQuality, tags, note, ignore, custom:KEY, external:SOURCE, social:NETWORK
  --duplicates HOW     what to do with addresses that are known already (default: fill_blanks)
  --country CC         where phone numbers without a country code belong, such as US`,
  call: `Usage: tidings call NAME [JSON] [--workspace DIR]

Makes a request, such as: tidings call contacts.list '{"limit":10}'. JSON of - reads it from stdin; without JSON the input
is {}. The answer goes to stdout as JSON; an error goes to stderr as JSON, with exit code 1. When a running copy has the
workspace, the request goes to that copy. tidings contract lists the names.`,
  contract: `Usage: tidings contract

Lists every request with what it does, the permission it needs, and its input and output as JSON Schema.`,
  ledger: `Usage: tidings ledger verify [--workspace DIR] [--head SEQ:HASH]

Recomputes the seals of the ledger and every invariant from the raw rows, by a separate program that only reads and shares no
code with what writes them; also while another copy has the workspace open. Exit code 1 names the first that fails.
  --head SEQ:HASH   a seal that was noted down earlier and must still be there`,
  verify: `Usage: tidings verify [--folder DIR] [--head SEQ:HASH]

The same as tidings ledger verify.`,
}

/** What `tidings COMMAND --help` says. */
export function helpOf(command: string): string {
  return DETAILS[command] ?? HELP
}
