import { AppError } from '../../../../shared/contract/failure.ts'
import type { FileReading } from '../../../../shared/contract/imports.ts'
import { otherFormat } from '../reading/file-format.ts'
import type { FileLook, ImportReader } from '../thread/import-reader.ts'

/** Detects how a file is read and what its columns are; fails with `invalid_input` and a sentence when it is no table. */
export async function lookAt(reader: ImportReader, path: string, corrected: Partial<FileReading>): Promise<FileLook> {
  const other = await otherFormat(path)
  if (other !== null) throw new AppError('invalid_input', `That is ${other}.`)
  try {
    return await reader.look({ path, corrected })
  } catch (error) {
    if (error instanceof AppError || corrected.encoding === undefined) throw error
    throw new AppError('invalid_input', `The encoding ${corrected.encoding} is not known. Choose another one.`)
  }
}
