/** Many calls in a row run it once, after what is going on in this turn of the event loop. */
export function oncePerTurn(run: () => void): () => void {
  let isPlanned = false
  return () => {
    if (isPlanned) return
    isPlanned = true
    setImmediate(() => {
      isPlanned = false
      run()
    })
  }
}
