import type { AccountRules } from './account-rules.ts'
import { parseUrl } from './text/url.ts'

/**
 * The company's site, from which customers reach the sign-in of the panel. The address of the panel itself is not documented.
 * A distribution for another company changes this line.
 */
const companySite = 'https://www.netinternet.com.tr/'

/** Address of the customer panel of an account; `null` for an account that is not connected yet. Always `https:`. */
export function customerPanel(rules: Pick<AccountRules, 'panelUrl'> | null): string {
  const url = parseUrl(rules?.panelUrl ?? '')
  return url?.protocol === 'https:' ? `${url.origin}/` : companySite
}
