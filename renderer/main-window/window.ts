import { mount } from 'svelte'
import '../ui/base.css'
import { app } from '../lib/app.svelte.ts'
import { takeWindowKeys } from '../lib/window-keys.ts'
import { startAsLeft } from '../inbox/inbox-view.ts'
import { Tickets } from '../inbox/list/tickets.svelte.ts'
import App from './App.svelte'

/** Milliseconds after which a window says that it waits for main; drawing that first would make every start longer. */
const patience = 150

takeWindowKeys()
const started = app.start().catch(() => undefined)
const tickets = new Tickets()
startAsLeft(tickets).catch(() => undefined)
await Promise.race([started, new Promise((resolve) => setTimeout(resolve, patience))])
mount(App, { target: document.body, props: { tickets } })
