/** Returns a function that runs `run` once after the current turn of the event loop, however often it is called. */
export function oncePerTurn(run: () => void): () => void {
  let isScheduled = false
  return () => {
    if (isScheduled) return
    isScheduled = true
    setImmediate(() => {
      isScheduled = false
      run()
    })
  }
}
