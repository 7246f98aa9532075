import { mount } from 'svelte'
import '../ui/base.css'
import { app } from '../lib/app.svelte.ts'
import { takeWindowKeys } from '../lib/window-keys.ts'
import { loadNeeded } from '../inbox/banners/seldom.ts'
import { Tickets } from '../inbox/list/tickets.svelte.ts'
import App from './App.svelte'
import { ShownScreen } from './shown-screen.svelte.ts'

/** After these milliseconds the window says that it waits for main; drawing that first would make every start longer. */
const loadingNoticeDelay = 150

takeWindowKeys()
/** Banners that there are from the start are drawn with everything else, which they would move later. */
const started = app
  .start()
  .then(loadNeeded)
  .catch(() => undefined)
const tickets = new Tickets()
const screen = new ShownScreen()
screen.startAsLeft(tickets).catch(() => undefined)
await Promise.race([started, new Promise((resolve) => setTimeout(resolve, loadingNoticeDelay))])
mount(App, { target: document.body, props: { tickets, screen } })
