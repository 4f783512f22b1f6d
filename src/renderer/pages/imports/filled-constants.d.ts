import type { ImportOptions } from '../../../shared/contract/imports.ts';
/** Options without the values for all rows that were chosen but not filled in yet. */
export declare function withFilledConstants<T extends Partial<ImportOptions>>(options: T): T;
