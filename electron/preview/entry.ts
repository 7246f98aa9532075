/** Where the printed address leads: trades its ticket for the secret of the bridge, and goes on to the app. */

/** Under this name the secret is in the tab's session storage; `renderer/lib/preview-bridge.ts` names it, too. */
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

/** A reload finds the secret of before. `page`: the path of the first window. */
export const entryScript = (page: string): string => `const ticket = location.hash.slice(1)
history.replaceState(null, '', '/')
if (ticket !== '') {
  const answer = await fetch('/enter', { method: 'POST', headers: { Authorization: 'Bearer ' + ticket } })
  if (answer.ok) sessionStorage.setItem('${storageKey}', await answer.text())
}
if (sessionStorage.getItem('${storageKey}') !== null) location.replace('${page}')
else document.getElementById('used').hidden = false
`
