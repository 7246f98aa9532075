import type { z } from 'zod'

/** A command: the schema of its argument and the type of its answer. */
export type Command<Schema extends z.ZodType, Value> = { readonly args: Schema; readonly value?: Value }
export const command =
  <Value>() =>
  <Schema extends z.ZodType>(args: Schema): Command<Schema, Value> => ({ args })
