import type { ApiVersion } from '../../tickets/ticket.ts'
import type { ApiDialect } from './dialect.ts'
import { v1 } from './v1.ts'
import { v2 } from './v2.ts'

/** Every version of the API. To add one: `apiVersions` in tickets/ticket.ts, a file here, and what the compiler names. */
export const dialects: Readonly<Record<ApiVersion, ApiDialect>> = { v1, v2 }
