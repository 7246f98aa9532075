/** Icons are compiled as components, see `svelte.config.js`. */
declare module 'lucide-static/icons/*.svg' {
  import type { Component } from 'svelte'
  const icon: Component
  export default icon
}
