/** The page at the printed address: exchanges the one-time ticket for the bridge's secret and redirects to the app. */

/** Key of the secret in the tab's session storage. Repeated in `renderer/lib/bridge/preview-bridge.ts`. */
const storageKey = 'bilet-preview'

const usedWords =
  'Bu adres daha önce kullanıldı. Önizlemeyi yeniden başlatın. · This address was used already. Start the preview again.'

export const entryPage = `<!doctype html>
<html lang="tr">
<meta charset="utf-8">
<title>Bilet</title>
<p id="used" hidden>${usedWords}</p>
<script type="module" src="/enter.js"></script>
</html>
`

/** After a reload the secret is still in the session storage. `page`: path of the first window. */
export const entryScript = (page: string): string => `const ticket = location.hash.slice(1)
history.replaceState(null, '', '/')
if (ticket !== '') {
  const answer = await fetch('/enter', { method: 'POST', headers: { Authorization: 'Bearer ' + ticket } })
  if (answer.ok) sessionStorage.setItem('${storageKey}', await answer.text())
}
if (sessionStorage.getItem('${storageKey}') !== null) location.replace('${page}')
else document.getElementById('used').hidden = false
`
