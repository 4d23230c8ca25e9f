import { z } from 'zod'
import { call } from './contract'

/** Opening and saving text files. A path never reaches the page: a file id stands for it, in one page load. */

/** Longest text that is saved, in UTF-16 units. */
const MAX_TEXT_LENGTH = 256 * 1024 * 1024

export const fileFormatSchema = z.object({ bom: z.boolean(), lineBreak: z.enum(['\n', '\r\n']) })
export const fileIdSchema = z.string().regex(/^[a-z2-7]{26}$/)

export const openedFileSchema = z.object({
  name: z.string(),
  text: z.string(),
  format: fileFormatSchema,
  fileId: fileIdSchema,
})

export const filesCalls = {
  /** Asks for a file and reads it. Null when cancelled. */
  open: call(z.undefined(), openedFileSchema.nullable()),
  /** Reads a file dropped onto the window. The preload script takes the path from the File object. */
  readDropped: call(z.object({ path: z.string().min(1).max(32_768) }), openedFileSchema),
  /** Writes to the file behind `fileId`, or asks for a place where there is none. Null when cancelled. */
  save: call(
    z.object({
      text: z.string().max(MAX_TEXT_LENGTH),
      suggestedName: z.string().max(1000),
      format: fileFormatSchema,
      fileId: fileIdSchema.optional(),
    }),
    z.object({ name: z.string(), fileId: fileIdSchema }).nullable(),
  ),
}
