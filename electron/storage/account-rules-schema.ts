/** The rules of an account, for the file and for commands of windows. */
import { z } from 'zod'
import { defaultAccountRules, textForms, type AccountRules } from '../tickets/account-rules.ts'
import { panelUrlError } from '../tickets/panel-url.ts'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

const fields = {
  textForm: z.enum(textForms),
  notify: z.boolean(),
  sound: z.boolean(),
  badge: z.boolean(),
  quiet: z.strictObject({ enabled: z.boolean(), from: time, to: time }).nullable(),
  pollSeconds: z.int().min(30).max(3600).nullable(),
  departmentId: z.int().nonnegative().nullable(),
  service: z.string().max(64),
  panelUrl: z
    .string()
    .trim()
    .max(2000)
    .refine((value) => value === '' || panelUrlError(value) === null),
  followUp: z
    .array(z.strictObject({ hours: z.int().min(1).max(2160), department: z.int().nonnegative().nullable() }))
    .max(50)
    .readonly()
} satisfies { readonly [Name in keyof AccountRules]: z.ZodType<AccountRules[Name]> }

/** A change of some rules by a window. */
export const accountRulesPatchSchema = z.strictObject(fields).partial()

const defaults = defaultAccountRules

/** In a file: missing or damaged rules get their default, rules of later versions are kept. */
export const storedRulesSchema: z.ZodType<AccountRules> = z
  .looseObject({
    textForm: fields.textForm.catch(defaults.textForm),
    notify: fields.notify.catch(defaults.notify),
    sound: fields.sound.catch(defaults.sound),
    badge: fields.badge.catch(defaults.badge),
    quiet: fields.quiet.catch(defaults.quiet),
    pollSeconds: fields.pollSeconds.catch(defaults.pollSeconds),
    departmentId: fields.departmentId.catch(defaults.departmentId),
    service: fields.service.catch(defaults.service),
    panelUrl: fields.panelUrl.catch(defaults.panelUrl),
    followUp: fields.followUp.catch(defaults.followUp)
  })
  .catch({ ...defaults })
