/** Icons are compiled as components, see `svelte.config.js`. */
declare module 'lucide-static/icons/*.svg' {
  import type { Component } from 'svelte'
  const icon: Component
  export default icon
}

/** The app's own picture, the same that its icon is made of. */
declare module '*/build/icon/app.svg' {
  import type { Component } from 'svelte'
  const picture: Component
  export default picture
}
