import type { AccountRules } from './account-rules.ts'
import { parseUrl } from './text/url.ts'

/**
 * Where customers sign in, as far as it is known: the company's site, which leads to its panel. The API's documentation
 * names no address of the panel itself. A distribution for another company changes this line.
 */
const companySite = 'https://www.netinternet.com.tr/'

/** The customer panel of an account, or of one that is to be made (`null`); always `https:`. */
export function customerPanel(rules: Pick<AccountRules, 'panelUrl'> | null): string {
  const url = parseUrl(rules?.panelUrl ?? '')
  return url?.protocol === 'https:' ? `${url.origin}/` : companySite
}
