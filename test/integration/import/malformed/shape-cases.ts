import { H, type MalformedCases } from './malformed-case.ts'

const PEOPLE = 'Ann,Lee,ann@example.org\nBob,Ray,bob@example.org\nCid,Fox,cid@example.org\n'

/** Tables with rows that are no records: titles, headers, totals. */
export const SHAPE_CASES: MalformedCases = {
  'no header at all': { file: 'Ann,ann@example.org\nBob,bob@example.org\n', rows: 2, created: 2 },
  'the header repeated in the middle': {
    file: `${H}Ann,ann@example.org,\n${H}Bob,bob@example.org,\n`,
    rows: 2,
    created: 2,
  },
  'titles above the header': {
    file: `Members of the choir,,\n"Printed on 1 May 2024",,\n\nFirst name,Last name,Email\n${PEOPLE}`,
    rows: 3,
    created: 3,
    has: { first_name: 'Ann', last_name: 'Lee' },
  },
  'a comment above the header': {
    file: `# exported by Choirmaster 2.1\nFirst name,Last name,Email\n${PEOPLE}`,
    rows: 3,
    created: 3,
    has: { first_name: 'Cid' },
  },
  'a title above rows without a header': { file: `Our choir\n${PEOPLE}`, rows: 3, created: 3 },
  'two rows of names': {
    file: 'Person,,Contact,\nFirst name,Last name,Email,Phone\nAnn,Lee,ann@example.org,+12025550123\nBob,Ray,bob@example.org,\n',
    rows: 2,
    created: 2,
    has: { first_name: 'Ann', last_name: 'Lee', phone: '+12025550123' },
  },
  'totals and an end mark below': {
    file: `First name,Last name,Email\n${PEOPLE}\nTotal: 1,312 rows\n-- end --\n\n`,
    rows: 3,
    created: 3,
  },
  'a sum in the last row': { file: `First name,Last name,Email\n${PEOPLE}Total,,3\n`, rows: 3, created: 3 },
  'page numbers and headers on every page': {
    file: `First name,Last name,Email\nAnn,Lee,ann@example.org\nPage 1 of 2,,\nFirst name,Last name,Email\nBob,Ray,bob@example.org\nPage 2 of 2,,\n`,
    rows: 3,
    created: 2,
    rejects: [[3, /neither/]],
  },
  'a last row of somebody without an address': {
    file: `First name,Last name,Email\n${PEOPLE}Total,Recall,\n`,
    rows: 3,
    created: 3,
  },
  'two columns of the same name': { file: 'Email,Email\nann@example.org,second@example.org\n', rows: 1, created: 1 },
  'columns without a name': {
    file: ',Email,\nAnn,ann@example.org,x\nBob,bob@example.org,y\n',
    rows: 2,
    created: 2,
  },
  'an empty column between others': {
    file: 'Name,,Email,\nAnn,,ann@example.org,\nBob,,bob@example.org,\n',
    rows: 2,
    created: 2,
    has: { first_name: 'Ann' },
  },
  'names of columns with line breaks, blanks and capitals': {
    file: '" FIRST\nNAME ","  E-MAIL\u00a0ADDRESS  "\nAnn,ann@example.org\n',
    rows: 1,
    created: 1,
    has: { first_name: 'Ann' },
  },
  'years among the names of columns': {
    file: 'Name,Email,2023,2024\nAnn,ann@example.org,1,2\n',
    rows: 1,
    created: 1,
    has: { first_name: 'Ann' },
  },
}
